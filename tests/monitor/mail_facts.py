"""Invented facts for the tests of mails: no council, person or sentence in them is real."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from monitor.alerts import Gap, Item, Quiet, SourceItem, SourceLooks, StoryItem, Watch
from monitor.facts import Ask, Came, EarlierArea, GradeChange, ReportFacts, Statement, StoryAbout
from monitor.facts.came import words
from monitor.facts.headline import headline
from monitor.facts.summary import summary
from monitor.mail.letter import Letter
from monitor.mail.watch_view import WatchView
from monitor.reading import ReportRef

LONDON = ZoneInfo("Europe/London")
SITE = "https://files.example.org/v1/file"


def ref(number: int, kind: str, published: date) -> ReportRef:
    return ReportRef(number, kind, f"{kind.replace('_', ' ').capitalize()}: pdf", published, f"{SITE}/{number}")


INSPECTED = ref(5001, "inspection", date(2019, 3, 4))
MONITORED = ref(5002, "monitoring_visit", date(2020, 1, 21))
FOCUSED = ref(5003, "focused_visit", date(2021, 6, 8))
NEW = ref(5004, "inspection", date(2022, 2, 11))


def facts() -> ReportFacts:
    """A graded inspection with everything in it."""
    told = ReportFacts(
        report=NEW,
        urn="89999",
        authority="Westmarch",
        framework="ILACS",
        inspection_start=date(2021, 11, 29),
        inspection_end=date(2021, 12, 10),
        lead_inspector="Edith Larkspur",
        grades=(
            GradeChange("overall effectiveness", "inadequate", "requires improvement to be good", "improved", INSPECTED, "no longer inadequate"),
            GradeChange("the experiences and progress of children who need help and protection", "inadequate", "inadequate", "unchanged", INSPECTED),
            GradeChange("the experiences and progress of children in care", "good", "requires improvement to be good", "declined", INSPECTED),
            GradeChange("the experiences and progress of care leavers", None, "good", "new"),
        ),
        asks=(
            Ask("priority_action", "What needs to improve?", "The timeliness of the response to children who go missing, so that return interviews take place within three days.", 2, ("missing children",)),
            Ask("area_for_improvement", "What needs to improve?", "The quality and frequency of management oversight and supervision, to ensure that plans do not drift.", 2, ("supervision",), (INSPECTED, MONITORED, FOCUSED)),
            Ask("area_for_improvement", "What needs to improve?", "The quality of pathway plans for care leavers.", 3, ("pathway plans",), (INSPECTED,)),
        ),
        earlier=(
            EarlierArea("Social work supervision should be regular and challenge the progress of plans.", 4, (INSPECTED, MONITORED, FOCUSED), "still_needs_improvement", "Supervision remains too variable, and in a quarter of files there is none for three months.", 6, "The quality and frequency of management oversight and supervision."),
            EarlierArea("Strategy meetings should include health and the police.", 4, (INSPECTED,), "improved", "Strategy meetings are now timely, and health partners take part in nearly all.", 5),
            EarlierArea("The quality of pathway plans.", 5, (INSPECTED,), "mixed", "Most plans are written with young people, but a significant minority lack detail.", 9),
            EarlierArea("The sufficiency of placements for older children.", 5, (INSPECTED,), "not_mentioned"),
        ),
        statements=(
            *(Statement("strength", "Leadership", f"Leaders know strength number {n} of their services well.", 8 + n) for n in range(5)),
            Statement("weakness", "Help and protection", "Too many children wait for an assessment.", 4),
        ),
        compared_with=(INSPECTED, MONITORED, FOCUSED),
        before=(INSPECTED, MONITORED, FOCUSED),
    )  # fmt: skip
    return replace(told, headline=headline(told), summary=summary(told))


def uncompared_facts() -> ReportFacts:
    """The same report, whose comparison failed."""
    asks = tuple(replace(ask, raised=()) for ask in facts().asks)
    told = replace(facts(), uncompared=True, compared_with=(), earlier=(), asks=asks)
    return replace(told, headline=headline(told), summary=summary(told))


def doubtful_facts() -> ReportFacts:
    """The same report, of which the grades were not found."""
    told = replace(
        uncompared_facts(), uncompared=False, grades=(), doubts=("no grades were found in a graded inspection",)
    )
    return replace(told, headline=headline(told), summary=summary(told))


def unread_facts() -> ReportFacts:
    return ReportFacts(
        report=NEW, urn="89999", authority="Westmarch", unread="the link answers with Ofsted's 'Report not found' page"
    )


def story() -> StoryItem:
    return StoryItem(
        headline="Westmarch children's services 'no longer inadequate', inspectors say",
        outlet="Westmarch Courier",
        url="https://courier.example.org/news/1",
        published=date(2022, 2, 12),
        authority="Westmarch",
        snippet="Inspectors found that leaders have improved the help that children get.",
        elsewhere=(("Marches Post", "https://post.example.org/a?b=1&c=2"),),
        about=StoryAbout(
            NEW, counts="The paper counts 12 positive comments and 7 areas in need of work; we read 10 and 7"
        ),
    )


def broken() -> SourceItem:
    return SourceItem(
        "ofsted",
        "broken",
        "Westmarch: the page lists 0 reports where 7 were listed before",
        datetime(2022, 2, 12, 6, 5, tzinfo=UTC),
        well=False,
        authorities=("Westmarch",),
        last_good=datetime(2022, 2, 11, 6, 5, tzinfo=UTC),
        came=came(),
    )


def came() -> Came:
    """A page of the site as it is not known."""
    url = "https://reports.example.org/provider/44/89999"
    said = words(200, "text/html", 12345, "Find an inspection report")
    return Came(
        id=1, crawl_id=7, asked=datetime(2022, 2, 12, 6, 5, tzinfo=UTC), url=url, authority="Westmarch", verdict="broken",
        message="the page lists 0 reports where 7 were listed before", status=200, content_type="text/html", size=12345,
        title="Find an inspection report", answered="", words=said, head="<!DOCTYPE html>",
    )  # fmt: skip


def well() -> SourceItem:
    return SourceItem(
        "Westmarch Courier",
        "ok",
        "",
        datetime(2022, 7, 12, 8, 0, tzinfo=UTC),
        well=True,
        broken_since=datetime(2022, 7, 11, 6, 5, tzinfo=UTC),
    )


MONDAY = datetime(2022, 3, 7, 8, 0, tzinfo=UTC)


def watched(*sources: SourceLooks, since: datetime = MONDAY - timedelta(days=7), **more: Any) -> Watch:
    """A week's watch, of four sources that are well where none are given."""
    four = [
        SourceLooks("ofsted", 240),
        *(SourceLooks(name, 168) for name in ("Courier", "Marches Post", "BBC Marches")),
    ]
    return Watch(since, MONDAY, sources or tuple(four), **more)


