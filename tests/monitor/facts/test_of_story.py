"""Which report a story is told to be about, and what the paper counts beside what we read."""

import pytest
from sqlite_utils import Database

from monitor.facts.of_story import UNKNOWN, StoryAbout, about_story, papers_count
from scraper.items import Counted
from tests.conftest import Clock
from tests.monitor import mail_rows as given

URL = "https://a.example.org/1"
GOOD = Counted("strength", 12, "positive comments")
ASKED = Counted("area_for_improvement", 7, "areas in need of work")


@pytest.mark.parametrize(
    ("counts", "ours", "said"),
    [
        ((), {"strength": 3}, ""),
        ((GOOD,), {"strength": 10}, "The paper counts 12 positive comments; we read 10"),
        ((GOOD, ASKED), {"strength": 10, "area_for_improvement": 6, "weakness": 9},
         "The paper counts 12 positive comments and 7 areas in need of work; we read 10 and 6"),
        ((ASKED,), {"recommendation": 5, "weakness": 9}, "The paper counts 7 areas in need of work; we read 5"),
        ((ASKED,), {"weakness": 9}, "The paper counts 7 areas in need of work; we read 9"),
        ((Counted("recommendation", 11, "recommendations"),), {"weakness": 9}, "The paper counts 11 recommendations; we read 0"),
    ],
)  # fmt: skip
def test_what_the_paper_counts_stands_beside_what_we_read(
    counts: tuple[Counted, ...], ours: dict[str, int], said: str
) -> None:
    assert papers_count(counts, ours) == said


def test_a_story_is_about_the_report_that_any_of_its_articles_is_linked_to(db: Database, clock: Clock) -> None:
    given.authorities(db)
    given.ready(db, 7, clock(), kind="inspection")
    given.article(db, URL, clock(), clues='{"counts": [{"kind": "strength", "number": 2, "words": "strengths"}]}')
    assert about_story(db, URL) == StoryAbout()
    db.table("article_links").insert({"article_url": URL, "awaited": 1, "tried": "2026-03-02"})
    assert about_story(db, URL) == StoryAbout(unknown=UNKNOWN)
    given.article(db, "https://b.example.org/1", clock(), report_id=7, outlet="Marches Post")
    about = about_story(db, URL)
    assert about.report and about.report.report_id == 7
    assert (about.unknown, about.counts) == ("", "The paper counts 2 strengths; we read 0")


def test_an_article_that_is_not_news_is_about_nothing(db: Database, clock: Clock) -> None:
    given.authorities(db)
    given.article(db, URL, clock(), label="other")
    assert about_story(db, URL) == StoryAbout()
