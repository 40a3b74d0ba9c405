"""The wheel and the sdist hold all that the project is made of, and nothing else that lies in a working copy."""

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TARGETS = PROJECT["tool"]["hatch"]["build"]["targets"]
PACKAGES = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name != "tests")
SDIST_PARTS = TARGETS["sdist"]["only-include"]
STEM = f"ofsted_watch-{PROJECT['project']['version']}"
CACHES = shutil.ignore_patterns("__pycache__", ".*_cache", ".hypothesis")

# What working copies have besides the project. None of it may be handed to others.
JUNK = (
    ".git/config",
    ".venv/lib/module.py",
    "build/lib/monitor/cli.py",
    "data/ofsted-watch.db",
    "data/reports/1.pdf",
    "demo-data/config.yaml",
    "dist/ofsted_watch-0.0.1.tar.gz",
    "monitor/.cli.py.swp",
    "monitor/.ruff_cache/1.json",
    "monitor/__pycache__/cli.cpython-311.pyc",
    "monitor/cli.py.orig",
    "monitor/cli.py~",
    "monitor/cli.pyc",
    "notes.md",
    "scraper/.hypothesis/example.txt",
    "scraper/crawl.log",
    "scraper/ofsted-watch.db",
    "secrets.env",
    "tests/.pytest_cache/v/last.json",
    "tests/fixtures/ofsted-watch.db-wal",
    "venv/lib/module.py",
)


def files(folder: Path) -> set[str]:
    """The files of a folder but caches and hidden ones, as paths under the project's root."""
    found = (path.relative_to(ROOT) for path in folder.rglob("*") if path.is_file())
    return {str(path) for path in found if "__pycache__" not in path.parts and not re.search(r"(^|/)\.", str(path))}


def copy_of_the_project(folder: Path) -> Path:
    """What the project consists of, without git."""
    for part in SDIST_PARTS:
        target = folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target, ignore=CACHES)
        else:
            shutil.copy(ROOT / part, target)
    return folder


def build(tree: Path, out: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(out)]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr


def in_wheel(out: Path) -> set[str]:
    with zipfile.ZipFile(out / f"{STEM}-py3-none-any.whl") as wheel:
        return set(wheel.namelist())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a wheel and an sdist that were built where junk lies about, in a path with a space."""
    tree = copy_of_the_project(tmp_path_factory.mktemp("a tree"))
    for name in JUNK:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("junk")
    out = tmp_path_factory.mktemp("built")
    build(tree, out)
    return out


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as the sdist brings it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(built / f"{STEM}.tar.gz") as sdist:
        sdist.extractall(folder, filter="data")
    return folder / STEM


def test_every_package_is_in_the_wheel() -> None:
    assert sorted(TARGETS["wheel"]["packages"]) == PACKAGES


def test_the_wheel_holds_the_packages_with_their_data_and_nothing_else(built: Path) -> None:
    wanted = set.union(*(files(ROOT / package) for package in PACKAGES))
    assert {Path(name).suffix for name in wanted} >= {".py", ".yaml", ".json", ".csv", ".html", ".css", ".j2", ".pdf"}
    info = {f"{STEM}.dist-info/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")}
    assert in_wheel(built) == wanted | info | {f"{STEM}.dist-info/licenses/LICENSE"}


def test_the_sdist_holds_what_builds_and_tests_it_and_nothing_else(unpacked: Path) -> None:
    wanted = {"PKG-INFO"}
    for part in SDIST_PARTS:
        wanted |= files(ROOT / part) if (ROOT / part).is_dir() else {part}
    assert {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()} == wanted


def test_the_sdist_builds_the_same_wheel(built: Path, unpacked: Path, tmp_path: Path) -> None:
    build(unpacked, tmp_path)
    assert in_wheel(tmp_path) == in_wheel(built)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")
def test_every_file_of_the_project_is_in_the_sdist(unpacked: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("no git")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    there = {name for name in listed.split("\0") if name and (ROOT / name).exists()}
    assert there
    assert {name for name in there if not (unpacked / name).exists()} == set()


def test_the_metadata_tell_the_licence_and_the_python(built: Path) -> None:
    with zipfile.ZipFile(built / f"{STEM}-py3-none-any.whl") as wheel:
        metadata = message_from_bytes(wheel.read(f"{STEM}.dist-info/METADATA"))
        licence = wheel.read(f"{STEM}.dist-info/licenses/LICENSE").decode()
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert licence == (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Copyright (c) 2026 the Ofsted Watch maintainers" in licence


def test_every_direct_dependency_has_its_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    for dependency in PROJECT["project"]["dependencies"]:
        (line,) = [line for line in lines if line.strip().startswith(f'"{dependency}"')]
        assert re.search(r", +# \w.{8,}", line), f"why {dependency}?"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_tell_an_older_python_which_one_is_needed_before_anything_else(name: str) -> None:
    lines = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    needed = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert lines[0].startswith(f'python-{needed}-or-later-is-needed==0 ; python_version < "{needed}" ')