def watched_badly() -> Watch:
    """One source that is not well, two that were not looked at for some days, one that failed and was read again."""
    tuesday = datetime(2022, 3, 1, 9, 5, tzinfo=UTC)
    away = (Gap(tuesday, tuesday + timedelta(days=3), tried=False),)
    return watched(
        SourceLooks("ofsted", 120, gaps=away),
        SourceLooks("Westmarch Courier", 80, unwell=datetime(2022, 3, 5, 10, 0, tzinfo=UTC), failed=46),
        SourceLooks("Marches Post", 80, gaps=away),
        SourceLooks("BBC Marches", 168, failed=2, last_failed=datetime(2022, 3, 2, 10, 0, tzinfo=UTC)),
        faults=1,
    )


def quiet(**changes: Any) -> Quiet:
    """A week in which there was nothing to tell of Westmarch and Northmere."""
    about = frozenset(("report", "amended", "withdrawn", "news"))
    newest = (("Northmere", None), ("Westmarch", NEW))
    return replace(Quiet(MONDAY - timedelta(days=7), about, ("Northmere", "Westmarch"), newest=newest), **changes)


def letter(*items: Item, watch: WatchView | None = None) -> Letter:
    why = ("about new reports, amended reports, withdrawn reports and news of Westmarch, at once",)
    if watch:
        why = (why[0].replace("at once", "weekly on Monday at 08:00, even if there is nothing"),)
    return Letter(items, "lead@example.org", why, "watch@example.org", LONDON, watch)
