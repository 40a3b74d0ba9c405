"""What in a sentence its tone is read from: words and pairs, classes of words, and the parts that change what a word says.

The words of the classes and those that open such a part are data: tone_words.yaml and tone_bad.txt.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from scraper.reports.tone_vocabulary import HARM, NEED, STOPS, WANTED, WORD, vocabulary

TOKEN = re.compile(rf"{WORD.pattern}|\d+|[;:,.]")
ENDING = re.compile(r"(?:ations?|ments?|ness|ingly|ing|edly|ed|es|s|ly|ity)$")
REACH, RELIEF_REACH, NEED_REACH = 5, 4, 8
"""How many words after a negation, a relieving word and a word of need stand under it."""
LEAST_CONCEDED = 4
"""A comma before so many words of an "Although ..." belongs to a list in it."""


HARMFUL = frozenset(["@bad", f"@{HARM}"])
JUDGING = HARMFUL | {"@not"}


class Word(NamedTuple):
    """A word where it stands: `negated` is under a negation.

    `part` is `<` conceded, `(` conceded after the main clause, `>` what carries the weight, or nothing; `unreal` is `?` in a
    condition, `%` after a word that relieves, or nothing.
    """

    text: str
    negated: bool
    part: str
    unreal: str


class Opens(NamedTuple):
    """What the words after a word stand under."""

    negation: bool
    relief: bool
    condition: bool
    turn: bool
    concession: bool


def features(sentence: str) -> set[str]:
    """The features that are present.

    `a`, `a b`, `~a` a word without its ending; `@class` and `=a @class b` with classes for words; `!a` under a negation; `<a`,
    `(a` and `>a` in the parts of a contrast; `!@bad`, `?@bad`, `%@bad` a bad word, and `?@not` a negation, that is no finding;
    `@wanted` a need for something better. Numbers are #; `/not` is a negation of what is bad.
    """
    return features_of(tokens_of(sentence))


def features_of(tokens: Sequence[str]) -> set[str]:
    """The same of its words and stops."""
    found = {f"{one} {other}" for one, other in zip(["^", *tokens], tokens, strict=False) if other not in STOPS}
    found.update(_classed(tokens), _wanted(tokens), *map(_of_word, in_parts(tokens)))
    return found


def tokens_of(sentence: str) -> list[str]:
    """Words in small letters and stops; a number is #, and a negation of what is bad ("no delays") is marked with /."""
    tokens = ["#" if token[0].isdigit() else token for token in TOKEN.findall(sentence.lower().replace("'", "’"))]
    negations = vocabulary().negations
    return [
        f"/{token}" if token in negations and _is_relief(tokens, index) else token for index, token in enumerate(tokens)
    ]


def stem_of(word: str) -> str:
    """A long word without its ending, so that rare forms share the weight of the common ones."""
    return ENDING.sub("", word) if len(word) > 6 else word


def in_parts(tokens: Sequence[str]) -> Iterator[Word]:
    """Every word with what it stands under: one pass, each part ends at its stop."""
    known = vocabulary()
    conceded = _turns_at(tokens)
    part = "<" if tokens[:1] and tokens[0] in known.concedes else ""
    negated = relieved = count = 0
    condition = False
    for index, token in enumerate(tokens):
        if token in STOPS:
            negated = relieved = 0
            condition = False
            part = ">" if part == "<" and count >= LEAST_CONCEDED else part
            continue
        unreal = "?" if condition else "%" if relieved else ""
        yield Word(token, negated > 0, part or "<" * (index < conceded), unreal)
        count += 1
        negated -= negated > 0
        relieved -= relieved > 0
        if opens := _opens(token):
            negated = REACH if opens.negation else negated
            relieved = RELIEF_REACH if opens.relief else relieved
            condition = condition or opens.condition
            part = ">" if opens.turn else "(" if opens.concession and index else part


@lru_cache(maxsize=2**13)
def _opens(token: str) -> Opens | None:
    """What a word opens; None where that is nothing, as it is for most."""
    known = vocabulary()
    opens = Opens(
        token.removeprefix("/") in known.negations,
        token.startswith(known.relieves),
        token in known.conditions,
        token in known.turns,
        token in known.concedes,
    )
    return opens if any(opens) else None


def _turns_at(tokens: Sequence[str]) -> int:
    """Where the sentence turns ("..., but ..."): what is before gives way. 0 where it does not, or begins with the word."""
    known = vocabulary()
    return next((index for index, token in enumerate(tokens) if index > LEAST_CONCEDED and token in known.turns), 0)


def _is_relief(tokens: Sequence[str], index: int) -> bool:
    """Whether a word is a negation of what is bad ("no delays"), and not of what takes that away ("do not reduce delays")."""
    known = vocabulary()
    for token in tokens[index + 1 : index + 1 + REACH]:
        if token in STOPS or token.startswith(known.relieves):
            return False
        if known.classes.get(token) in HARMFUL:
            return True
    return False


@lru_cache(maxsize=2**13)
def _of_word(word: Word) -> tuple[str, ...]:
    """What a word says by itself, where it stands. Kept, because most words come again and again."""
    text, negated, part, unreal = word
    kind, stem = vocabulary().classes.get(text, ""), stem_of(text)
    said = [text]
    if stem != text:
        said.append(f"~{stem}")
    if negated:
        said += (f"!{text}", f"!~{stem}")
    if part:
        said.append(f"{part}{text}")
    if kind in JUDGING:
        said.append(f"{unreal}{'!' if negated and kind != '@not' else ''}{kind}")
        said += [f"{part}{kind}"] if part else []
    elif kind:
        said.append(kind)
    return tuple(said)


def _classed(tokens: Sequence[str]) -> Iterator[str]:
    """Pairs and triples in which at least one word is given by its class."""
    classes = vocabulary().classes
    last, before, known, known_before = "", "", False, False
    for token in tokens:
        if token in STOPS:
            last = before = ""
            known = known_before = False
            continue
        word = classes.get(token, token)
        is_class = word is not token
        if last and (is_class or known):
            yield f"={last} {word}"
        if before and (is_class or known or known_before):
            yield f"={before} {last} {word}"
        before, known_before, last, known = last, known, word, is_class


def _wanted(tokens: Sequence[str]) -> Iterator[str]:
    """`@wanted ...` where a word of need and one for better are near each other in one clause, by which it is and which is first."""
    classes = vocabulary().classes
    for index in [index for index, token in enumerate(tokens) if classes.get(token) == f"@{NEED}"]:
        for around, order in ((tokens[index + 1 :], ""), (tokens[:index][::-1], " first")):
            for token in takewhile(_goes_on, around[:NEED_REACH]):
                if (kind := classes.get(token, "")[1:]) in WANTED:
                    yield f"@wanted {kind}{order}"


def _goes_on(token: str) -> bool:
    """Whether a clause is not over."""
    return token not in STOPS
