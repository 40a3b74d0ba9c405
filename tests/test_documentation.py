"""The documentation names every key, command and decision there is, and nothing it links is missing."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from monitor.config import AlertRule, Config, Mail, NewsSource, SecondReader
from monitor.config.model import Browse, ExtraAuthority, OfstedSource
from tests.paths import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize(
    "model", [Config, OfstedSource, NewsSource, AlertRule, Mail, ExtraAuthority, Browse, SecondReader]
)
def test_every_key_of_the_config_is_explained(model: type[BaseModel]) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"[`.]{key}[`.\[]", page)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_has_the_two_commands_that_ci_follows() -> None:
    readme, gate = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", ".ci/run"))
    assert readme.count("python3 -m venv .venv &&") == 2
    assert "-r requirements-dev.lock" in readme
    assert "-r requirements-dev.lock" in gate
    assert "--no-deps --no-build-isolation ." in readme
    assert "--no-deps --no-build-isolation ." in gate


def test_the_tests_that_are_named_to_be_run_or_left_out_are_there() -> None:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "pyproject.toml")]
    named = [found for text in texts for found in re.findall(r"(tests/[\w/]+\.py)(?:::| -k )(\w+)", text)]
    assert len(named) >= 3
    assert [pair for pair in named if pair[1] not in (ROOT / pair[0]).read_text(encoding="utf-8")] == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_locks_pin_every_dependency_with_hashes() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        packages = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert packages
        assert all("==" in line for line in packages), name
        assert not any("://" in line for line in lines), name


def test_every_target_of_the_makefile_says_what_it_does() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(?!=)(.*)$", text, re.MULTILINE)
    assert {name for name, rest in targets if not re.fullmatch(r".* ## [A-Z].+\.", rest)} == set()
    assert {name for name, _ in targets} == set(text.rpartition(".PHONY: ")[2].split())
