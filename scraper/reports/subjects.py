"""What a statement is about: the field's own subjects, found by the phrases of subjects.yaml.

Words are compared without case, plurals, possessives and hyphens; a phrase is looked up by its first word, so that the cost
does not grow with the list.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).with_name("subjects.yaml")
GAP = 3
"""How many words `..` in a phrase may stand for."""

RANKS = {"service": 0, "narrow": 1, "tool": 2, "broad": 3, "group": 4}
"""Of the subjects that one head names, which is the main one: a service, then a narrow group, down to a wide group."""

WORD = re.compile(r"[a-z0-9]+")
POSSESSIVE = re.compile(r"[’']s?(?=\W|$)")
IRREGULAR = {"children": "child", "childs": "child", "lives": "life", "this": "this", "has": "has", "was": "was"}


@dataclass(frozen=True, slots=True)
class Subject:
    """`family` is the broad field it belongs to; `rank` orders what one head names (RANKS); `group` tells who a statement
    is about rather than what."""

    name: str
    family: str
    rank: int
    group: bool


class Mention(NamedTuple):
    """A subject named in words `start` to `end` (end excluded) of a text; `head` if in the part that says what it is about."""

    subject: Subject
    start: int
    end: int
    head: bool


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    subject: Subject


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The subjects, ready to be looked for: phrases by first word, those that begin with a stem by its first three letters."""

    subjects: dict[str, Subject]
    exact: dict[str, list[_Phrase]]
    stems: dict[str, list[_Phrase]]
    ends: frozenset[tuple[str, ...]]
    openings: frozenset[tuple[str, ...]]


@cache
def catalogue(path: Path = FILE) -> Catalogue:
    """Read a list of subjects; `ValueError` naming the file and the key where it does not have the expected shape."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or set(data) != {"subjects", "groups", "heads"}:
        raise ValueError(f"{path}: must have exactly the keys subjects, groups and heads")
    phrases = [
        phrase
        for section in ("subjects", "groups")
        for name, entry in data[section].items()
        for phrase in _entry(path, name, entry, group=section == "groups")
    ]
    exact: dict[str, list[_Phrase]] = {}
    stems: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        first = phrase.words[0]
        (stems if first.endswith("*") else exact).setdefault(first[:3] if first.endswith("*") else first, []).append(
            phrase
        )
    ends, openings = (frozenset(words(text) for text in data["heads"][key]) for key in ("ends", "openings"))
    return Catalogue({phrase.subject.name: phrase.subject for phrase in phrases}, exact, stems, ends, openings)


def _entry(path: Path, name: str, entry: dict[str, object], group: bool) -> Iterator[_Phrase]:
    listed = entry.get("phrases") if isinstance(entry, dict) else None
    if not isinstance(listed, list) or not all(isinstance(text, str) and text.strip() for text in listed):
        raise ValueError(f"{path}: {name}: phrases must be a list of texts")
    rank = next(
        (RANKS[key] for key in ("narrow", "tool", "broad") if entry.get(key)), RANKS["group" if group else "service"]
    )
    subject = Subject(name, str(entry.get("family", name)), rank, group)
    for text in listed:
        for variant in _variants(text.split()):
            yield _Phrase(variant, subject)


def _variants(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every phrase that `a|b` stands for, in the form in which texts are compared."""
    if not parts:
        yield ()
        return
    for choice in parts[0].split("|"):
        word = choice if choice.endswith("*") or choice == ".." else stem(choice)
        for rest in _variants(parts[1:]):
            yield (word, *rest)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without the ending of a plural."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: "Children’s return-home interviews" -> child, return, home, interview."""
    return tuple(stem(word) for word in WORD.findall(POSSESSIVE.sub("", text.lower())))


def subjects_of(text: str) -> tuple[str, ...]:
    """The subjects of a statement, what it is mainly about first; empty where it names none."""
    found = sorted(mentions(words(text)), key=lambda mention: (not mention.head, mention.subject.rank, mention.start))
    return tuple(dict.fromkeys(mention.subject.name for mention in found))


def mentions(text: Sequence[str], book: Catalogue | None = None) -> list[Mention]:
    """Every subject that these `words` name, in order; of two phrases that overlap only the longer counts."""
    book = book or catalogue()
    found = _longest(_matches(text, book))
    limit = _head_end(text, [(start, subject) for start, _, subject in found], book)
    return [Mention(subject, start, end, start < limit) for start, end, subject in found]


def _matches(text: Sequence[str], book: Catalogue) -> Iterator[tuple[int, int, Subject]]:
    for start, word in enumerate(text):
        for phrase in book.exact.get(word, ()):
            if end := _end(text, start, phrase.words):
                yield start, end, phrase.subject
        for phrase in book.stems.get(word[:3], ()):
            if end := _end(text, start, phrase.words):
                yield start, end, phrase.subject


def _end(text: Sequence[str], at: int, wanted: Sequence[str]) -> int:
    """Where a phrase that begins at `at` ends, or 0."""
    for index, word in enumerate(wanted):
        if word == "..":
            rest = wanted[index + 1 :]
            return next((end for skip in range(GAP + 1) if (end := _end(text, at + skip, rest))), 0)
        if at >= len(text) or not _fits(text[at], word):
            return 0
        at += 1
    return at


def _fits(word: str, wanted: str) -> bool:
    return word == wanted or (wanted.endswith("*") and word.startswith(wanted[:-1]))


def _longest(found: Iterable[tuple[int, int, Subject]]) -> list[tuple[int, int, Subject]]:
    """Without the phrases that share a word with a longer one; two subjects with the very same words both stay."""
    kept: list[tuple[int, int, Subject]] = []
    for start, end, subject in sorted(found, key=lambda match: (match[0] - match[1], match[0])):
        if all(end <= other[0] or start >= other[1] or (start, end) == other[:2] for other in kept):
            kept.append((start, end, subject))
    return sorted(kept, key=lambda match: match[:2])


def _head_end(text: Sequence[str], found: Sequence[tuple[int, Subject]], book: Catalogue) -> int:
    """Where the words end that say what the text is about: before the first "so that" and the like that follows a subject."""
    for at in range(_opening_end(text, book), len(text)):
        if any(tuple(text[at : at + size]) in book.ends for size in (1, 2, 3)) and any(
            start < at and not subject.group for start, subject in found
        ):
            return at
    return len(text)


def _opening_end(text: Sequence[str], book: Catalogue) -> int:
    """Where "Ensure that", "Take action to" and the like end: their own words end no head."""
    at = 0
    while size := next((size for size in (4, 3, 2, 1) if tuple(text[at : at + size]) in book.openings), 0):
        at += size
    return at
