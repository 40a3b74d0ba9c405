"""The days on which inspectors came, among all the days that an article names: those of meetings, publication and people's lives."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from scraper.reference import Days, day_runs

LONGEST = timedelta(days=60)
SINCE = 2000
NEAR = 80
"""Characters between a word that says what happened and its day."""

ON_A_DAY = re.compile(r"\b(?:on|carried out|took place|visited)\b")
EVENT = re.compile(
    r"""\b(?:
      (?P<plan> (?:will|would|may|might|is\ to|are\ to|due\ to|set\ to|plans?\ to|expected\ to|hopes?\ to)(?:\ be|\ have)?\ \w+
      | discuss\w* | debat\w+ | consider\w* | meet\w* | met | committee | cabinet | approv\w+ | agree\w* | due | next )
    | (?P<other> inspection(?:'s)?\ (?:report|findings?|results?|outcomes?|judge?ments?|grades?|letter) | who | whose
      | publi\w+ | releas\w+ | issu\w+ | c(?:a|o)me\ out | came\ to\ light | appear\w* | emerg\w+ | announc\w+ | start\w* | join\w+ | left
      | resign\w* | appoint\w+ | apolog\w+ | said | says | told | wrote | report\w* | letter | died | born )
    | (?P<came> visited | visiting | inspected | inspecting | inspectors | carried\ out | took\ place | undertaken | conducted | held | spent
      | returned\ to | came\ (?:to|in) | on[ -]site | lasted | ran )
    | (?P<visit> visits? | inspections? | fieldwork )
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def visit_days(about_visit: Iterable[str], published: date | None) -> tuple[date, date] | None:
    """First and last day of the visit, by the first of these sentences, each about a visit, that gives its days.

    Days without a year are the last such days before publication; none is after it.
    """
    return next((found for sentence in about_visit for found in _said(sentence, published)), None)


def _said(sentence: str, published: date | None) -> Iterator[tuple[date, date]]:
    found = [run for run in day_runs(sentence, published) if _can_be(run, published)]
    runs = [run for run, after in zip(found, _after(sentence, found), strict=True) if _is_visits(sentence, run, after)]
    yield from ((run.first, run.last) for run in runs if run.first < run.last)
    if ON_A_DAY.search(sentence):
        yield from ((run.first, run.last) for run in runs if run.first == run.last)


def _can_be(run: Days, published: date | None) -> bool:
    """Whether a visit can have been then: all days exist, few enough, and none after the article that tells of it."""
    in_time = run.first.year >= SINCE and not (published and run.last > published)
    return run.whole and in_time and run.last - run.first <= LONGEST


def _after(sentence: str, runs: Iterable[Days]) -> Iterator[re.Match[str] | None]:
    """What is said next after each of these days. The same may come next after many of them, and is looked for once."""
    reached, found = -1, None
    for run in runs:
        if reached < run.end:
            found = EVENT.search(sentence, run.end)
            reached = found.start() if found else len(sentence)
        yield found


def _is_visits(sentence: str, run: Days, after: re.Match[str] | None) -> bool:
    """Whether what is said nearest to the days, before them or else after, is that somebody visited.

    "An inspection on 12 March" is a visit's day; that of a meeting that will discuss the inspection is not.
    """
    before = list(EVENT.finditer(sentence, max(0, run.start - NEAR), run.start))
    nearest = before[-1] if before else after
    if nearest is None or not (nearest["came"] or nearest["visit"]):
        return False
    return bool(nearest["came"]) or len(before) < 2 or before[-2]["plan"] is None
