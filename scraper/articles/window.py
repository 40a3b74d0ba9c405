"""Between which days a visit was, by what the article says that its report tells: of what has been so since a month, or reaches back to a day.

The visit came after all of them, and soon after the latest. Only what inspectors or their report say counts, or what was so when they came.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.articles.visit_days import MONTH_SAID, YEAR
from scraper.reference import day_runs, last_such_month, month_number

SAYS = re.compile(
    r"\b(?:(?:report|letter|inspect\w+|ofsted|watchdog|findings?)\b[^.;]{0,60}\b(?:sa(?:id|ys?)|stat(?:es?|ed)|not(?:es?|ed)|finds?|found|add(?:s|ed)|warn(?:s|ed)|saw|heard|tells?|told"
    r"|reveal(?:s|ed)|show(?:s|ed)|highlight(?:s|ed)|point(?:s|ed)|according)"
    r"|according to (?:the |its |their )?(?:\w+ )?(?:report|letter|inspectors?|ofsted|watchdog|findings))\b",
    re.IGNORECASE,
)
AT_THE_VISIT = re.compile(
    r"\b(?:at the time of (?:the|its|their|that|this|ofsted's) (?:[\w-]+ )?(?:visit|inspection|check\w*)|(?:when|by the time) (?:the )?(?:inspectors|ofsted) (?:\w+ )?(?:visited|came|arrived|called|looked))\b",
    re.IGNORECASE,
)
BACK_TO = r"(?:(?:dat(?:ing|ed|es?)|go(?:ing|es)?|went|reach(?:ing|es|ed)?|stretch(?:ing|es|ed)?|extend(?:ing|s|ed)?) (?:all the way )?back (?:to|as far as)|as far back as)"
SINCE = re.compile(
    rf"\b(?i:since|{BACK_TO}) (?:early |late |mid-|the (?:start|end|beginning|middle) of )?{MONTH_SAID}(?:,? (?:of )?{YEAR})?(?! ?\d)\b"
)
BEFORE_DAY = re.compile(rf"\b(?:since|from|{BACK_TO}) (?:\w+day,? )?(?:the )?$", re.IGNORECASE)
TURNS = re.compile(r"\b(?:but|while|although|though|however|since then)\b|;", re.IGNORECASE)
SINCE_THEN = re.compile(
    r",?\s+(?:the\s+|its\s+|a\s+)?(?:new\s+)?(?:council|authority|leaders?|managers?|director|cabinet|we|they|it|he|she)\b",
    re.IGNORECASE,
)
"""Who has done something since: perhaps after the visit."""
OF_ONE_PERSON = re.compile(
    r"\b(?:in post|in (?:the )?(?:job|role)|in charge|at the helm|members?|director|leader|chief|chair\w*|boss|mayor|minister|commissioner|who (?:has|had|have))\b,?[^.,;]{0,20}$",
    re.IGNORECASE,
)
"""Whose time in office it is: it may have begun after the visit."""
NEAR = 40
YEAR_LONG = timedelta(days=365)
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Window:
    """The visit ended on `after` or later and began on `before` or earlier; None where nothing is said."""

    after: date | None = None
    before: date | None = None


def visit_window(said: Iterable[str], published: date | None) -> Window:
    """The window of the visit that these sentences report.

    A day without a year is the last such one before publication; where that is not known, one of the year that is told with
    another, and the visit came before that day was there again.
    """
    telling = [sentence for sentence in _joined(said) if AT_THE_VISIT.search(sentence) or SAYS.search(sentence)]
    dated = [day for sentence in telling for day in _months(sentence, published)]
    latest = published or (date(max(dated).year, 12, 31) if dated else None)
    days = dict(day for sentence in telling for day in _days(sentence, latest))
    after = max((day for day in (*dated, *days) if published is None or day < published), default=None)
    if after is None or published or days.get(after, True):
        return Window(after)
    return Window(after, after + YEAR_LONG)


def _joined(said: Iterable[str]) -> Iterator[str]:
    """Sentences whole again where a line was broken after a comma."""
    held = ""
    for part in said:
        held = f"{held} {part}".lstrip()
        if not held.endswith(",") or len(held) > LONGEST:
            yield held
            held = ""
    yield held


def _months(sentence: str, published: date | None) -> Iterator[date]:
    """The first days of the months since when something is so, by what is told of the visit and not of the time after it."""
    for match in SINCE.finditer(sentence):
        before = sentence[max(0, match.start() - NEAR) : match.start()]
        if (
            TURNS.search(sentence, 0, match.start())
            or SINCE_THEN.match(sentence, match.end())
            or OF_ONE_PERSON.search(before)
        ):
            continue
        month = month_number(match["month"])
        if match["year"]:
            yield date(int(match["year"]), month, 1)
        elif published:
            yield date.fromisoformat(f"{last_such_month(month, published)}-01")


def _days(sentence: str, latest: date | None) -> Iterator[tuple[date, bool]]:
    """The days since when something is so, and whether each has its year."""
    for run in day_runs(sentence, latest):
        if run.whole and BEFORE_DAY.search(sentence[max(0, run.start - NEAR) : run.start]):
            yield run.first, str(run.first.year) in sentence[run.start : run.end]
