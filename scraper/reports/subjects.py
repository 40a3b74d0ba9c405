"""What a statement is about: the field's own subjects, found by the phrases of subjects.yaml.

Words are compared without case, plurals, possessives and hyphens; a phrase is looked up by its first two words, so that the cost
does not grow with the list.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from scraper.reference import read_rules
from scraper.reports.subjects_file import SubjectRows

SUBJECTS_FILE = Path(__file__).with_name("subjects.yaml")
GAP = 3
"""How many words `..` in a phrase may stand for."""

SUBJECT_RANKS = {"service": 0, "narrow": 1, "broad": 2, "means": 3, "group": 4}
"""Of the subjects that one head names, which is the main one: a service, then a narrow group, a tool or aspect of any service, what
is only a way to something else (working with partners), down to a wide group."""

PURPOSE = "to"
"""What opens a purpose: after a mere means ("Work with partners to ensure ...") the purpose is what a text is about."""

WORD = re.compile(r"[a-z0-9]+")
SENTENCE_END = re.compile(r"[.;:](?<=[a-z)].) (?=[A-Z])")
POSSESSIVE = re.compile(r"[’']s?(?=\W|$)")
IRREGULAR = {"children": "child", "childs": "child", "lives": "life", "this": "this", "has": "has", "was": "was"}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of the catalogue.

    `family` is the broad field it belongs to; `rank` orders what one head names (RANKS); `group` tells who a statement is
    about rather than what.
    """

    name: str
    family: str
    rank: int
    group: bool


class SubjectMention(NamedTuple):
    """A subject named in words `start` to `end` (end excluded) of a text; `head` if in the part that says what it is about."""

    subject: Subject
    start: int
    end: int
    head: bool


class _Phrase(NamedTuple):
    """`needs` are those of its words that a text has just as they are, or not the phrase; `plain`: all are such."""

    words: tuple[str, ...]
    subject: Subject
    needs: frozenset[str]
    plain: bool


class _Begun(NamedTuple):
    """The phrases that begin with one word: by the next one, and those that have none or a loose one."""

    pairs: Mapping[str, Sequence[_Phrase]]
    others: Sequence[_Phrase]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The subjects, ready to be looked for: `begun` gives the phrases that begin with a word, None for most."""

    subjects: dict[str, Subject]
    begun: Callable[[str], _Begun | None]
    ends: frozenset[tuple[str, ...]]
    end_words: frozenset[str]


@cache
def subject_catalogue(path: Path = SUBJECTS_FILE) -> Catalogue:
    """Read a list of subjects. Raises `RuleFileError` where it does not have the expected shape."""
    return catalogue_of(read_rules(path, SubjectRows))


def catalogue_of(data: SubjectRows) -> Catalogue:
    """The subjects of a list, ready to be looked for."""
    rows = (
        (Subject(name, row.family or name, SUBJECT_RANKS[row.rank or ("group" if group else "service")], group), row)
        for group, section in ((False, data.subjects), (True, data.groups))
        for name, row in section.items()
    )
    return _catalogue(((subject, row.phrases) for subject, row in rows), data.heads.ends)


def phrase_book(names: Mapping[str, Iterable[str]]) -> Catalogue:
    """Names with the phrases of each, written as those of subjects.yaml, ready for `names_in`."""
    return _catalogue(((Subject(name, name, 0, False), phrases) for name, phrases in names.items()), ())


def _catalogue(named: Iterable[tuple[Subject, Iterable[str]]], ends: Iterable[str]) -> Catalogue:
    rows = list(named)
    stemmed = frozenset(map(stemmed_words, ends))
    found = dict.fromkeys(phrase for subject, phrases in rows for phrase in _phrases(subject, phrases))
    begun = _by_beginning(sorted(found, key=lambda one: not one.plain))
    return Catalogue({one.name: one for one, _ in rows}, begun, stemmed, frozenset(end[0] for end in stemmed))


def _by_beginning(phrases: Iterable[_Phrase]) -> Callable[[str], _Begun | None]:
    """The phrases that begin with a word; those whose first word has a `*` are kept by its first three letters."""
    pairs: dict[str, dict[str, list[_Phrase]]] = {}
    others: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        first, second = (*phrase.words, "..")[:2]
        if _is_loose(first) or _is_loose(second):
            others.setdefault(first[:3] + "*" if _is_loose(first) else first, []).append(phrase)
        else:
            pairs.setdefault(first, {}).setdefault(second, []).append(phrase)

    @lru_cache(maxsize=2**14)
    def begun(word: str) -> _Begun | None:
        some = (*others.get(word, ()), *others.get(word[:3] + "*", ()))
        found = _Begun(pairs.get(word, {}), tuple(phrase for phrase in some if _fits(word, phrase.words[0])))
        return found if any(found) else None

    return begun


def _phrases(subject: Subject, phrases: Iterable[str]) -> Iterator[_Phrase]:
    for text in phrases:
        for variant in _variants(text.split()):
            needs = frozenset(word for word in variant if not _is_loose(word))
            yield _Phrase(variant, subject, needs, not any(map(_is_loose, variant)))


def _is_loose(word: str) -> bool:
    return word == ".." or word.endswith("*")


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


@lru_cache(maxsize=2_000)
def stemmed_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: "Children’s return-home interviews" -> child, return, home, interview."""
    return tuple(map(stem, WORD.findall(_without_possessives(text))))


