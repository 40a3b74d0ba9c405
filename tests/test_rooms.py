"""The rooms hold: doors with words, imports through them, and a light program that opens no PDF and no page itself.

That the arrows between the rooms point one way is held by `lint-imports` (pyproject.toml).
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monitor.database import begin
from scraper.pages import IS_NOT_FOUND, READ_FEED, READ_PROVIDER
from scraper.workers import Task
from tests.paths import ROOT

HEAVY = ("scrapy", "twisted", "datasette", "pypdfium2", "trafilatura", "htmldate", "feedparser", "bs4", "lxml")
ROOMS = sorted(path.parent for top in ("scraper", "monitor") for path in (ROOT / top).glob("*/__init__.py"))
LOOSE = {
    "__init__.py", "__main__.py", "children.py", "clock.py", "errors.py", "faults.py", "items.py", "locking.py", "locks.py", "log.py", "looks.py", "orders.py",
    "own_process.py",
}  # fmt: skip


def exported(folder: Path) -> list[str]:
    """The names in a door's `__all__`."""
    (found,) = [
        node
        for node in ast.parse((folder / "__init__.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
    ]
    return list(ast.literal_eval(found.value))


@cache
def doors() -> dict[str, list[str]]:
    """What each room exports, by the room's name."""
    return {".".join(folder.relative_to(ROOT).parts): exported(folder) for folder in ROOMS}


def files() -> Iterator[tuple[str, Path]]:
    for top in ("scraper", "monitor"):
        for path in sorted((ROOT / top).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


def room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """(module, name) of each `from ... import`, and (module, "") of each plain import, of ours."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from ((node.module or "", alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


@pytest.mark.parametrize("folder", ROOMS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_each_door_says_what_comes_in_and_what_goes_out_and_exports_what_it_imports(folder: Path) -> None:
    tree = ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))
    said = ast.get_docstring(tree) or ""
    assert "In: " in said and "Out: " in said
    statements = [node for node in tree.body[1:] if not isinstance(node, ast.ImportFrom)]
    assert len(statements) == 1, "a door has words, imports and __all__, and no code"
    assert sorted(exported(folder)) == sorted(name for _, name in imports(folder / "__init__.py"))


def test_no_module_lies_outside_a_room() -> None:
    loose = [path for top in ("scraper", "monitor") for path in (ROOT / top).glob("*.py") if path.name not in LOOSE]
    assert loose == []


def past_doors(module: str, wanted: str, name: str) -> bool:
    """Whether a module imports from another room what that room's door does not export; a loose module is a door itself."""
    if wanted.split(".", maxsplit=1)[0] not in ("scraper", "monitor") or room(wanted) == room(module):
        return False
    return wanted.count(".") > 1 or (wanted in doors() and name not in doors()[wanted])


@pytest.mark.parametrize(
    ("wanted", "name", "past"),
    [
        ("monitor.facts", "ReportFacts", False),
        ("monitor.facts", "values", True),
        ("monitor.facts.values", "ReportFacts", True),
        ("monitor.mail.letter", "render", False),
        ("scraper.items", "Verdict", False),
        ("monitor.facts.values", "", True),
        ("sqlite_utils.db", "Table", False),
    ],
)
def test_what_is_past_a_door(wanted: str, name: str, past: bool) -> None:
    assert past_doors("monitor.mail.outbox", wanted, name) is past


def test_imports_between_rooms_go_through_the_doors() -> None:
    wanted = [(module, *each) for module, path in files() for each in imports(path)]
    assert [each for each in wanted if past_doors(*each)] == []


def test_the_program_starts_without_what_only_its_children_need() -> None:
    ask = f"import sys, monitor.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("task", "without"),
    [
        (READ_PROVIDER, ["feedparser", "trafilatura", "htmldate", "scraper.articles"]),
        (IS_NOT_FOUND, ["feedparser", "trafilatura", "htmldate", "scraper.articles"]),
        (READ_FEED, ["trafilatura", "htmldate"]),
    ],
)
def test_a_worker_starts_without_what_its_question_does_not_need(task: Task[Any, Any], without: list[str]) -> None:
    module = task.function.partition(":")[0]
    ask = (
        f"import sys, scraper.workers.__main__, {module}; print([name for name in {without!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "module", ["scraper.crawling.health", "scraper.crawling.listing", "scraper.crawling.job", "scraper.politeness"]
)
def test_what_judges_is_imported_without_what_downloads(module: str) -> None:
    ask = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_drawing_names_the_rooms_that_there_are_and_every_one() -> None:
    named = set(re.findall(r"\b((?:scraper|monitor)(?:\.\w+)+)", ARCHITECTURE))
    known = {module for module, _ in files()}
    assert named - known == set()
    assert set(doors()) - named == set()


def test_the_drawing_names_the_tables_that_there_are_and_every_one(tmp_path: Path) -> None:
    with closing(begin(tmp_path).conn) as db:
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = {name for name in names if not re.search(r"_fts|^_|^sqlite_", name)}
    drawn = set(re.findall(r"\b[a-z_]+\b", " ".join(re.findall(r'<br>([^"]+)"', ARCHITECTURE))))
    assert ours - drawn - {"issues", "days", "pruned"} == set(), "these are written by the loop and its steps"
    assert {word for word in drawn if "_" in word} - ours == set()


def test_what_is_to_be_changed_is_where_it_is_said_to_be() -> None:
    table = [line for line in ARCHITECTURE.splitlines() if line.startswith("| ")][1:]
    assert len(table) >= 10
    for line in table:
        paths = [Path(path) for path in re.findall(r"`([\w./-]+\.\w+|\w+(?:/\w+)+)`", line)]
        assert paths, line
        at = paths[0].parent
        for path in paths:
            at = path.parent if len(path.parts) > 1 else at
            assert (ROOT / at / path.name).exists(), f"{path} in {line}"
