"""What a statement is about: the field's own subjects, found by the phrases of subjects.yaml.

Words are compared without case, plurals, possessives and hyphens; a phrase is looked up by its first word, so that the cost
does not grow with the list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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

WORD_AND_REST = re.compile(r"([a-z0-9]+)([^a-z0-9]*)")
SENTENCE_END = re.compile(r"(?<=[a-z)])[.;:] (?=[A-Z])")
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
    """`needs` are those of its words that a text has just as they are, or not the phrase."""

    words: tuple[str, ...]
    subject: Subject
    needs: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """The subjects, ready to be looked for.

    `plain` phrases whole, with how long those that begin with a word are; those with `..` or `*` in `loose`, by their first
    word or the first three letters of its stem.
    """

    subjects: dict[str, Subject]
    plain: dict[tuple[str, ...], list[Subject]]
    lengths: dict[str, set[int]]
    loose: dict[str, list[_Phrase]]
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
    subjects: dict[str, Subject] = {}
    plain: dict[tuple[str, ...], list[Subject]] = {}
    lengths: dict[str, set[int]] = {}
    loose: dict[str, list[_Phrase]] = {}
    for subject, phrases in named:
        subjects[subject.name] = subject
        for phrase in _phrases(subject, phrases):
            first = phrase.words[0]
            if any(map(_is_loose, phrase.words)):
                loose.setdefault(first[:3] + "*" if first.endswith("*") else first, []).append(phrase)
            elif subject not in plain.setdefault(phrase.words, []):
                plain[phrase.words].append(subject)
                lengths.setdefault(first, set()).add(len(phrase.words))
    stemmed = frozenset(map(stemmed_words, ends))
    return Catalogue(subjects, plain, lengths, loose, stemmed, frozenset(end[0] for end in stemmed))


def _phrases(subject: Subject, phrases: Iterable[str]) -> Iterator[_Phrase]:
    for text in phrases:
        for variant in _variants(text.split()):
            yield _Phrase(variant, subject, frozenset(word for word in variant if not _is_loose(word)))


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


def stemmed_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: "Children’s return-home interviews" -> child, return, home, interview."""
    return _words(text)[0]


def comma_places(text: str) -> frozenset[int]:
    """The places, among the stemmed words of a text, of those that a comma follows."""
    return _words(text)[1]


@lru_cache(maxsize=2_000)
def _words(text: str) -> tuple[tuple[str, ...], frozenset[int]]:
    """Both in one look at the text, which every statement of a report is given several times."""
    found = WORD_AND_REST.findall(POSSESSIVE.sub("", text.lower()))
    commas = frozenset(place for place, (_, rest) in enumerate(found[:-1]) if "," in rest)
    return tuple([stem(word) for word, _ in found]), commas


def subjects_of(text: str) -> tuple[str, ...]:
    """The subjects of a statement, what it is mainly about first; empty where it names none."""
    found = sorted(mentions_in(text), key=lambda mention: (not mention.head, mention.subject.rank, mention.start))
    return tuple(dict.fromkeys(mention.subject.name for mention in found))


def mentions_in(text: str) -> list[SubjectMention]:
    """Every subject that a text names, in order; the head is in its first sentence."""
    ends = SENTENCE_END.search(text)
    return mentions(stemmed_words(text), len(stemmed_words(text[: ends.start()])) if ends else None)


def mentions(text: Sequence[str], first: int | None = None, book: Catalogue | None = None) -> list[SubjectMention]:
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


def names_in(text: Sequence[str], book: Catalogue) -> frozenset[str]:
    """Every name of a book that these stemmed words have a phrase of; of two phrases with a word in common only the longer counts."""
    begun = [_alone(word, book) for word in text]
    longer = _longest(_matches(text, book, [at for at, (_, more) in enumerate(begun) if more], 2))
    taken = {place for match in longer for place in match.places}
    alone = [names for at, (names, _) in enumerate(begun) if names and at not in taken]
    return frozenset(match.subject.name for match in longer).union(*alone)


@lru_cache(maxsize=2**14)
def _alone(word: str, book: Catalogue) -> tuple[frozenset[str], bool]:
    """(the names that a word gives by itself, whether longer phrases begin with it)."""
    return frozenset(match.subject.name for match in _matches((word,), book)), any(_begun(word, book, 2))


class _Match(NamedTuple):
    """A phrase found: the places of its words, those that a gap skips left out."""

    places: tuple[int, ...]
    subject: Subject


def _matches(
    text: Sequence[str], book: Catalogue, places: Iterable[int] | None = None, least: int = 1
) -> Iterator[_Match]:
    """Every phrase of at least so many words, those that share a word too; `places` are those where one can begin."""
    words = frozenset(text)
    for start in range(len(text)) if places is None else places:
        lengths, phrases = _begun(text[start], book, least)
        for length in lengths:
            if start + length <= len(text):
                for subject in book.plain.get(tuple(text[start : start + length]), ()):
                    yield _Match(tuple(range(start, start + length)), subject)
        for loose in phrases:
            if loose.needs <= words and (found := _places(text, start, loose.words)):
                yield _Match(found, loose.subject)


@lru_cache(maxsize=2**14)
def _begun(word: str, book: Catalogue, least: int) -> tuple[tuple[int, ...], tuple[_Phrase, ...]]:
    """(how long the plain phrases are, the loose phrases) of so many words that begin with a word: for most, none."""
    loose = (*book.loose.get(word, ()), *book.loose.get(word[:3] + "*", ()))
    lengths = tuple(length for length in book.lengths.get(word, ()) if length >= least)
    return lengths, tuple(phrase for phrase in loose if len(phrase.words) >= least and _fits(word, phrase.words[0]))


def _places(text: Sequence[str], at: int, wanted: Sequence[str]) -> tuple[int, ...]:
    """Where the words of a phrase that begins at `at` stand; empty where it does not."""
    places: tuple[int, ...] = ()
    for index, word in enumerate(wanted):
        if word == "..":
            rests = (_places(text, at + skip, wanted[index + 1 :]) for skip in range(GAP + 1))
            return next((places + rest for rest in rests if rest), ())
        if at >= len(text) or not _fits(text[at], word):
            return ()
        places += (at,)
        at += 1
    return places


def _fits(word: str, wanted: str) -> bool:
    return word == wanted or (wanted.endswith("*") and word.startswith(wanted[:-1]))


def _longest(found: Iterable[_Match]) -> list[_Match]:
    """Without the phrases that share a word with a longer one; two subjects with the very same words both stay."""
    kept: list[_Match] = []
    taken: dict[int, tuple[int, ...]] = {}
    for match in sorted(found, key=lambda one: (-len(one.places), one.places)):
        if all(taken.get(place, match.places) == match.places for place in match.places):
            kept.append(match)
            taken.update(dict.fromkeys(match.places, match.places))
    return sorted(kept, key=lambda one: one.places)


def _head_end(text: Sequence[str], found: Sequence[_Match], book: Catalogue) -> int:
    """Where the words end that say what the text is about: before the first "so that" and the like that follows a subject."""
    named = [match.places[0] for match in found if not match.subject.group]
    goal = min((match.places[0] for match in found if match.subject.rank < SUBJECT_RANKS["means"]), default=0)
    for at in range(min(named, default=len(text)) + 1, len(text)):
        ends = text[at] in book.end_words and any(tuple(text[at : at + size]) in book.ends for size in (1, 2, 3))
        if ends and (at > goal or text[at] != PURPOSE):
            return at
    return len(text)
