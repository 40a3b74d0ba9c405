"""The step over the database: stories, links, what is tried again, and early warnings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.database import remember_authorities, rows, stamp, value
from monitor.news.stored_articles import early_warnings, known_reports, link_articles, report_for
from monitor.news.which_report import Link, Undecided
from scraper.articles import read_article
from scraper.database.article_rows import clues_to_json
from scraper.items import Article, VisitClues
from scraper.reference import Authority
from scraper.text import pack_shingles
from scraper.text.shingles import shingles

NOW = datetime(2024, 3, 5, 9, tzinfo=UTC)
COPY = "Inspectors from Ofsted have praised the way in which social workers at the council help children who come into care late in life"


@pytest.fixture
def store(db: Database) -> Database:
    remember_authorities(db, [Authority("80001", "Wexborough"), Authority("80002", "Harrowdale")])
    return db


def add_article(db: Database, url: str, clues: VisitClues = VisitClues(), **other: Any) -> None:  # noqa: B008 - immutable
    row = {
        "url": url, "headline": url, "outlet": "Gazette", "published": stamp(NOW - timedelta(hours=3)), "label": "report",
        "kind": "monitoring_visit", "urn": "80001", "snippet": "", "source": "gazette", "first_seen": stamp(NOW), "baseline": 0,
        "score": 9.0, "reasons": "[]", "clues": clues_to_json(clues), "shingles": pack_shingles(shingles(other.pop("text", ""))),
    }  # fmt: skip
    db.table("articles").insert(row | other)


def add_report(db: Database, number: int, seen: datetime = NOW, **other: Any) -> None:
    row = {
        "id": number, "urn": "80001", "label": "Monitoring visit", "kind": "monitoring_visit", "published": "2024-03-04",
        "inspection_start": "2024-01-30", "inspection_end": "2024-01-31", "url": f"https://files.example/{number}",
        "first_seen": stamp(seen),
    }  # fmt: skip
    db.table("reports").insert(row | other)


def links(db: Database) -> dict[str, int]:
    return {row["article_url"]: row["report_id"] for row in rows(db, "SELECT * FROM article_reports")}


def test_articles_are_grouped_and_linked_once(store: Database) -> None:
    add_report(store, 7)
    add_article(store, "https://a.example/1", VisitClues(start=date(2024, 1, 30), end=date(2024, 1, 31)), text=COPY)
    add_article(store, "https://b.example/2", text=f"New. {COPY}", published=stamp(NOW))
    for _ in range(2):
        link_articles(store, NOW)
    assert links(store) == {"https://a.example/1": 7, "https://b.example/2": 7}
    assert {row["story"] for row in rows(store, "SELECT story FROM articles")} == {"https://a.example/1"}
    method, confidence = store.conn.execute(
        "SELECT method, confidence FROM article_reports ORDER BY article_url"
    ).fetchone()
    assert "dates of the visit" in method
    assert confidence > 0.9


def test_an_article_joins_a_story_that_was_stored_days_before(store: Database) -> None:
    told: dict[str, Any] = {"headline": "Inspectors praise council"}
    add_article(store, "https://a.example/1", text=COPY, published=stamp(NOW - timedelta(days=59)), **told)
    link_articles(store, NOW - timedelta(days=58))
    add_article(store, "https://b.example/2", text=f"New. {COPY}", published=stamp(NOW), **told)
    link_articles(store, NOW)
    assert [row["story"] for row in rows(store, "SELECT story FROM articles")] == ["https://a.example/1"] * 2


@pytest.mark.parametrize(("url", "stories"), [("https://3.example/school", 1), ("https://1.example/school", 2)])
def test_what_other_articles_of_the_paper_have_too_makes_no_copy(store: Database, url: str, stories: int) -> None:
    add_article(store, "https://1.example/a", text=COPY, headline="Council's services rated inadequate")
    add_article(store, "https://2.example/a", text=COPY, headline="Inspectors praise council")
    add_article(store, url, text=COPY, headline="School is closed", label="other", urn=None)
    link_articles(store, NOW)
    told = rows(store, "SELECT DISTINCT story FROM articles WHERE story IS NOT NULL")
    assert len(told) == stories


@pytest.mark.parametrize(
    ("said", "stories"),
    [
        (VisitClues(quotes=("Leaders know “their” services well",)), 1),
        (VisitClues(start=date(2024, 1, 30)), 1),
        (VisitClues(month="2024-01"), 1),
        (VisitClues(ordinal=3), 1),
        (VisitClues(anchor="2021"), 1),
        (VisitClues(grade="good", report_ids=(7,)), 2),  # a headline and the links of the page say these too
        (VisitClues(), 2),
    ],
)
def test_a_paper_prints_a_story_again_under_another_headline_where_both_say_the_same_of_the_visit(
    store: Database, said: VisitClues, stories: int
) -> None:
    add_article(store, "https://a.example/1", said, text=COPY, headline="Council's services rated inadequate")
    add_article(store, "https://a.example/2", said, text=COPY, headline="Leader sorry for children failed")
    link_articles(store, NOW)
    assert len({row["story"] for row in rows(store, "SELECT story FROM articles")}) == stories


STORY = " ".join(f"word{number} and{number * 3}" for number in range(90))


@pytest.mark.parametrize(
    ("others", "snippets", "stories"),
    [(3, ("", ""), 1), (2, ("", ""), 2), (3, (STORY[:250],) * 2, 1), (3, (STORY[:250], COPY), 2)],
)
def test_a_wholly_rewritten_headline_makes_no_second_story_where_the_papers_other_articles_show_that_the_text_is_one(
    store: Database, others: int, snippets: tuple[str, str], stories: int
) -> None:
    add_article(store, "https://a.example/1", text=STORY, headline="Services rated inadequate", snippet=snippets[0])
    add_article(store, "https://a.example/2", text=f"{STORY} too", headline="Leader is sorry", snippet=snippets[1])
    for number in range(others):
        text = " ".join(f"school{number} {word}" for word in range(60))
        add_article(
            store, f"https://a.example/school{number}", text=text, headline=f"School {number}", label="other", urn=None
        )
    link_articles(store, NOW)
    assert len({row["story"] for row in rows(store, "SELECT story FROM articles WHERE story IS NOT NULL")}) == stories


@pytest.mark.parametrize("published", ["0001-01-01T00:00:00.000000+00:00", "9999-12-31T23:59:59.000000+00:00"])
def test_a_time_that_cannot_be_and_was_stored_once_keeps_no_other_article_from_its_story(
    store: Database, published: str
) -> None:
    add_article(store, "https://a.example/1", text=COPY, published=published)
    add_article(store, "https://b.example/2", text=f"New. {COPY}")
    link_articles(store, NOW)
    assert len({row["story"] for row in rows(store, "SELECT story FROM articles WHERE story IS NOT NULL")}) == 1


def test_a_report_of_the_day_that_has_just_begun_in_london_is_no_later_than_its_article(store: Database) -> None:
    add_report(store, 7, published="2024-07-04", inspection_start="2024-06-04", inspection_end="2024-06-05")
    add_article(
        store,
        "https://a.example/1",
        VisitClues(start=date(2024, 6, 4)),
        published="2024-07-01T23:30:00.000000+00:00",
    )
    link_articles(store, NOW)
    assert links(store) == {"https://a.example/1": 7}


def test_what_is_other_or_has_no_authority_is_left_alone(store: Database) -> None:
    add_report(store, 7)
    add_article(store, "https://a.example/1", label="other")
    add_article(store, "https://a.example/2", urn=None)
    link_articles(store, NOW)
    assert links(store) == {}
    assert value(store, "SELECT story FROM articles WHERE label = 'other'") is None


def test_an_article_before_its_report_is_linked_when_the_report_comes(store: Database) -> None:
    add_article(store, "https://a.example/1", VisitClues(start=date(2024, 1, 30), end=date(2024, 1, 31)))
    link_articles(store, NOW)
    assert value(store, "SELECT undecided FROM article_links") == "no known report fits what the article says"
    add_report(store, 7, NOW + timedelta(hours=1), inspection_start=None, inspection_end=None, kind=None)
    link_articles(store, NOW + timedelta(hours=2))
    assert links(store) == {}
    store.table("reports").update(
        7, {"inspection_start": "2024-01-30", "inspection_end": "2024-01-31", "kind": "monitoring_visit"}
    )
    store.table("readings").insert(
        {"report_id": 7, "sha256": "x", "reader": "1", "pdf_library": "1", "read_at": stamp(NOW + timedelta(hours=3))}
    )
    link_articles(store, NOW + timedelta(hours=4))
    assert links(store) == {"https://a.example/1": 7}
    assert value(store, "SELECT undecided FROM article_links") is None


def test_an_article_about_a_misfiled_report_is_linked_when_that_is_settled_and_the_report_compared(
    store: Database,
) -> None:
    add_report(store, 7)
    reading = {
        "report_id": 7,
        "sha256": "x",
        "reader": "1",
        "pdf_library": "1",
        "read_at": stamp(NOW),
        "misfiled": "Other",
    }
    store.table("readings").insert(reading)
    add_article(store, "https://a.example/1", VisitClues(report_ids=(7,)))
    link_articles(store, NOW + timedelta(hours=1))
    assert links(store) == {}
    store.table("readings").update(7, {"misfiled": None})
    compared = {"report_id": 7, "comparer": "x", "input": "x", "compared_at": stamp(NOW + timedelta(hours=2))}
    store.table("compared").insert(compared)
    link_articles(store, NOW + timedelta(hours=3))
    assert links(store) == {"https://a.example/1": 7}


def test_undecided_is_not_tried_again_without_news(store: Database) -> None:
    add_report(store, 7)
    add_article(store, "https://a.example/1", VisitClues(month="2023-05"))
    link_articles(store, NOW)
    link_articles(store, NOW + timedelta(days=1))
    assert value(store, "SELECT tried FROM article_links") == stamp(NOW)


def test_a_withdrawn_report_is_not_linked(store: Database) -> None:
    add_report(store, 7, withdrawn_at=stamp(NOW))
    add_article(store, "https://a.example/1")
    link_articles(store, NOW)
    assert links(store) == {}


def test_a_story_of_a_report_we_do_not_have_is_an_early_warning_until_the_page_is_looked_at(store: Database) -> None:
    add_article(store, "https://a.example/1")
    link_articles(store, NOW)
    assert early_warnings(store) == ["80001"]
    store.table("crawls").insert({"id": 1, "source": "ofsted", "started": stamp(NOW)})
    store.table("page_checks").insert(
        {
            "crawl_id": 1,
            "url": "https://x.example",
            "urn": "80001",
            "verdict": "ok",
            "checked": stamp(NOW + timedelta(minutes=5)),
        }
    )
    assert early_warnings(store) == []


@pytest.mark.parametrize(
    "other", [{"baseline": 1}, {"label": "followup"}, {"published": stamp(NOW - timedelta(days=15))}]
)
def test_old_news_and_follow_ups_warn_nobody(store: Database, other: dict[str, Any]) -> None:
    add_article(store, "https://a.example/1", **other)
    link_articles(store, NOW)
    assert early_warnings(store) == []


def test_a_linked_story_warns_nobody(store: Database) -> None:
    add_report(store, 7)
    add_article(store, "https://a.example/1")
    link_articles(store, NOW)
    assert links(store) == {"https://a.example/1": 7}
    assert early_warnings(store) == []


def test_reports_are_known_with_their_overall_grade_and_text(store: Database) -> None:
    add_report(store, 7, kind="inspection")
    grades = [("help and protection", "good", 1), ("overall effectiveness", "inadequate", 2)]
    store.table("judgements").insert_all(
        {"report_id": 7, "area": area, "grade": grade, "position": n} for area, grade, n in grades
    )
    store.table("report_pages").insert_all(
        {"report_id": 7, "page": page, "text": text} for page, text in ((2, "two"), (1, "one"))
    )
    [report] = known_reports(store, "80001")
    assert (report.kind, report.grade, report.text) == ("inspection", "inadequate", "one two")
    assert (report.start, report.published) == (date(2024, 1, 30), date(2024, 3, 4))


def test_where_there_is_no_overall_grade_the_first_areas_is_not_taken_for_it(store: Database) -> None:
    add_report(store, 7, kind="inspection", inspection_start="2024-01-15", inspection_end="2024-01-26")
    store.table("judgements").insert({"report_id": 7, "area": "help and protection", "grade": "good", "position": 1})
    days = VisitClues(start=date(2024, 1, 15), end=date(2024, 1, 26), grade="inadequate")
    add_article(store, "https://a.example/1", days, kind="inspection")
    link_articles(store, NOW)
    assert known_reports(store, "80001")[0].grade is None
    assert links(store) == {"https://a.example/1": 7}


def test_an_article_just_read_is_linked_without_being_stored(store: Database) -> None:
    add_report(store, 7)
    article = Article("", "Harrowdale children's services: Ofsted monitoring visit", "Letter published.", "", NOW)
    found = read_article(article, [Authority("80001", "Harrowdale")], [])
    assert isinstance(linked := report_for(store, found, NOW), Link)
    assert linked.report_id == 7
    assert isinstance(report_for(store, replace(found, urn=None), NOW), Undecided)
    assert rows(store, "SELECT * FROM articles") == []


def test_a_story_that_links_to_an_old_report_and_tells_of_a_new_one_has_the_page_looked_at(store: Database) -> None:
    add_report(store, 7, published="2020-03-04", inspection_start="2020-01-28", inspection_end="2020-01-29")
    add_article(store, "https://a.example/1", VisitClues(report_ids=(7,), start=date(2024, 1, 30)))
    link_articles(store, NOW)
    assert early_warnings(store) == ["80001"]
    add_report(store, 8, NOW + timedelta(hours=1))
    link_articles(store, NOW + timedelta(hours=2))
    assert links(store) == {"https://a.example/1": 8}


OLD_VISITS = (
    "The council was last inspected in March 2022.",
    "Inspectors found drift when they came: Ofsted inspectors visited from 7 to 18 March 2022.",
    "Leaders wrote a plan after an inspection in March 2022.",
    "At its previous inspection on 7 March 2022 it did badly.",
    "It follows an inspection which was carried out from 7 to 18 March 2022.",
    "When inspectors visited in March 2022 they found drift.",
)


@pytest.mark.parametrize("new", ["Inspectors visited in January 2024.", "Inspectors visited from 23 January.", ""])
@pytest.mark.parametrize("old", OLD_VISITS)
def test_an_article_that_tells_of_the_visit_before_too_is_linked_to_the_new_report(
    store: Database, old: str, new: str
) -> None:
    was: dict[str, Any] = {
        "kind": "inspection",
        "published": "2022-05-03",
        "inspection_start": "2022-03-07",
        "inspection_end": "2022-03-18",
    }
    add_report(store, 6, **was)
    watched = [Authority("80001", "Harrowdale")]

    def linked(when: datetime, text: str) -> int | None:
        article = Article("", "Harrowdale children's services: Ofsted report", text, "", when)
        found = report_for(store, read_article(article, watched, []), when)
        return found.report_id if isinstance(found, Link) else None

    assert linked(NOW, f"{new} {old}") is None
    add_report(store, 7, kind="inspection", inspection_start="2024-01-23", inspection_end="2024-01-24")
    assert linked(NOW, f"{new} {old}") == (7 if new else None)
    if "previous" not in old:
        assert linked(datetime(2022, 5, 6, tzinfo=UTC), old) == 6
