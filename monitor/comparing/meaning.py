"""How near texts are in meaning, whatever their words: each word has a vector, and a text is the mean of its words'.

The vectors (meanings.json, made by bench/meanings.py) are learnt from where a model of sentences puts those of a collection of reports: words and
numbers, none of the reports' text, and no model is needed.
"""

import math
import re
import struct
import unicodedata
from array import array
from base64 import b64decode
from functools import cache, lru_cache
from operator import mul
from pathlib import Path
from typing import Annotated, Self, TypeAlias

from pydantic import Field, model_validator

from scraper.reference import Number, RuleFile, read_rules

MEANINGS = Path(__file__).with_name("meanings.json")
WORD = re.compile(r"[a-z]+(?:’s)?|\d+")

LANE = 4
"""Bytes in which numbers up to 255 can be added up, whatever the length of a text."""

Meaning: TypeAlias = "array[float]"


class Meanings(RuleFile):
    """The whole of meanings.json: of each word its vector, a byte a dimension, in base 64; and `middle`, the mean of reports' sentences, which is taken away."""

    middle: Annotated[tuple[Number, ...], Field(min_length=1)]
    words: Annotated[dict[str, str], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_of_the_same_length(self) -> Self:
        for word, held in self.words.items():
            if len(b64decode(held, validate=True)) != len(self.middle):
                raise ValueError(f"{word}: a vector of {len(self.middle)} bytes is expected")
        return self


@cache
def meanings() -> Meanings:
    """What meanings.json holds. Raises `RuleFileError` where it is wrong."""
    return read_rules(MEANINGS, Meanings)


def words_of(text: str) -> list[str]:
    """The words of a text as the vectors know them: small letters, without ligatures and soft hyphens, numbers too."""
    whole = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    return WORD.findall(whole.lower().replace("'", "’"))


@lru_cache(maxsize=8192)
def _added(word: str) -> int:
    """The vector of a word as one whole number, `LANE` bytes a dimension, so that the words of a text add up in a step each; 0 where it is not known."""
    held = meanings().words.get(word)
    if held is None:
        return 0
    lanes = bytearray(LANE * len(meanings().middle))
    lanes[::LANE] = b64decode(held)
    return int.from_bytes(lanes, "little")


def meaning_of(text: str) -> Meaning:
    """A vector of length 1; empty where no word of the text is known."""
    rows = [row for word in words_of(text) if (row := _added(word))]
    if not rows:
        return array("f")
    middle, number = meanings().middle, len(rows)
    sums = struct.unpack(f"<{len(middle)}I", sum(rows).to_bytes(LANE * len(middle), "little"))
    found = [total / number - usual for total, usual in zip(sums, middle, strict=True)]
    length = math.hypot(*found)
    return array("f", [value / length for value in found] if length else ())


def nearness(one: Meaning, other: Meaning) -> float:
    """How near two meanings are, -1 to 1; 0 where there is none."""
    found: float = sum(map(mul, one, other))
    return found