def comma_places(text: str) -> frozenset[int]:
    """The places, among the stemmed words of a text, of those that a comma follows."""
    parts = [len(WORD.findall(part)) for part in _without_possessives(text).split(",")]
    *ends, last = itertools.accumulate(parts)
    return frozenset(end - 1 for end in ends if 0 < end < last)


def _without_possessives(text: str) -> str:
    return POSSESSIVE.sub("", text.lower())


def subjects_of(text: str) -> tuple[str, ...]:
    """The subjects of a statement, what it is mainly about first; empty where it names none."""
    found = sorted(mentions_in(text), key=lambda mention: (not mention.head, mention.subject.rank, mention.start))
    return tuple(dict.fromkeys(mention.subject.name for mention in found))


def mentions_in(text: str) -> list[SubjectMention]:
    """Every subject that a text names, in order; the head is in its first sentence."""
    ends = SENTENCE_END.search(text)
    return mentions(stemmed_words(text), len(stemmed_words(text[: ends.start()])) if ends else None)


def mentions(text: tuple[str, ...], first: int | None = None, book: Catalogue | None = None) -> list[SubjectMention]:
    """Every subject that these stemmed words name, in order; of two phrases with a word in common only the longer counts.

    The head lies within the `first` words, or in all of them where those name nothing.
    """
    book = book or subject_catalogue()
    found = _longest(_matches(text, book))
    limit = _head_end(text, found, book)
    if first is not None and any(match.places[0] < first for match in found):
        limit = min(limit, first)
    return [
        SubjectMention(match.subject, match.places[0], match.places[-1] + 1, match.places[0] < limit) for match in found
    ]


def names_in(text: tuple[str, ...], book: Catalogue) -> frozenset[str]:
    """Every name of a book that these stemmed words have a phrase of; of two phrases with a word in common only the longer counts."""
    return frozenset([match.subject.name for match in _longest(_matches(text, book))])


class _Match(NamedTuple):
    """A phrase found: the places of its words, those that a gap skips left out."""

    places: tuple[int, ...]
    subject: Subject


def _matches(text: tuple[str, ...], book: Catalogue) -> list[_Match]:
    """Every phrase, those that share a word too."""
    words = frozenset(text)
    return [
        _Match(places, phrase.subject)
        for start, phrase in _begun(text, book)
        if phrase.needs <= words and (places := _places(text, start, phrase))
    ]


def _begun(text: tuple[str, ...], book: Catalogue) -> list[tuple[int, _Phrase]]:
    """(where, the phrase) of each that may begin there."""
    found: list[tuple[int, _Phrase]] = []
    for start, begun in enumerate(map(book.begun, text)):
        if begun:
            after = begun.pairs.get(text[start + 1], ()) if start + 1 < len(text) else ()
            found += [(start, phrase) for phrase in (*after, *begun.others)]
    return found


def _places(text: tuple[str, ...], at: int, phrase: _Phrase) -> tuple[int, ...]:
    """Where the words of a phrase that begins at `at` stand; empty where it does not."""
    if not phrase.plain:
        return _loose_places(text, at, phrase.words)
    end = at + len(phrase.words)
    return tuple(range(at, end)) if text[at:end] == phrase.words else ()


def _loose_places(text: Sequence[str], at: int, wanted: Sequence[str]) -> tuple[int, ...]:
    """Where the words of a phrase that begins at `at` stand; empty where it does not."""
    places: tuple[int, ...] = ()
    for index, word in enumerate(wanted):
        if word == "..":
            rests = (_loose_places(text, at + skip, wanted[index + 1 :]) for skip in range(GAP + 1))
            return next((places + rest for rest in rests if rest), ())
        if at >= len(text) or not _fits(text[at], word):
            return ()
        places += (at,)
        at += 1
    return places


def _fits(word: str, wanted: str) -> bool:
    return word == wanted or (wanted.endswith("*") and word.startswith(wanted[:-1]))


def _longest(found: Sequence[_Match]) -> Sequence[_Match]:
    """Without the phrases that share a word with a longer one; two subjects with the very same words both stay. In the order of the text."""
    places = [place for match in found for place in match.places]
    if len(set(places)) == len(places):
        return found
    kept: list[_Match] = []
    taken: dict[int, tuple[int, ...]] = {}
    for match in sorted(found, key=lambda one: (-len(one.places), one.places)):
        if all(taken.get(place, match.places) == match.places for place in match.places):
            kept.append(match)
            taken.update(dict.fromkeys(match.places, match.places))
    return sorted(kept, key=lambda one: one.places)


def _head_end(text: tuple[str, ...], found: Sequence[_Match], book: Catalogue) -> int:
    """Where the words end that say what the text is about: before the first "so that" and the like that follows a subject."""
    named = min((match.places[0] for match in found if not match.subject.group), default=len(text))
    goal = min((match.places[0] for match in found if match.subject.rank < SUBJECT_RANKS["means"]), default=0)
    for at, word in enumerate(text):
        ends = at > named and word in book.end_words and any(text[at : at + size] in book.ends for size in (1, 2, 3))
        if ends and (at > goal or word != PURPOSE):
            return at
    return len(text)
