"""Children run their parent's code, whatever folder they are started in."""

import os
import subprocess
from pathlib import Path

import pytest

from scraper import children
from tests.paths import ROOT


def test_a_child_runs_its_parents_code_and_nothing_that_lies_in_the_working_folder(tmp_path: Path) -> None:
    for name in ("scraper", "json", "random"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a file of the working folder ran')\n", encoding="utf-8")
    done = subprocess.run(
        children.command("scraper.workers", "20", "500"),
        check=False,
        env=children.environment(),
        cwd=tmp_path,
        input=b"",
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_the_caller_has_on_the_path_stays_behind_our_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert children.environment()["PYTHONPATH"] == f"{ROOT}{os.pathsep}/elsewhere"


def test_an_empty_path_adds_no_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "")
    assert children.environment()["PYTHONPATH"] == str(ROOT)
