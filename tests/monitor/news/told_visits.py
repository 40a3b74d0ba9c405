"""Invented stories about invented reports, of which it is known which report each is about: the wordings of tests/fixtures/visits, filled in.

Each authority has a history of its own, drawn by its name: inspections, the visits that follow a bad one (of some no letter is here, and
not every letter says its number), focused visits. A story is judged beside all of its authority's reports, beside those that were out
on its day, and beside all but its own, where any link is a wrong one.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import yaml

from monitor.news.known_report import KnownReport
from monitor.news.which_report import Link, Undecided, link
from scraper.articles import read_article
from scraper.items import Article
from scraper.reference import ORDINALS, known_authorities
from tests.paths import FIXTURES

PLACES = (
    "Wexborough", "Harrowdale", "Southmere", "Fenwick Vale", "Thornbeck", "Ostlea", "Marlhaven", "Quenby", "Ravensholt", "Tillingford",
    "Elderwick", "Cranmoor", "Brackley Vale", "Lowmarsh", "Hexford", "Stanmere", "Kelderby", "Dunlow", "Averham", "Pellworth",
)  # fmt: skip
UNSEEN_PLACES = (
    "Yarrowby", "Isleham Vale", "Carrick Moor", "Netherwold", "Gantlow", "Orrinford", "Tamsley", "Withernhope", "Balcombe Vale", "Upperdene",
)  # fmt: skip
"""Judged once, after everything was set."""
STORIES_EACH = 20
UNDATED = 0.25
"""The share of stories of which nobody knows when they came out."""

WHO = (
    "Leaders",
    "Managers",
    "Social workers",
    "Foster carers",
    "Care leavers",
    "Children in care",
    "Families",
    "Partners",
)
WHAT = (
    "know what has to change and how they will go about it in the months to come",
    "speak of high caseloads that leave them too little time for the children",
    "are heard when plans are made, and their wishes are written down with care",
    "wait too long for the help that was promised to them at the first meeting",
    "have better support than at any time since the service was restructured",
    "do not always record why a decision was taken or who was asked about it",
    "work well together when a child goes missing from home or from care",
    "are not told soon enough of changes to the arrangements for contact",
)
WHERE = (
    "in most of the teams", "in the north of the area", "since the new director came", "as audits by the authority show",
    "despite the efforts of its partners", "more often than a year before", "when cases pass from one team to the next", "at weekends",
)  # fmt: skip
STOCK = "Caseloads have reduced and are now manageable for most social workers in the teams that were seen."
GRADES = ("inadequate", "requires improvement to be good", "good", "outstanding")
AREAS = {
    "leaders": "the impact of leaders",
    "help": "help and protection",
    "in_care": "the experiences of children in care",
    "leavers": "support for care leavers",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A story, the reports beside which it is judged, and the one that it is about; None where that is not among them."""

    place: str
    article: Article
    reports: tuple[KnownReport, ...]
    truth: int | None
    setting: str


def told_visits(places: Sequence[str] = PLACES) -> Iterator[Told]:
    """Every story of these places, in each setting."""
    wordings = yaml.safe_load((FIXTURES / "visits" / "stories.yaml").read_text(encoding="utf-8"))
    for place in places:
        draw = random.Random(place)
        reports = history(draw)
        about = [(report, wording) for report in reports for wording in wordings if report.kind in wording["of"]]
        for report, wording in draw.sample(about, STORIES_EACH):
            yield from _settings(place, _story(draw, place, wording, report, reports), report, reports)


def _settings(place: str, story: Article, report: KnownReport, reports: Sequence[KnownReport]) -> Iterator[Told]:
    known = [one for one in reports if one.report_id > 0]
    without = [one for one in known if one is not report]
    yield Told(place, story, tuple(without), None, "its own is missing")
    if report not in known:
        return
    yield Told(place, story, tuple(known), report.report_id, "all")
    day = story.published.date() if story.published else date(2099, 1, 1)
    yield Told(place, story, tuple(r for r in known if r.published and r.published <= day), report.report_id, "then")


def judged(told: Told) -> Link | Undecided:
    """What is concluded of a story."""
    article = told.article
    reading = read_article(article, known_authorities(), [])
    return link(replace(reading, urn="1"), article.published, told.reports)


def history(draw: random.Random) -> list[KnownReport]:
    """The reports of an authority from 2014 on, oldest first; those that are not here, as letters that nobody published, have numbers below zero."""
    found: list[KnownReport] = []
    day, framework = date(2014, 3, 3) + timedelta(days=draw.randrange(500)), "SIF"
    while day < date(2026, 9, 1):
        grade = draw.choice(GRADES[:1] * 3 + GRADES[1:3])
        inspection = _inspection(draw, len(found) + 1, day, framework, grade)
        found.append(inspection)
        if grade == GRADES[0]:
            found += _monitoring(draw, len(found) + 1, inspection)
        elif framework != "SIF":
            found.append(_visit(draw, len(found) + 1, "focused_visit", day + timedelta(days=draw.randrange(300, 500))))
        day = (found[-1].start or day) + timedelta(days=draw.randrange(250, 700))
        framework = "ILACS" if day > date(2018, 6, 1) else "SIF"
    return found


