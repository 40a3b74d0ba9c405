"""The days on which inspectors came, among all the days that an article names: those of meetings, publication and people's lives.

A day is the visit's only where a visit, or inspectors who visit, stand with it in one phrase. What is not understood is none:
a day too few leaves a report to be named by something else, a wrong one excludes the right report.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from scraper.reference import Days, day_runs

LONGEST = timedelta(days=60)
SINCE = 2000
LATELY = timedelta(days=365)
NEAR = 160
"""Characters around a day in which its phrase is looked for."""

INSPECTORS = r"(?:inspectors?|inspectorate|ofsted|hmi|watchdogs?|regulators?)"
VISIT = r"(?:visits?|inspections?|fieldwork)"
CAME = r"""(?:visited|visiting|inspected|inspecting|came|arrived|returned|spent|carried\ out|conducted|undertook|completed|made|did
    |looked|examined|reviewed|assessed|checked|scrutinised|went\ (?:in|into|to)|(?:was|were)\ (?:back|in|at|on[ -]site|there))"""
HELD = r"(?:took\ place|happened|held|ran|lasted|carried\ out|conducted|undertaken|completed|made(?!\ public)|started|began)"
ASIDE = r"(?:\s+(?:had|have|has|also|then|first|again|last|\w+ly))*"
# Words of a phrase that does not go on to say something else: no verb that is not of visiting, and no clause that begins.
SAYS_MORE = rf"""(?:was|were|is|are|has|had|have|been|be|will|would|may|might|should|must|can|could|who|whose|which|that|when|where|since|after|before
    |because|but|while|found|finds|say|says|said|saw|heard|hear|told|tells|met|meet\w*|went|goes|go|came|comes|come|took|takes|gave|gives
    |made|put|sent|led|left|quit|became|runs|running|dated|due|next|until|by(?!\ (?:an?\ |the\ |ofsted\ )?{INSPECTORS})|publi[sc]\w+|releas\w+|reveal\w+|issu\w+|unveil\w+|announc\w+
    |emerg\w+|appear\w*|start\w*|join\w+|resign\w*|appoint\w+|apolog\w+|discuss\w*|debat\w+|consider\w*|approv\w+|agree\w*|wrote|died|born
    |reports?|letters?|verdicts?|findings?|outcomes?|results?|online|statements?|websites?|events?|meetings?|hearings?|conference|committee)"""
GOES_ON = rf"(?:\s+(?!{SAYS_MORE}\b)[\w'-]+){{0,14}}"
REACHES = r"(?:,\s+(?:from|between|on))?[\s,(:-]*$"

BY_INSPECTORS = re.compile(
    rf"(?:\b{INSPECTORS}(?:'s?)?(?:\s+(?:inspection\s+)?team)?|^\W*they\b)(?:\s+(?:from|of|for)(?:\s+[\w'-]+){{1,3}}?)?(?:,?\s+(?:who|which|that))?{ASIDE}\s+{CAME}\b{GOES_ON}{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
WAS_INSPECTED = re.compile(
    rf"\b(?:was|were|been|being){ASIDE}\s+(?:inspected|visited)\b(?:\s+by(?=\s+(?:an?\s+|the\s+|\w+\s+)?{INSPECTORS}))?{GOES_ON}{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
VISIT_HELD = re.compile(
    rf"\b(?P<visit>{VISIT})(?:\s+(?:of|at|to|into|in|by|from){GOES_ON}?)?(?:,?\s+(?:which|that|and))?"
    rf"(?:\s+(?:was|were|had\ been|has\ been))?{ASIDE},?\s+{HELD}\b{GOES_ON}{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
VISIT_ON = re.compile(
    rf"\b(?P<visit>{VISIT})(?:(?=\s+(?:of|by|at|to|into|in|over|during|for|on|from|between|earlier|last|this)\b){GOES_ON})?{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
CLAUSES = re.compile(r"[,;:]\s")
SET_OFF = re.compile(r",\s+(?:from|between|on)\s*$", re.IGNORECASE)
PHRASE_BEGINS = re.compile(
    r"(?:^|[,;:]\s|\band\s)\W{0,9}(?:(?:on|from|between|over|during|in)\b[\w\s-]{0,20})?$", re.IGNORECASE
)
THEN_CAME = re.compile(
    rf"^[\s,)]*(?:(?!{SAYS_MORE}\b)[\w'-]+\s+){{0,5}}?(?:{INSPECTORS}{ASIDE}\s+{CAME}|{VISIT}\s+(?:was\s+|were\s+)?{HELD})\b",
    re.IGNORECASE | re.VERBOSE,
)
ITS_VISIT = re.compile(
    r"^\s+(?:(?:full|two-week|focus(?:s)?ed|monitoring|follow-up|ofsted)\s+)*(?:visit|inspection)\b(?!\s+(?:reports?|letters?|findings?|results?|of|at)\b)",
    re.IGNORECASE,
)
"""As in "the November inspection"."""
TALKED_OF = re.compile(
    r"\b(?:(?<!letter )(?<!report )about|over|regarding|discuss\w*|debat\w+|consider\w*|brief\w+|told|hear\w*|heard|meetings?|committee|cabinet|panel|councillors|members|learn\w*|respon\w+|react\w*|answer\w*)\b"
    r"[^,;]{0,40}$",
    re.IGNORECASE,
)
EARLIER = re.compile(r"\b(?P<always>previous|earlier|former|next)\s+(?:\w+\s+)?$|\blast\s+(?:\w+\s+)?$", re.IGNORECASE)
PLANNED = re.compile(
    r"\b(?:will|would|(?:is|are|due|set|plans?|hopes?|expect\w*) to|expects?|awaits?)\b[^,;]*$", re.IGNORECASE
)
OF_OTHERS = re.compile(
    r"\b(?:schools?|academy|college|nurser(?:y|ies)|playgroup|pre-school|childminders?|(?:children's|care|nursing) homes?|(?:fostering|adoption) agenc(?:y|ies)|hospitals?|surgery"
    r"|prisons?|young offender\w*|secure (?:unit|home|centre)|police|constabulary|fire|cqc|care quality commission|adult social care"
    r"|health visitors?|by (?:a |the |her |his |their )?social workers?|social workers?'?)\b",
    re.IGNORECASE,
)


def visit_days(said: Iterable[str], published: date | None) -> tuple[date, date] | None:
    """First and last day of the visit, by the first of these sentences that gives its days.

    Days without a year are the last such days before publication; none is after it.
    """
    return next((found for sentence in said for found in _said(sentence, published)), None)


def _said(sentence: str, published: date | None) -> Iterator[tuple[date, date]]:
    runs = [
        run for run in day_runs(sentence, published) if _can_be(run, published) and _is_visits(sentence, run, published)
    ]
    for run in sorted(runs, key=lambda run: run.first == run.last):
        yield run.first, run.last


def _can_be(run: Days, published: date | None) -> bool:
    """Whether a visit can have been then: all days exist, few enough, and none after the article that tells of it."""
    in_time = run.first.year >= SINCE and not (published and run.last > published)
    return run.whole and in_time and run.last - run.first <= LONGEST


def _is_visits(sentence: str, run: Days, published: date | None) -> bool:
    lately = published is None or published - run.last <= LATELY
    return when_visited(sentence, run.start, run.end, one_day=run.first == run.last, lately=lately)


def when_visited(sentence: str, start: int, end: int, *, one_day: bool = True, lately: bool = True) -> bool:
    """Whether the days or the month that stand there in a sentence are said of a visit of inspectors.

    A meeting is on `one_day`, and so are most things that are not a visit; the "last" inspection is another one unless it was `lately`.
    """
    before, after = sentence[max(0, start - NEAR) : start], sentence[end : end + NEAR]
    if PHRASE_BEGINS.search(before) and (then := THEN_CAME.match(after)):
        return not OF_OTHERS.search(then[0] + _first_clause(after[then.end() :]))
    if ITS_VISIT.match(after):
        return not OF_OTHERS.search(before)
    if one_day and SET_OFF.search(before):
        return False
    if _stands_before(before, BY_INSPECTORS, WAS_INSPECTED):
        return True
    found = _stands_before(before, VISIT_HELD) or _stands_before(before, VISIT_ON)
    return found is not None and _is_meant(before[: found.start()], found, one_day=one_day, lately=lately)


def _stands_before(before: str, *phrases: re.Pattern[str]) -> re.Match[str] | None:
    """The phrase that ends where the days begin, unless it is of another institution's inspection."""
    found = next(filter(None, (phrase.search(before) for phrase in phrases)), None)
    if found is None:
        return None
    clause = CLAUSES.split(before[: found.start()])[-1] + found[0]
    return None if OF_OTHERS.search(clause) else found


def _first_clause(text: str) -> str:
    return CLAUSES.split(text)[0]


def _is_meant(lead: str, found: re.Match[str], *, one_day: bool, lately: bool) -> bool:
    """Whether a visit with its days is the one reported: not an earlier or a later one, nor only what a meeting was about."""
    earlier = EARLIER.search(lead)
    if earlier and (earlier["always"] or not lately):
        return False
    if found.re is VISIT_ON and PLANNED.search(lead):
        return False
    return not (one_day and TALKED_OF.search(lead))
