"""The words that the tone of a sentence is read from, out of tone_words.yaml, tone_bad.txt, tone_fault.txt and tone_good.txt."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from scraper.errors import RuleFileError
from scraper.reference import Place, RuleFile, Text, read_rules

WORDS = Path(__file__).with_name("tone_words.yaml")
BAD_WORDS, GOOD_WORDS, FAULTS = (Path(__file__).with_name(f"tone_{kind}.txt") for kind in ("bad", "good", "fault"))
WORD = re.compile(r"[a-z]+(?:[-’][a-z]+)*")
STOPS = frozenset(",.;:")
NEED, WANTED, HARM = "need", ("better", "more"), "harm"
"""The classes that the code asks for."""


def _word(text: str) -> str:
    if not WORD.fullmatch(text):
        raise ValueError(f"{text!r} is not a word in small letters")
    return text


Small = Annotated[Text, AfterValidator(_word)]
Smalls = Annotated[tuple[Small, ...], Field(min_length=1)]


class ToneWords(RuleFile):
    """The whole of tone_words.yaml, whose own words say what each part is for."""

    classes: dict[Small, Smalls]
    negations: Smalls
    concedes: Smalls
    turns: Smalls
    conditions: Smalls
    relieves: Smalls

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """A word of two classes, and a class that the code asks for and is not there."""
        seen = Counter(word for words in self.classes.values() for word in set(words))
        for name, words in self.classes.items():
            yield from ((("classes", name), f"{word} is in another class too") for word in words if seen[word] > 1)
        yield from ((("classes",), f"{name}: is missing") for name in (NEED, *WANTED, HARM) if name not in self.classes)


class Vocabulary(NamedTuple):
    """The same, to be looked up: `classes` is the class of a word, the bad and the negations among them."""

    classes: dict[str, str]
    negations: frozenset[str]
    concedes: frozenset[str]
    turns: frozenset[str]
    conditions: frozenset[str]
    relieves: tuple[str, ...]


@cache
def bad_words() -> frozenset[str]:
    """The words of tone_bad.txt. Raises `RuleFileError` where one is none that a sentence can hold, or there are none."""
    return _listed(BAD_WORDS)


@cache
def fault_words() -> frozenset[str]:
    """The same of tone_fault.txt."""
    return _listed(FAULTS)


@cache
def good_words() -> frozenset[str]:
    """The same of tone_good.txt."""
    return _listed(GOOD_WORDS)


def _listed(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [
        (number, word) for number, line in enumerate(lines, 1) if not line.startswith("#") for word in line.split()
    ]
    wrong = [
        f"{path}:{number}: not a word in small letters: {word}" for number, word in found if not WORD.fullmatch(word)
    ]
    if wrong or not found:
        raise RuleFileError("\n".join(wrong) or f"{path}: there is no word in it")
    return frozenset(word for _, word in found)


@cache
def vocabulary() -> Vocabulary:
    """The words of both files. Raises `RuleFileError` where one of them is wrong."""
    data, bad = read_rules(WORDS, ToneWords), bad_words()
    classes = {word: f"@{name}" for name, words in data.classes.items() for word in words}
    classes |= dict.fromkeys(data.negations, "@not") | dict.fromkeys(bad, "@bad")
    return Vocabulary(
        classes,
        frozenset(data.negations),
        frozenset(data.concedes),
        frozenset(data.turns),
        frozenset(data.conditions),
        data.relieves,
    )
