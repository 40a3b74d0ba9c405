"""What a robots.txt says to us, as RFC 9309 reads it: which addresses we may ask for, and its Crawl-delay."""

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from protego import Protego

from scraper.items import Verdict
from scraper.politeness.failed import FetchFailed

READ = 500 * 1024
"""Bytes of a robots.txt that count; RFC 9309 asks for at least so many."""
AGENT = "ofsted-watch"
TOO_MANY = 429
SHOWN = 500
"""Lines among which those are looked for that forbid an address, to be shown to people."""
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before that of UTF-16, with which it begins
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
NOTHING = re.compile("[\0\u200b\ufeff]")
"""Marks and what else may stand before a line without being seen, however often."""
DELAY = re.compile(r"\A(\s*+crawl-delay\s*+:\s*+\d++)[.,]?(\d*+)\s*+(?:s|sec|seconds)?\s*$", re.IGNORECASE)
NAMES = re.compile(r"\s*user[- ]?agent(?:\s*:|\s)\s*(?P<name>\*(?=\s|$)|[a-z_-]*)", re.IGNORECASE)
RULE = re.compile(
    r"\s*(?:allow|dis?s?al?low|diasllow|disallaw|(?:crawl|request)[- ](?:delay|rate)|visit[- ]time)(?:\s*:|\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RobotsRules:
    """What one host's robots.txt says to us; read once, at the first question."""

    text: str = ""

    @cached_property
    def _read(self) -> Protego:
        return Protego.parse("\n".join(for_us(self.text)))

    @property
    def delay(self) -> float:
        """The Crawl-delay that holds for us, in seconds, 0 where there is none."""
        return float(self._read.crawl_delay(AGENT) or 0)

    def allow(self, url: str) -> bool:
        """Whether we may fetch this address."""
        return bool(self._read.can_fetch(url, AGENT))

    def objecting(self, url: str) -> str:
        """The lines that forbid an address, else those that ask for a delay, each below whom it means; else how what is for us begins."""
        ours = list(islice(for_us(self.text), SHOWN))
        forbid = _lines(ours, lambda alone: not alone.can_fetch(url, AGENT))
        return "\n".join(forbid or _lines(ours, lambda alone: bool(alone.crawl_delay(AGENT))) or ours)


def _lines(ours: Sequence[str], say_so: Callable[[Protego], bool]) -> list[str]:
    """Those of our lines that say so alone, each below the line that names us."""
    named, found = "", list[str]()
    for line in ours:
        if NAMES.match(line):
            named = line
        elif say_so(Protego.parse(f"User-agent: *\n{line}")):
            found += [line] if named in found else [named, line]
    return found


def for_us(text: str) -> Iterator[str]:
    """The lines of the groups that name us, or everybody: by the name alone, whatever version or comment stands after it.

    What is neither a name nor a rule, such as a Sitemap, neither ends a group nor belongs to it.
    """
    naming = ours = False
    for line in (whole.partition("#")[0] for whole in text.splitlines()):
        named = NAMES.match(line)
        if named:
            ours, naming = ours and naming, True
            if named["name"].lower() in ("*", AGENT):
                ours = True
                yield f"User-agent: {named['name']}"
        elif RULE.match(line):
            naming = False
            if ours:
                yield DELAY.sub(r"\1.\g<2>0", line)


def readable(body: bytes) -> str:
    """The text of a robots.txt by the mark it begins with, up to its last whole line within what counts."""
    encoding = next((name for mark, name in MARKS.items() if body.startswith(mark)), _without_mark(body[:4]))
    text = NOTHING.sub("", body[:READ].decode(encoding, "replace"))
    return text if len(body) <= READ else "\n".join(text.splitlines()[:-1])


def _without_mark(start: bytes) -> str:
    """An encoding by the first four bytes: in UTF-16 each second one of Latin letters is 0."""
    zeros = [byte == 0 for byte in start]
    if zeros == [True, False] * 2:
        return "utf-16-be"
    return "utf-16-le" if zeros == [False, True] * 2 else "utf-8"


def without(url: str, failure: FetchFailed) -> RobotsRules | FetchFailed:
    """What holds where robots.txt, at `url`, did not come: no rules where the host has none (4xx), else a no.

    RFC 9309 asks to take a server error for one; 429 is none of those that say that there is no file.
    """
    if 400 <= failure.status < 500 and failure.status != TOO_MANY:
        return RobotsRules()
    verdict = Verdict.BLOCKED if failure.status else failure.verdict
    return FetchFailed(verdict, f"{url}: {failure.reason}", answer=failure.answer)
