"""Texts that keep a regular expression busy, made of itself: the beginning of a match, and then no end of what it repeats."""

import importlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

_parser: Any = importlib.import_module("re._parser")
_compiler: Any = importlib.import_module("re._compiler")
_codes: Any = importlib.import_module("re._constants")

MANY = 16
"""A repetition of up to so many, none within the other, costs each place of a text no more than a constant."""
SAMPLES = "a \"1\n'-.A<(,&/:=#@|_é"
"""Of each class of characters the first few of these."""
VARIETY = 3
REPEATS = {_codes.MAX_REPEAT, _codes.MIN_REPEAT, _codes.POSSESSIVE_REPEAT}
CATEGORIES = {
    _codes.CATEGORY_SPACE: r"\s", _codes.CATEGORY_NOT_SPACE: r"\S", _codes.CATEGORY_WORD: r"\w",
    _codes.CATEGORY_NOT_WORD: r"\W", _codes.CATEGORY_DIGIT: r"\d", _codes.CATEGORY_NOT_DIGIT: r"\D",
}  # fmt: skip
TAILS = ("", "\0a")
"""Nothing, and what neither words nor what stands between them go on over."""

ANYWAY = (
    " ", "\n", "\r\n", '"', "'", "1", "a", "A", ".", "<", "<br ", "<!--", 'Dr. "', "a-", "1 and ", ",", "a ", "a, ", "A. ", ". A",
    "a's ", "word ", "Word ", "Ofsted ", "1 May ", "May 1 ", "&", "&#1;", "a.a", "(", "- ", "http://", "/a", ": ", "’ ",
)  # fmt: skip
"""What has kept expressions busy, whatever they look for."""


class Text(NamedTuple):
    """A text of any length: `head`, then `unit` again and again, then `tail`."""

    head: str
    unit: str
    tail: str

    def of(self, length: int) -> str:
        return self.head + self.unit * max(1, length // len(self.unit)) + self.tail


class Part(NamedTuple):
    """One of the alternatives that an expression is made of, as an expression of its own."""

    tree: Any
    pattern: re.Pattern[Any]

    @property
    def repeats_much(self) -> bool:
        """Whether its time at one place depends on the text: whether anything in it is repeated more than a few times."""
        return any(True for _ in _repeated(self.tree, [""]))


def parts(pattern: re.Pattern[Any]) -> list[Part]:
    """The alternatives of an expression: together they take the sum of their times, in which that of one might not be seen."""
    tree = _parser.parse(pattern.pattern, pattern.flags & ~(re.UNICODE if isinstance(pattern.pattern, bytes) else 0))
    if len(tree) != 1 or tree[0][0] is not _codes.BRANCH:
        return [Part(tree, pattern)]
    return [Part(one, _compiler.compile(one, pattern.flags)) for one in tree[0][1][1]]


def texts(tree: Any) -> list[Text]:
    """For each repetition what leads to it and then no end of it; the same all over again; and what keeps others busy."""
    found = [Text("", unit, tail) for unit in ANYWAY for tail in TAILS]
    for whole in _samples(tree):
        found += [Text("", unit, "") for unit in (whole, f"{whole} ", whole[:-1], f"{whole}\n") if unit]
    for head, unit in _repeated(tree, [""]):
        found += [Text(head, unit, tail) for tail in TAILS]
        found += [Text("", f"{head}{between}{unit}", "") for between in ("", " ")]
        found += [Text(f"{head} ", unit, ""), Text("", f"{head}{unit} ", ""), Text("", f"{head}{unit}\n", "")]
    return list(dict.fromkeys(found))


def _repeated(tree: Any, heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(a text that leads to it, what is repeated) for each repetition of more than MANY."""
    for code, value in tree:
        for within in _inner(code, value):
            if code in REPEATS and value[1] > MANY:
                variety = VARIETY if value[1] is _codes.MAXREPEAT else 1
                yield from ((head, unit) for head in heads[:variety] for unit in _samples(within)[:variety] if unit)
            yield from _repeated(within, heads)
        follow = _sample_of(code, value)
        heads = list(dict.fromkeys(head + one for one in follow for head in heads))[:VARIETY]


def _inner(code: Any, value: Any) -> list[Any]:
    """The expressions within a part of one."""
    if code in REPEATS:
        return [value[2]]
    if code is _codes.BRANCH:
        return list(value[1])
    if code is _codes.SUBPATTERN:
        return [value[3]]
    if code in (_codes.ASSERT, _codes.ASSERT_NOT):
        return [value[1]]
    return [value] if code is _codes.ATOMIC_GROUP else []


def _samples(tree: Any) -> list[str]:
    """A few texts that it matches, as far as one can tell without looking at what stands around them."""
    found = [""]
    for code, value in tree:
        found = list(dict.fromkeys(one + more for more in _sample_of(code, value) for one in found))[:VARIETY]
    return found


def _sample_of(code: Any, value: Any) -> list[str]:
    if code in REPEATS:
        least = value[0]
        more = [one * max(least, 1) for one in _samples(value[2])] if value[1] else [""]
        return more if least else [more[0], "", *more[1:]]
    if code is _codes.BRANCH:
        return [one for within in value[1] for one in _samples(within)[:1]][:VARIETY]
    if code in (_codes.SUBPATTERN, _codes.ATOMIC_GROUP):
        return _samples(_inner(code, value)[0])
    if code in (_codes.LITERAL, _codes.NOT_LITERAL, _codes.ANY, _codes.IN):
        return list(_chars(tuple(value) if code is _codes.IN else ((code, value),)))
    if code is _codes.ASSERT and value[0] < 0:
        return _samples(value[1])
    return [""]


@cache
def _chars(wanted: tuple[tuple[Any, Any], ...]) -> tuple[str, ...]:
    """The first few characters of a class; the same classes stand in most expressions."""
    known = [chr(number) for kind, number in wanted if kind is _codes.LITERAL]
    found = [char for char in (*known[:1], *SAMPLES) if _is_in(char, wanted)][:VARIETY]
    return tuple(found or known[:1] or ["a"])


def _is_in(char: str, wanted: Any) -> bool:
    """Whether a character is one of a class."""
    if wanted and wanted[0][0] is _codes.NEGATE:
        return not _is_in(char, wanted[1:])
    return any(_is(char, code, value) for code, value in wanted)


def _is(char: str, code: Any, value: Any) -> bool:
    if code is _codes.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if code is _codes.CATEGORY:
        return re.match(CATEGORIES[value], char) is not None
    return char != "\n" if code is _codes.ANY else (ord(char) == value) is (code is _codes.LITERAL)
