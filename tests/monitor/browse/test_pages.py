"""Our pages: they tell what is stored, escape everything, stand on an empty database, and are built to be read aloud."""

import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from monitor.browse.reads import Visit, grades_over_time
from monitor.database import begin
from tests.monitor.browse.conftest import Site
from tests.monitor.browse.filled import NASTY, fill

PAGES = ["/", "/find", "/find?q=supervision", "/authority/89999", "/authority/89998", "/authority/89997"]
PAGES += [f"/report/{number}" for number in (101, 102, 103, 104, 105)]
PAGES += ["/source/ofsted", "/source/Westmarch%20Gazette"]
DATA = [
    "/ofsted-watch",
    "/ofsted-watch/findings?_search=supervision",
    "/ofsted-watch/reports",
    "/ofsted-watch/reports/103",
]
DATA += [
    "/ofsted-watch/crawls",
    "/ofsted-watch/answers",
    "/ofsted-watch/articles",
    "/ofsted-watch/comparisons",
    "/ofsted-watch/what_is_new",
]


def soup(site: Site, path: str) -> BeautifulSoup:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(tag: Tag | BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_nothing_hostile_gets_through(filled: Site, path: str) -> None:
    text = filled.get(path).text
    assert NASTY not in text
    assert "<script>alert" not in text
    assert not re.search(r"""href=["']?\s*javascript:""", text)


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_a_page_has_a_language_landmarks_one_heading_and_captions(filled: Site, path: str) -> None:
    page = soup(filled, path)
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    assert len(page.select("main#main")) == 1
    assert len(page.select("h1")) == 1
    assert page.select("a[href='#main']")
    assert page.title is not None
    assert page.title.get_text().endswith("Ofsted Watch")
    assert all(table.caption for table in page.select("table"))
    assert len({tag["id"] for tag in page.select("[id]")}) == len(page.select("[id]"))


@pytest.mark.parametrize("path", PAGES)
def test_headings_do_not_skip_a_level_and_labels_lead_somewhere(filled: Site, path: str) -> None:
    page = soup(filled, path)
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = {tag["id"] for tag in page.select("[id]")}
    assert {tag["aria-labelledby"] for tag in page.select("[aria-labelledby]")} <= ids
    assert {tag["for"] for tag in page.select("label")} <= ids


@pytest.mark.parametrize("path", PAGES)
def test_tags_are_closed_in_order(filled: Site, path: str) -> None:
    Balanced().check(filled.get(path).text)


class Balanced(HTMLParser):
    VOID = frozenset({"meta", "link", "input", "br"})

    def check(self, text: str) -> None:
        self.open: list[str] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, (tag, self.getpos())


def test_links_to_our_own_pages_lead_to_pages(filled: Site) -> None:
    found = {str(a["href"]) for path in PAGES for a in soup(filled, path).select("a[href^='/']")}
    assert len(found) > 20
    for link in sorted(found):
        assert filled.get(link).status_code in (200, 302), link


def test_the_first_page_tells_what_is_new_and_what_is_not_well(filled: Site) -> None:
    page = soup(filled, "/")
    text = words(page)
    assert "Westmarch: Children's services inspection, 2024-03-12" in text
    assert "Westmarch Gazette : blocked, 403 from the feed. It has never been read without fault." in text
    assert "1 report could not be read: which, and why . Nothing of it is in any list here." in text
    rows = [words(row) for row in page.select("table tbody tr")]
    assert rows[1] == "Westmarch good March 2024 requires improvement March 2024 12 March 2024 inspection 2 3"


def test_a_long_fault_is_cut_on_the_first_page(empty: Site) -> None:
    path = str(empty.datasette.databases["ofsted-watch"].path)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(
            "INSERT INTO crawls (source, started, verdict, message) VALUES ('ofsted', '2026-03-01', 'broken', ?)",
            ["Ayford, Beeham, " * 99],
        )
    page = soup(empty, "/")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM crawls")
    warning = words(page.select(".w-warn")[0])
    assert "Ayford, Beeham" in warning and len(warning) < 500


def test_the_first_page_of_an_empty_watch_says_what_to_do(empty: Site) -> None:
    text = words(soup(empty, "/"))
    assert "no report is stored" in text
    assert "ofsted-watch crawl" in text


def test_an_authority_without_reports_has_a_page(filled: Site) -> None:
    assert "No report is stored yet." in words(soup(filled, "/authority/89997"))


def test_an_authority_has_its_grades_side_by_side(filled: Site) -> None:
    page = soup(filled, "/authority/89999")
    rows = [words(row) for row in page.select("table.w-matrix tr")]
    assert rows == [
        "Area 12 March 2024 8 July 2022",
        "Overall effectiveness good inadequate",
        "Impact of leaders requires improvement inadequate",
    ]


def visit(kind: str, grades: dict[str, str]) -> Visit:
    return Visit(1, kind, "", "", None, None, None, False, False, None, None, 0, grades)


def test_the_outcome_of_an_area_send_inspection_is_no_grade_of_the_services() -> None:
    told = [
        visit("area_send", {"Inspection outcome": "inconsistent"}),
        visit("inspection", {"Overall effectiveness": "good"}),
    ]
    assert grades_over_time(told).rows == (("Overall effectiveness", ("good",)),)


def test_an_authority_has_its_open_areas_with_first_date_and_page(filled: Site) -> None:
    area = soup(filled, "/authority/89999").select("section[aria-labelledby=open] > ol > li")[0]
    assert words(area) == (
        "The quality and impact of social workers' supervision. raised 2 times first 8 July 2022, last 12 March 2024, "
        "page 2 of the PDF · supervision"
    )


def test_an_authority_tells_of_what_was_taken_down_or_not_read(filled: Site) -> None:
    text = words(soup(filled, "/authority/89998"))
    assert "taken down by Ofsted" in text
    assert "not read encrypted: it cannot be opened" in text


def test_a_report_tells_what_became_of_earlier_areas_with_its_own_words(filled: Site) -> None:
    page = soup(filled, "/report/103")
    earlier = page.select_one("section[aria-labelledby=earlier]")
    assert earlier is not None
    told = words(earlier)
    assert (
        "Raised again 1 The frequency and quality of supervision for social workers. Asked for 8 July 2022 · still needs improvement"
        in told
    )
    assert "Supervision is too often a list of tasks. This report, page 3" in told
    assert "Unclear 1 The oversight of children living in private fostering arrangements." in told
    assert "not mentioned, says the second reader: m:8b" in told
    assert "Nothing clear is said of it. Why? Wrong? 0badcafe" in told


def test_the_page_of_why_has_the_chances_and_the_best_sentences_with_what_spoke_for_each(filled: Site) -> None:
    link = soup(filled, "/report/103").select_one("section[aria-labelledby=earlier] a[href*=why]")
    assert link is not None
    page = soup(filled, str(link["href"]))
    told = words(page)
    assert "The oversight of children living in private fostering arrangements." in told
    assert ("readers see the sentences alone" in told) != ("That is enough for a verdict" in told)
    best = page.select("section[aria-labelledby=best] ol > li")
    assert best
    assert all(" settles it " in words(one) and " page " in words(one) for one in best)


@pytest.mark.parametrize("path", ["/report/103/why/00000000", "/report/999/why/0badcafe", "/report/103/why/zz"])
def test_there_is_no_why_of_what_is_not_there(filled: Site, path: str) -> None:
    assert filled.get(path).status_code == 404


def test_the_chain_that_raised_before_rests_on_stands_there_in_its_words(filled: Site) -> None:
    (again, *_) = soup(filled, "/report/103").select("section[aria-labelledby=asks] ol > li")
    details = again.select_one("details")
    assert details is not None
    assert words(details).startswith("In which words it was asked for before 8 July 2022, page 2")
    assert "The frequency and quality of supervision for social workers." in words(details)


def test_a_report_marks_what_is_new_and_what_was_raised_before(filled: Site) -> None:
    asks = [words(item) for item in soup(filled, "/report/103").select("section[aria-labelledby=asks] ol > li")]
    assert asks[0].startswith(
        "The quality and impact of social workers' supervision. raised before 8 July 2022 · page 2"
    )
    assert " new page 2 · life-story work, children in care" in asks[1]


def test_the_page_of_a_pdf_is_on_ofsteds_site(filled: Site) -> None:
    answer = filled.get("/report/103/page/3")
    assert answer.headers["location"] == "https://files.example.org/v1/file/103#page=3"
    assert filled.get("/report/103/pdf").headers["location"] == "https://files.example.org/v1/file/103"


def test_cells_of_tables_lead_to_our_pages(filled: Site) -> None:
    page = soup(filled, "/ofsted-watch/changed_at_last_visit")
    links = {str(a["href"]) for a in page.select("table a")}
    assert {"/report/103", "/report/103/page/3"} <= links


def test_what_is_not_there_is_said_so(filled: Site) -> None:
    for path in ("/report/9", "/authority/1", "/report/9/page/1", "/report/9/pdf", "/nowhere"):
        answer = filled.get(path)
        assert answer.status_code == 404
        assert "<h1>" in answer.text


def test_nothing_can_be_written(filled: Site) -> None:
    answer = filled.get("/ofsted-watch?sql=delete+from+reports")
    assert answer.status_code == 400
    assert filled.get("/report/103").status_code == 200


def test_search_marks_what_was_found(filled: Site) -> None:
    page = soup(filled, "/find?q=interviews")
    assert [mark.get_text() for mark in page.select("mark")] == ["interviews"]


@pytest.mark.parametrize("typed", ['"', "%27%3B--", "a*", "NEAR(", "%00", "%F0%9F%99%82"])
def test_search_stands_whatever_is_typed(filled: Site, typed: str) -> None:
    assert filled.get(f"/find?q={typed}").status_code == 200


def test_a_report_that_names_another_authority_is_shown_as_such(tmp_path: Path) -> None:
    with closing(begin(tmp_path)) as db:
        fill(db)
        db.table("readings").update(103, {"misfiled": "Eastmarch"})
    site = Site(tmp_path)
    try:
        report = soup(site, "/report/103").get_text(" ")
        assert "lists this report, and its text names Eastmarch" in report
        assert "What this report asks for" in report and "What has become of earlier areas" not in report
        authority = soup(site, "/authority/89999").get_text(" ")
        assert "names Eastmarch" in authority and "compared with nothing" in authority
        assert "its text names Eastmarch" in soup(site, "/ofsted-watch/reports_not_read").get_text(" ")
    finally:
        site.close()


@pytest.mark.parametrize(
    "made_up",
    [
        "2024-13-01T10:00:00+00:00",
        "2024-02-30T10:00:00.5+00:00",
        "9999-99-99T99:99:99+00:00",
        "0001-01-01T00:00:00+00:00",
        "2024-01-01T24:60:00+00:00",
        "2024-01-01T10:00:00.1234567890+00:00",
        "0000-00-00T00:00:00+00:00",
    ],
)
def test_a_made_up_time_in_a_query_of_ones_own_is_shown_as_it_is(filled: Site, made_up: str) -> None:
    answer = filled.get(f"/ofsted-watch?sql=select+'{made_up.replace('+', '%2B')}'+as+t")
    assert answer.status_code == 200
    assert made_up[:19] in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/authority/89999", "/report/103", "/find?q=supervision", "/ofsted-watch", "/ofsted-watch/crawls"]
)
def test_each_page_says_which_zone_its_times_are_in(filled: Site, path: str) -> None:
    text = words(soup(filled, path))
    assert "Times are those of England" in text
    assert "Times are UTC" not in text


