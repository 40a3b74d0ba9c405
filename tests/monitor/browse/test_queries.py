"""Every named query runs, says what it is, gives what it promises on known rows, and is in the documentation."""

from typing import Any

import pytest

from tests.monitor.browse.conftest import DATABASE, QUERIES, Site
from tests.paths import ROOT

DOCUMENT = ROOT / "docs/browsing.md"


def ask(site: Site, query: str, **parameters: str) -> list[dict[str, Any]]:
    given = dict.fromkeys(QUERIES[query].get("params", []), "") | parameters
    answer = site.get(f"/ofsted-watch/{query}.json?_shape=array&" + "&".join(f"{k}={v}" for k, v in given.items()))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_it_runs_on_an_empty_database(empty: Site, query: str) -> None:
    assert ask(empty, query) == []
    page = empty.get(f"/ofsted-watch/{query}")
    assert page.status_code == 200
    assert "message-error" not in page.text


@pytest.mark.parametrize("query", [query for query in QUERIES if not query.startswith("search")])
def test_it_finds_something_in_a_filled_one(filled: Site, query: str) -> None:
    assert ask(filled, query)


@pytest.mark.parametrize("query", QUERIES)
def test_its_page_tells_what_it_is(filled: Site, query: str) -> None:
    text = filled.get(f"/ofsted-watch/{query}").text
    assert QUERIES[query]["title"].replace("'", "&#39;") in text
    assert len(QUERIES[query]["description_html"]) > 60
    assert '<html lang="en-GB">' in text


@pytest.mark.parametrize("query", QUERIES)
def test_the_documentation_mentions_it(query: str) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert f"`{query}`" in text
    assert QUERIES[query]["title"] in text


def test_open_areas_have_their_first_date_and_latest_wording(filled: Site) -> None:
    areas = ask(filled, "open_areas", authority="Westm")
    told = [(area["first_raised"], area["times_raised"], area["area"][:30], area["asked"]) for area in areas]
    assert told == [
        ("2022-07-08", 2, "The quality and impact of soci", "at or since the last inspection"),
        ("2024-03-12", 1, "The quality of life-story work", "at or since the last inspection"),
        ("2022-07-08", 1, "The oversight of children livi", "before the last inspection"),
    ]
    assert areas[0]["subjects"] == "supervision"


def test_what_improved_is_not_open(filled: Site) -> None:
    assert not [area for area in ask(filled, "open_areas") if "strategy" in area["area"]]


def test_what_a_withdrawn_report_asked_for_is_not_open(filled: Site) -> None:
    assert {area["authority"] for area in ask(filled, "open_areas")} == {"Westmarch"}


@pytest.mark.parametrize("query", ["open_areas", "longest_open_areas"])
def test_what_is_asked_of_the_safeguarding_board_is_not_the_authoritys(filled: Site, query: str) -> None:
    assert not [area for area in ask(filled, query) if area["area"].startswith("The board")]


def test_longest_open_comes_first(filled: Site) -> None:
    assert [area["times_raised"] for area in ask(filled, "longest_open_areas")] == [2, 1]


def test_judgements_newest_first(filled: Site) -> None:
    told = [
        (row["published"], row["area"], row["grade"]) for row in ask(filled, "judgement_history", authority="89999")
    ]
    assert told[1] == ("2024-03-12", "Overall effectiveness", "good")
    assert told[3] == ("2022-07-08", "Overall effectiveness", "inadequate")


def test_what_is_new_leaves_out_the_baseline(filled: Site) -> None:
    new = ask(filled, "what_is_new")
    assert {row["report_id"] for row in new if row["what"] == "new report"} == {103}
    assert {row["report_id"] for row in new if row["what"] in ("amended report", "withdrawn report")} == {104}
    assert sum(row["what"].startswith("article") for row in new) == 2


def test_changes_at_the_last_visit_carry_the_reports_own_words(filled: Site) -> None:
    changed = ask(filled, "changed_at_last_visit", authority="Westmarch")
    assert [row["status"] for row in changed] == ["new", "still needs improvement", "unclear"]
    assert changed[1]["what_the_report_says"] == "Supervision is too often a list of tasks."
    assert (changed[1]["page"], changed[1]["asked_before"]) == (3, "2022-07-08")


@pytest.mark.parametrize(
    ("words", "found"), [("supervision", 3), ("supervision tasks", 1), ('"', 0), ("'; --", 0), ("NOT", 0)]
)
def test_findings_are_searched_whatever_is_typed(filled: Site, words: str, found: int) -> None:
    assert len(ask(filled, "search_findings", words=words)) == found


def test_word_endings_do_not_matter(filled: Site) -> None:
    pages = ask(filled, "search_pages", words="interview")
    assert [(row["report_id"], row["page"]) for row in pages] == [(103, 3)]
    assert "«interviews»" in pages[0]["found"]


def test_one_line_a_story(filled: Site) -> None:
    articles = ask(filled, "articles_and_reports")
    assert len(articles) == 2
    assert sorted(sorted(row["outlets"].split(",")) for row in articles) == [
        ["Marchland Courier", "Westmarch Gazette"],
        ["Westmarch Gazette"],
    ]
    assert {row["url"] for row in articles if row["report_id"]} == {"https://news1.example.org/story/1"}
    assert [row["report_id"] for row in articles if row["method"]] == [103]


def test_a_source_that_is_not_well_stands_first(filled: Site) -> None:
    assert [row["last_verdict"] for row in ask(filled, "source_health_now")] == ["blocked", "ok"]


def test_what_was_not_read_says_why(filled: Site) -> None:
    assert [(row["report_id"], row["why"]) for row in ask(filled, "reports_not_read")] == [
        (105, "encrypted: it cannot be opened")
    ]


def test_no_address_of_a_recipient_in_a_named_query(filled: Site) -> None:
    for query in QUERIES:
        assert "@example.org" not in filled.get(f"/ofsted-watch/{query}").text


def test_every_described_table_and_column_exists(filled: Site) -> None:
    for table, told in DATABASE["tables"].items():
        schema = filled.get(f"/ofsted-watch.json?sql=select+name+from+pragma_table_info('{table}')&_shape=array").json()
        columns = {row["name"] for row in schema}
        assert columns, table
        assert set(told.get("columns", {})) | set(told.get("facets", [])) <= columns, table


def test_every_table_is_described(filled: Site) -> None:
    tables = {
        table["name"] for table in filled.get("/ofsted-watch.json").json()["tables"] if "_fts" not in table["name"]
    }
    assert tables <= set(DATABASE["tables"])
