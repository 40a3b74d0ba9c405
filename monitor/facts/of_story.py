"""Which report a story of the news is about, as it is known now, and what the paper counts in it beside what we read there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from monitor.database import rows
from monitor.facts import phrases
from monitor.reading import ReportRef
from scraper.database import clues_from_json
from scraper.items import Counted, Tone
from scraper.reference import ask_kinds, stored_day, usual_ask

UNKNOWN = "a visit that we do not know"
"""What news is about of which no report can be named."""

OF_STORY = """
SELECT o.clues, r.id, r.kind, r.label AS name, r.published, r.url, coalesce(k.awaited, 0) AS awaited
FROM articles n JOIN articles o ON o.url = n.url OR (o.story = n.story AND o.urn IS n.urn)
LEFT JOIN article_links k ON k.article_url = o.url LEFT JOIN article_reports l ON l.article_url = o.url
LEFT JOIN reports r ON r.id = l.report_id
WHERE n.url = ? AND o.label <> 'other' ORDER BY r.id IS NULL, l.confidence DESC, o.url <> n.url, o.url
"""
OURS = "SELECT kind, count(*) AS n FROM findings WHERE report_id = ? AND lscb = 0 GROUP BY kind"


@dataclass(frozen=True, slots=True)
class StoryAbout:
    """The report that a story is about, if it can be named; `unknown`: that it is of one that is not here, in words; `counts`: a sentence, or empty."""

    report: ReportRef | None = None
    unknown: str = ""
    counts: str = ""


def about_story(db: Database, url: str) -> StoryAbout:
    """What is known of the story that the article of this address belongs to."""
    found = rows(db, OF_STORY, [url])
    linked = found[0] if found and found[0]["id"] else None
    if linked is None:
        return StoryAbout(unknown=UNKNOWN if any(row["awaited"] for row in found) else "")
    counts = next((said for row in found if (said := clues_from_json(row["clues"]).counts)), ())
    ours = {row["kind"]: row["n"] for row in rows(db, OURS, [linked["id"]])}
    published = stored_day(linked["published"])
    report = ReportRef(linked["id"], linked["kind"] or "other", linked["name"], published, linked["url"])
    return StoryAbout(report, counts=papers_count(counts, ours))


def papers_count(counts: Sequence[Counted], ours: Mapping[str, int]) -> str:
    """What the paper counts, and how many of the same we read: "The paper counts 12 positive comments; we read 10". Empty where it counts nothing."""
    if not counts:
        return ""
    theirs = [f"{one.number} {phrases.one_line(one.words, 60)}" for one in counts]
    read = [str(_ours(one.kind, ours)) for one in counts]
    return f"The paper counts {phrases.listed(theirs)}; we read {phrases.listed(read)}"


def _ours(kind: str, ours: Mapping[str, int]) -> int:
    """How many of a kind were read: papers call all that is asked for by the usual name, and in a letter that asks for nothing, its weaknesses."""
    if kind in ours or kind != usual_ask().key:
        return ours.get(kind, 0)
    return sum(ours.get(ask, 0) for ask in ask_kinds()) or ours.get(Tone.WEAKNESS, 0)