def test_times_are_those_of_england_in_summer_too(filled: Site) -> None:
    answer = filled.get("/ofsted-watch?sql=select+'2024-06-30T23:30:00%2B00:00'+as+t")
    assert "1 July 2024 at 00:30" in answer.text


def test_search_says_how_many_there_are_and_marks_what_was_taken_down(tmp_path: Path) -> None:
    with closing(begin(tmp_path)) as db:
        fill(db)
        db.table("report_pages").insert_all(
            {"report_id": 101, "page": n, "text": f"Pathways, page {n}."} for n in range(1, 81)
        )
    site = Site(tmp_path)
    try:
        text = words(soup(site, "/find?q=pathways"))
        assert "Pages 80" in text
        assert "The first 50 are shown. All of them, as a table" in text
        taken = words(soup(site, "/find?q=pathway+plans"))
        assert "taken down by Ofsted" in taken
        assert "taken down by Ofsted" in words(soup(site, "/ofsted-watch/search_findings?words=pathway&authority="))
        assert "taken down" not in words(soup(site, "/find?q=supervision"))
    finally:
        site.close()


def test_a_report_that_is_not_compared_says_so_on_its_page(tmp_path: Path) -> None:
    with closing(begin(tmp_path)) as db:
        fill(db)
        db.execute("DELETE FROM compared WHERE report_id = 103")
        db.table("readings").update(101, {"warnings": '["no dates of the visit were found"]'})
    site = Site(tmp_path)
    try:
        page = soup(site, "/report/103")
        text = words(page)
        assert "could not be compared with the earlier visits" in text
        assert "What has become of earlier areas" not in text
        assert not page.select("section[aria-labelledby=asks] .w-tag")
        assert "could only be read in part: no dates of the visit were found." in words(soup(site, "/report/101"))
        assert "read in part" in words(soup(site, "/authority/89999"))
        assert "so that areas may be missing here" in words(soup(site, "/authority/89999"))
    finally:
        site.close()


def test_a_day_tells_what_was_looked_at_and_what_failed(filled: Site) -> None:
    page = soup(filled, "/day/2024-03-11").get_text(" ", strip=True)
    assert "What was looked at on 11 March 2024" in page
    assert "57" in page and "56 sweeps of the search" in page and "10:15 blocked: HTTP 403" in page
    assert "13 March 2024" in page, "the next day with a look"
    quiet = soup(filled, "/day/2024-03-12").get_text(" ", strip=True)
    assert "the watch did not run on this day" in quiet and "11 March 2024" in quiet
    assert filled.get("/day/2024-02-31").status_code == 404


def test_a_story_is_shown_with_its_report_and_what_the_paper_counts_or_as_about_a_visit_that_is_not_known(
    filled: Site,
) -> None:
    for path in ("/", "/authority/89999"):
        page = filled.get(path).text
        assert 'about <a href="/report/103">this report</a>' in page
        assert "about a visit that we do not know" in page
        assert "The paper counts 12 positive comments; we read " in page
    report = filled.get("/report/103").text
    assert "The paper counts 12 positive comments; we read " in report
    assert "do not know" not in report
