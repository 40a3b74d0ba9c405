"""The rooms hold: doors with words, imports through them, and a light program that opens no PDF and no page itself.

That the arrows between the rooms point one way is held by `lint-imports` (pyproject.toml).
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

ENTRIES = {
    "scraper.reports.reader": "opens PDFs; only the children and bench import it",
    "monitor.browse.hooks": "Datasette's plugin; only its process imports it",
}
"""Modules that may be imported past their room's door, and why they are not behind it."""

HEAVY = ("scrapy", "twisted", "datasette", "pypdfium2", "trafilatura", "htmldate", "feedparser", "bs4", "lxml")
ROOMS = sorted(path.parent for top in ("scraper", "monitor") for path in (ROOT / top).glob("*/__init__.py"))
LOOSE = {"__init__.py", "__main__.py", "items.py", "errors.py"}


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
    assert isinstance(statements[0], ast.Assign)
    exported = ast.literal_eval(statements[0].value)
    assert sorted(exported) == sorted(name for _, name in imports(folder / "__init__.py"))


def test_no_module_lies_outside_a_room() -> None:
    loose = [path for top in ("scraper", "monitor") for path in (ROOT / top).glob("*.py") if path.name not in LOOSE]
    assert loose == []


def test_imports_between_rooms_go_through_the_doors() -> None:
    past = []
    for module, path in files():
        for wanted, name in imports(path):
            inside = wanted.count(".") > 1 and wanted.split(".")[0] in ("scraper", "monitor")
            if inside and room(wanted) != room(module) and wanted not in ENTRIES:
                past.append(f"{module}: from {wanted} import {name}")
    assert past == []


def test_the_program_starts_without_what_only_its_children_need() -> None:
    ask = f"import sys, monitor.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
