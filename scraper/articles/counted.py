"""How many things an article says that a report praises, finds wanting or asks for, in its own words: "12 positive comments"."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from scraper.items import Counted, Tone
from scraper.reference import ask_kinds, usual_ask

NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
MOST = 99
NUMBER = rf"(?<![\w.,-])(?<!\bin )(?<!ty )(?P<number>{'|'.join(NUMBERS)}|\d{{1,2}})"
BETWEEN = r"(?: (?:new|key|main|separate|specific|further|other|different|more|important|clear|urgent|immediate|significant|major))?"
OF_REPORT = re.compile(r"\b(?:report|letter|inspect\w+|ofsted|watchdog|regulator|findings|they|it)\b", re.IGNORECASE)
OF_OTHERS = re.compile(
    r"\b(?:peer|case reviews?|practice reviews?|audit\w*|ombudsman|coroner|local government association|previous(?:ly)?|last (?:\w+ )?(?:inspection|visit|report|letter|time)|addressed|been met|put right|dealt with|made then|none of|earlier|scrutiny|committee|panel|inquiry|commissioner|(?:19|20)\d\d|schools?|academy)\b",
    re.IGNORECASE,
)
NEED = (
    r"(?:(?:which|that|where) )?(?:(?:still|were|are|is|was) )*(?:in need of|needing|need(?:s|ed)?|requir(?:e|es|ed|ing)|to)"
    r"(?: (?:a lot of|much|some|still|further|more|significant|considerable|be|to))*"
)
GOOD = r"positive (?:comments?|points?|findings?|aspects?|areas?|observations?)|strengths?|areas? of (?:strength|good practice)|examples? of good practice"
BAD = r"negative (?:comments?|points?|findings?|aspects?)|weaknesses|weak points|shortcomings|failings|criticisms|areas? of (?:weakness|concern)"
WANTING = (
    rf"(?:areas?|points?|things?|matters?|issues?|aspects?)(?: of (?:practice|work))? (?:{NEED} (?:work|improv\w+|attention|develop\w+|action|address\w*|progress|chang\w+)"
    r"|where (?:\w+ ){0,3}(?:is|are) (?:still )?(?:needed|required))"
)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What is counted, with the words for it; the words of each list are those of frameworks.yaml."""
    lists = [(key, f"{re.escape(row.more)}|{re.escape(row.one)}") for key, row in ask_kinds().items()]
    said = [*lists, (usual_ask().key, WANTING), (Tone.STRENGTH.value, GOOD), (Tone.WEAKNESS.value, BAD)]
    return tuple((kind, re.compile(rf"{NUMBER}{BETWEEN} (?P<what>{words})\b", re.IGNORECASE)) for kind, words in said)


def counted(said: Iterable[str]) -> tuple[Counted, ...]:
    """What the sentences about the report count, each kind once: the first time."""
    found: dict[str, Counted] = {}
    for sentence in said:
        if OF_REPORT.search(sentence) and not OF_OTHERS.search(sentence):
            for one in _in(sentence):
                found.setdefault(one.kind, one)
    return tuple(found.values())


def _in(sentence: str) -> Iterator[Counted]:
    found = ((match.start(), kind, match) for kind, words in _kinds() for match in words.finditer(sentence))
    for _, kind, match in sorted(found, key=lambda one: one[0]):
        yield Counted(kind, _number(match["number"].lower()), match["what"].lower())


def _number(word: str) -> int:
    return NUMBERS.index(word) + 1 if word in NUMBERS else int(word)