def _inspection(draw: random.Random, number: int, start: date, framework: str, grade: str) -> KnownReport:
    visit = _visit(draw, number, "inspection", start, length=11, later=55)
    near = GRADES[: GRADES.index(grade) + 2]
    return replace(
        visit,
        framework=framework,
        grade=grade if start < date(2026, 4, 1) else None,
        areas=tuple((area, draw.choice(near)) for area in AREAS),
    )


def _monitoring(draw: random.Random, first: int, inspection: KnownReport) -> Iterator[KnownReport]:
    start = inspection.published or date(2014, 1, 1)
    says_number, says_judgement = draw.random() < 0.6, draw.random() < 0.7
    for nth in range(1, draw.randrange(4, 7)):
        start += timedelta(days=draw.randrange(95, 160))
        hidden = draw.random() < (0.5 if nth == 1 else 0.12)
        number = first + nth - 1
        visit = _visit(draw, -number if hidden else number, "monitoring_visit", start)
        yield replace(
            visit,
            visit_number=nth if says_number or hidden else None,
            since_judgement=f"{inspection.published:%Y-%m}" if says_judgement else None,
        )


def _visit(draw: random.Random, number: int, kind: str, start: date, length: int = 1, later: int = 35) -> KnownReport:
    start -= timedelta(days=start.weekday() - 1)
    published = start + timedelta(days=later + draw.randrange(14))
    parts = zip(*(draw.sample(words, 6) for words in (WHO, WHAT, WHERE)), strict=True)
    said = [f"{' '.join(part)}." for part in parts]
    text = " ".join([*said, STOCK])
    return KnownReport(number, kind, published, start, start + timedelta(days=length), framework="ILACS", text=text)


def _story(
    draw: random.Random, place: str, wording: Mapping[str, Any], report: KnownReport, reports: Sequence[KnownReport]
) -> Article:
    assert report.published
    delay = draw.randrange(25, 100) if wording.get("followup") else draw.choice((0, 0, 1, 1, 2, 3, 5, 8, 12, 25))
    when = datetime.combine(report.published + timedelta(days=delay), time(9), UTC)
    words = _words(draw, report, reports) | {"place": place}
    headline, text = (str(wording[part]).format(**words) for part in ("headline", "text"))
    return Article("https://paper.example/1", headline, text, "Gazette", None if draw.random() < UNDATED else when)


def _words(draw: random.Random, report: KnownReport, reports: Sequence[KnownReport]) -> dict[str, str]:
    start, end, out = report.start, report.end, report.published
    assert start and end and out
    before = [r for r in reports if r.kind == "inspection" and r.published and r.published < out]
    judgement = before[-1].published if before else date(2011, 3, 1)
    assert judgement
    area, grade = draw.choice(report.areas) if report.areas else ("help", "good")
    quotes = draw.sample(report.text.rstrip(".").split(". "), 2)
    given = dict(report.areas)
    earlier = [r for r in reports if r.start and r.start < start]
    last = earlier[-1].start if earlier and earlier[-1].start else start - timedelta(days=130)
    later = out + timedelta(days=20 + draw.randrange(20))
    backlog = start - timedelta(days=draw.randrange(20, 60))
    return {
        "days": _days(draw, start, end, f" {end.year}"),
        "day_month": _days(draw, start, end, ""),
        "month": f"{start:%B %Y}" if draw.random() < 0.6 else f"{start:%B}",
        "nth": ORDINALS[(report.visit_number or _counted(report, reports)) - 1],
        "nth_any": "second time",
        "judged": f"{judgement:%B %Y}",
        "judged_year": f"{judgement.year}",
        "judged_here": f"{out:%B %Y}" if draw.random() < 0.5 else f"{out.year}",
        "grade": report.grade or grade,
        "old_grade": (before[-1].grade or "good") if before else "good",
        "area": AREAS[area],
        "area_grade": grade,
        "leaders": given.get("leaders", "good"),
        "help": given.get("help", "good"),
        "quote": quotes[0],
        "quote2": quotes[1],
        "before_days": _days(draw, last, last + timedelta(days=1), f" {last.year}" if draw.random() < 0.5 else ""),
        "before_month": f"{last:%B %Y}" if draw.random() < 0.5 else f"{last:%B}",
        "later": f"{later.day} {later:%B}",
        "out": f"{out.day} {out:%B}" if draw.random() < 0.5 else f"{out:%B} {out.day}",
        "since": f"{start - timedelta(days=draw.randrange(60, 120)):%B %Y}",
        "oldest": f"{backlog:%B} {backlog.day}" if draw.random() < 0.5 else f"{backlog.day} {backlog:%B}",
    }


def _days(draw: random.Random, start: date, end: date, year: str) -> str:
    if (end - start).days > 1:
        return f"{start.day} {start:%B} to {end.day} {end:%B}{year}"
    if start.month != end.month:
        return f"{start.day} {start:%B} and {end.day} {end:%B}{year}"
    if draw.random() < 0.5:
        return f"{start:%B} {start.day} and {end.day}" + (f",{year}" if year else "")
    return f"{start.day} and {end.day} {end:%B}{year}"


def _counted(report: KnownReport, reports: Sequence[KnownReport]) -> int:
    """The true number of a visit since the inspection before it."""
    number = 0
    for one in reports:
        number = 0 if one.kind == "inspection" else number + (one.kind == report.kind)
        if one is report:
            break
    return max(number, 1)
