"""What the good and bad words of a sentence come to: which there is more or less of, and what a negation turns round.

"Delay has been reduced" is good and "morale is low" is bad, whichever thing and whichever word for less it is: what comes of them is
told by signs that all such words share, so that one that no report ever used weighs as much as the others. The words are data:
tone_polarity.yaml, tone_good.txt and tone_fault.txt.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, takewhile
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from scraper.reference import Place, RuleFile, Text, read_rules
from scraper.reports.tone_vocabulary import STOPS, WORD, fault_words, good_words, vocabulary

WORDS = Path(__file__).with_name("tone_polarity.yaml")
NEGATED, NEAR, RELIEVED, LESSENED = 5, 2, 4, 6
"""How many words after a negation it turns round, and how many after "high" or "reduces" are what is high or reduced."""
FAR = 20
"""How many that count are looked through for the thing: a text without a stop takes no longer than its length."""
MOST = 3
"""More good or bad words than this in one sentence say no more."""


def _phrase(text: str) -> str:
    if not all(WORD.fullmatch(word) for word in text.split(" ")):
        raise ValueError(f"{text!r} is not words in small letters")
    return text


Phrases = Annotated[tuple[Annotated[Text, AfterValidator(_phrase)], ...], Field(min_length=1)]
Rests = tuple[tuple[tuple[str, ...], str], ...]
LISTS = (
    "up",
    "down",
    "lessens",
    "more",
    "fewer",
    "wanted",
    "unwanted",
    "good",
    "bad",
    "neutral",
    "need",
    "of",
    "nobody",
)
DIRECTIONS = ("up", "down", "lessens", "more", "fewer")
TURNS = {"up": 1, "more": 1, "down": -1, "lessens": -1, "fewer": -1, "not": -1, "need": -1}
VALUES = {"good": 1, "bad": -1, "wanted": 1, "unwanted": -1}


class PolarityWords(RuleFile):
    """The whole of tone_polarity.yaml, whose own words say what each part is for."""

    up: Phrases
    down: Phrases
    lessens: Phrases
    more: Phrases
    fewer: Phrases
    wanted: Phrases
    unwanted: Phrases
    good: Phrases
    bad: Phrases
    neutral: Phrases
    need: Phrases
    of: Phrases
    nobody: Phrases

    def wrong(self) -> Iterator[tuple[Place, str]]:
        """A word in two lists."""
        seen = Counter(chain.from_iterable(set(getattr(self, name)) for name in LISTS))
        for name in LISTS:
            yield from (((name,), f"{word} is in another list too") for word in getattr(self, name) if seen[word] > 1)


class Known(NamedTuple):
    """The kind of each word; and what may follow a word, the longest first, with the kind of the phrase."""

    kinds: dict[str, str]
    phrases: dict[str, Rests]


class Polarity(NamedTuple):
    """`signs` of a sentence; `words` that bear them by themselves, each nothing where what is good or bad came of several."""

    signs: frozenset[str]
    words: tuple[str, ...]


class Item:
    """A word or a phrase (without `text`) that counts, where it stands; `by` the kind of what turned its sign, if anything did."""

    __slots__ = ("at", "by", "kind", "sign", "text")

    def __init__(self, at: int, kind: str, text: str = "") -> None:
        self.at, self.kind, self.text, self.by = at, kind, text, ""
        self.sign = VALUES.get(kind) or TURNS.get(kind, 0)


@cache
def known() -> Known:
    """The words of all files. Raises `RuleFileError` where one of them is wrong."""
    data, words = read_rules(WORDS, PolarityWords), vocabulary()
    negations = {*words.negations, *data.nobody}
    kinds = (
        dict.fromkeys(good_words(), "good")
        | dict.fromkeys(fault_words(), "bad")
        | {"and": "and", "or": "and", "to": "to"}
    )
    kinds |= dict.fromkeys(negations, "not")
    listed = {text: name for name in LISTS for text in getattr(data, name)} | dict.fromkeys(data.nobody, "not")
    kinds |= {text: name for text, name in listed.items() if " " not in text}
    kinds |= dict.fromkeys(words.conditions, "when") | dict.fromkeys(words.concedes, "gives way")
    kinds |= dict.fromkeys(words.turns, "turns")
    kinds |= {f"/{word}": kinds[word] for word in negations}
    phrases: dict[str, Rests] = {}
    for first, *rest in sorted((text.split() for text in listed if " " in text), key=len, reverse=True):
        phrases[first] = (*phrases.get(first, ()), (tuple(rest), listed[" ".join([first, *rest])]))
    return Known(kinds, phrases)


def polarity(tokens: Sequence[str]) -> Polarity:
    """What is good or bad in a sentence, by what it came to be so, and what that adds up to."""
    found: set[str] = set()
    words: list[str] = []
    total = main = last = 0
    for clause in filter(None, clauses_of(tokens)):
        sign = 0
        for mark, value, word in _signs(clause):
            found.add(mark)
            sign += value
            words += [word] if value else []
        if sign:
            total, last = total + sign, sign
            main = main if clause[0].kind == "gives way" else sign
    if last:
        found.add("main +" if (main or last) > 0 else "main -")
        found.add(f"sum {max(-MOST, min(MOST, total))}")
    return Polarity(frozenset(found), tuple(words))


def clauses_of(tokens: Sequence[str]) -> list[list[Item]]:
    """What counts in each part of a sentence; a part ends at a stop and where the sentence turns."""
    clauses: list[list[Item]] = [[]]
    beyond = 0
    for at, found in [(at, found) for at, found in enumerate(map(_known_of, tokens)) if found]:
        if at < beyond:
            continue
        kind, phrases = found
        if phrases and (phrase := _phrase_at(tokens, at, phrases)):
            clauses[-1].append(Item(at, phrase[1]))
            beyond = at + 1 + len(phrase[0])
        elif kind in ("stop", "turns", "gives way"):
            clauses.append([] if kind == "stop" else [Item(at, kind)])
        elif kind:
            clauses[-1].append(Item(at, kind, tokens[at]))
    return clauses


@lru_cache(maxsize=2**13)
def _known_of(token: str) -> tuple[str, Rests] | None:
    """The kind of a word and the phrases that it may begin; None where there is neither, as for most."""
    kinds, phrases = known()
    relief = "relieves" if token.startswith(vocabulary().relieves) else ""
    kind = "stop" if token in STOPS else kinds.get(token) or relief
    return (kind, phrases.get(token, ())) if kind or token in phrases else None


def _phrase_at(tokens: Sequence[str], at: int, phrases: Rests) -> tuple[tuple[str, ...], str] | None:
    """The longest of these phrases that stands there."""
    after = at + 1
    following = tokens[after] if after < len(tokens) else ""
    for phrase in phrases:
        rest = phrase[0]
        if rest[0] == following and tuple(tokens[after : after + len(rest)]) == rest:
            return phrase
    return None


def _signs(clause: list[Item]) -> Iterator[tuple[str, int, str]]:
    """The signs of a part of a sentence, each with what it adds, and by which word of its own."""
    alone = [*_turned(clause, _denied, ("not", "need")), *_turned(clause, _thing_of, DIRECTIONS)]
    unreal, relieved = False, 0
    for index, item in enumerate(clause):
        unreal = unreal or item.kind == "when"
        relieved = item.at + RELIEVED if item.kind == "relieves" else relieved
        if item.kind not in VALUES or not (item.by or item.kind in ("good", "bad")):
            continue
        sign = "+" if item.sign > 0 else "-"
        if unreal or (not item.by and (_is_aim(clause, index) if item.sign > 0 else relieved >= item.at)):
            yield f"?{sign}", 0, ""
            continue
        turned = item.by in DIRECTIONS
        yield sign, item.sign, "" if turned else item.text
        yield f"{'turned' if turned else item.by or item.kind} {sign}", 0, ""
    yield from ((kind, 0, "") for kind in alone)


def _is_aim(clause: list[Item], index: int) -> bool:
    """Whether a word stands after "to": "to improve plans" says nothing of plans."""
    return index > 0 and clause[index - 1].kind == "to" and clause[index - 1].at == clause[index].at - 1


def _turned(
    clause: list[Item], thing_of: Callable[[list[Item], int], Item | None], kinds: Container[str]
) -> Iterator[str]:
    """Turn round what each word of these kinds is about; yields those that are about nothing known."""
    for index, item in enumerate(clause):
        if item.kind in kinds:
            if thing := thing_of(clause, index):
                thing.sign, thing.by = thing.sign * item.sign, item.kind
            else:
                yield item.kind if item.sign == TURNS[item.kind] else f"not {item.kind}"


def _denied(clause: list[Item], index: int) -> Item | None:
    """What a negation turns round: what is bad in "no visits are missed", and else what comes first."""
    reach = clause[index].at + NEGATED
    return _first_of(
        [one for one in clause[index + 1 : index + 1 + NEGATED] if one.at <= reach], TURNS.keys() | VALUES.keys()
    )


def _first_of(items: Sequence[Item], kinds: Container[str]) -> Item | None:
    """The first of these kinds, or else what is bad of it before an "and"."""
    first = next((one for one in items if one.kind in kinds), None)
    if first and first.kind == "wanted":
        part = takewhile(lambda one: one.kind != "and", items[items.index(first) :])
        return next((one for one in part if one.kind in ("bad", "unwanted")), first)
    return first


def _thing_of(clause: list[Item], index: int) -> Item | None:
    """What a word of direction is about: what follows "fewer"; what is close behind others, or else before them."""
    item, after = clause[index], clause[index + 1 : index + 1 + FAR]
    if item.kind in ("more", "fewer"):
        return _first_of(after, VALUES)
    if item.kind == "lessens":
        return next((one for one in after if one.kind in ("bad", "unwanted") and one.at <= item.at + LESSENED), None)
    joined = bool(after) and after[0].kind == "of" and after[0].at == item.at + 1
    for one in after:
        if one.at > item.at + (LESSENED if joined else NEAR) or one.kind == "and":
            break
        if one.kind in VALUES:
            return one
    return _head_of(clause[max(0, index - FAR) : index])


def _head_of(before: list[Item]) -> Item | None:
    """The thing before a word: the first that is bad, or else the last, or that of which it is ("quality of support")."""
    part = list(takewhile(lambda one: one.kind not in ("up", "down"), reversed(before)))
    things = [one for one in part if one.kind in VALUES]
    if bad := [one for one in things if one.sign < 0]:
        return bad[-1]
    head, joined = None, False
    for one in part:
        if one.kind in VALUES:
            if head and not joined:
                break
            head, joined = one, False
        elif one.kind in ("of", "to"):
            joined = True
        elif head:
            break
    return head
