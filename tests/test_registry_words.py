"""No kind of document, framework, list, graded area or grade is named anywhere but in frameworks.yaml: one that is added there is everywhere."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scraper.reference import frameworks

ROOT = Path(__file__).parents[1]
EVERYDAY = frozenset(
    {
        "inspection",
        "overall",
        "adoption",
        "outcome",
        "typically",
        "widespread",
        "arrangements",
        "inconsistent",
        "leaders",
        "leavers",
        "care leavers",
        "children in care",
    }
)
"""Names that are words for other things as well: they are looked for where a text is nothing but such a word, or has it in quotation marks."""
TAKEN = frozenset({"good", "other", "help", "lscb"})
"""Those that are also the look of a grade, the label of an article, a word of the command line, the name of a column."""
WORDS_OF_OTHERS = (
    "scraper/articles/rules.yaml",
    "scraper/reports/subjects.yaml",
    "scraper/reports/tone",
    "monitor/demo/",
)
"""What people write, in their own words: newspapers, inspectors on their subjects, and the invented authority."""


def registry_words() -> list[str]:
    """Every key and every name for people that the registry gives."""
    known = frameworks()
    rows = [*known.kinds, *known.asks, *known.frameworks, *known.areas]
    names = [
        getattr(row, part, "") for row in rows for part in ("key", "name", "title", "one", "more", "short", "printed")
    ]
    grades = [word for scale in known.scales.values() for row in scale for word in (row.grade, row.full, *row.also)]
    texts = [each for each in (*names, *grades) if isinstance(each, str)]
    spelt = {form for each in texts for form in (each, each.replace("_", " "), each.replace("_", "-"))}
    return sorted(spelt - TAKEN - {""}, key=str.lower)


def of_code(path: Path) -> Iterator[tuple[int, str]]:
    """Each text in a module with its line; what the code says of itself is none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def of_text(path: Path) -> Iterator[tuple[int, str]]:
    """Each line of a template, a style or a file of data, without comments."""
    text = re.sub(r"\{#.*?#\}|/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        yield number, re.sub(r"(^|\s)# .*", "", line)


@cache
def places() -> tuple[tuple[str, int, str], ...]:
    """Everything but the registry that a program of ours reads or is."""
    found: list[tuple[str, int, str]] = []
    for path in sorted(one for package in ("scraper", "monitor") for one in (ROOT / package).rglob("*")):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(WORDS_OF_OTHERS) or name == "scraper/reference/frameworks.yaml":
            continue
        if path.suffix == ".py":
            found += ((name, line, text) for line, text in of_code(path))
        elif path.suffix in (".html", ".j2", ".yaml", ".css", ".sql"):
            found += ((name, line, text) for line, text in of_text(path))
    return tuple(found)


def named(text: str, word: str) -> bool:
    """Whether a text names it; a word of every day does only where it is the whole text or stands in quotation marks."""
    if word.lower() not in text.lower():
        return False
    if word.lower() in EVERYDAY:
        return bool(re.search(rf"\A{re.escape(word)}\Z|['\"]{re.escape(word)}['\"]", text))
    return bool(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE if word.islower() and " " in word else 0)
    )


@pytest.mark.parametrize("word", sorted(registry_words()))
def test_nothing_but_the_registry_names_it(word: str) -> None:
    found = [f"{name}:{line}: {text.strip()[:160]}" for name, line, text in places() if named(text, word)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("SELECT * FROM r WHERE kind = 'inspection'", "inspection"),
        ("overall", "overall"),
        ("is ILACS.", "ILACS"),
        ("Inadequate services", "inadequate"),
    ],
)
def test_such_a_name_would_be_found(text: str, word: str) -> None:
    assert named(text.lower() if word == "inadequate" else text, word)
