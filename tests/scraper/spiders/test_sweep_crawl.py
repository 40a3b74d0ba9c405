"""Sweeps of an invented search by the real child: only what it names is looked at, and a search that is of no use is told."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import Answer, Site, entry, provider_page, search_page

SEAFORD, HOVE, UNWATCHED = "91001", "91002", "91009"
NEW = "12 June 2025"


@pytest.fixture
def watched(site: Site, child: Child) -> Child:
    """Two authorities, looked at once: 501 is of 26 June 2011, 512 of 9 June 2022; long enough ago for the search to know of both."""
    site.authority(SEAFORD, 501)
    site.authority(HOVE, 512)
    assert child.run(SEAFORD, HOVE)["verdict"] == "ok"
    with child.query() as db:
        db.execute("UPDATE listings SET first_seen = '2024-01-01T00:00:00.000000+00:00'")
        db.commit()
    site.asked.clear()
    return child


def sweep(child: Child) -> dict[str, object]:
    return child.run(SEAFORD, HOVE, spider="sweep")


def test_a_quiet_sweep_asks_once_and_looks_at_no_page(site: Site, watched: Child) -> None:
    site.search({HOVE: "09 June 2022"})
    told = sweep(watched)
    assert (told["verdict"], told["found"], told["requests"]) == ("ok", 0, 2)
    [path] = site.paths()
    asked = parse_qs(urlsplit(path).query)
    assert asked["latest_report_date_start"] == ["09-06-2022"]
    assert (asked["level_1_types"], asked["level_2_types[]"], asked["rows"]) == (["3"], ["12"], ["100"])


def test_only_the_page_that_has_something_new_is_looked_at_and_once(site: Site, watched: Child) -> None:
    labels = [
        entry(513, "Children's services inspection", NEW),
        entry(512, "Children's services inspection", "09 June 2022"),
    ]
    site.pages[f"/provider/44/{HOVE}"] = provider_page(HOVE, labels)
    site.pages["/v1/file/513"] = site.pages["/v1/file/512"]
    site.search({HOVE: NEW, UNWATCHED: NEW})
    told = sweep(watched)
    assert (told["verdict"], told["found"]) == ("ok", 1)
    assert [path.partition("?")[0] for path in site.paths()] == ["/search", f"/provider/44/{HOVE}", "/v1/file/513"]
    assert watched.rows("SELECT id, baseline FROM reports WHERE id = 513") == [(513, 0)]
    site.asked.clear()
    assert sweep(watched)["found"] == 0
    assert [path.partition("?")[0] for path in site.paths()] == ["/search"]


def test_a_page_that_could_not_be_read_is_looked_at_again_at_the_next_sweep(site: Site, watched: Child) -> None:
    site.pages[f"/provider/44/{HOVE}"] = Answer(b"<html><body>Something else</body></html>")
    site.search({HOVE: NEW})
    assert sweep(watched)["verdict"] == "broken"
    site.asked.clear()
    sweep(watched)
    assert f"/provider/44/{HOVE}" in site.paths()


def test_a_new_report_whose_pdf_has_not_come_is_asked_for_again_after_an_hour(site: Site, watched: Child) -> None:
    site.search({HOVE: "09 June 2022"})
    with watched.query() as db:
        db.execute(
            "UPDATE reports SET sha256 = NULL, baseline = 0, checked = '2024-01-01T00:00:00.000000+00:00' WHERE id = 512"
        )
        db.commit()
    sweep(watched)
    assert "/v1/file/512" in site.paths()
    assert watched.rows("SELECT sha256 IS NOT NULL FROM reports WHERE id = 512") == [(1,)]


@pytest.mark.parametrize(
    ("latest", "counted", "said"),
    [
        (
            {SEAFORD: "26 June 2011"},
            None,
            "the search does not know Authority 91002, whose report of 9 June 2022 is known",
        ),
        ({HOVE: "08 June 2022"}, None, "the search does not know Authority 91002"),
        ({}, None, "the search does not know Authority 91002"),
        ({}, 3, "3 results are counted and none is listed"),
        ({HOVE: "09 June 2022"}, 3, "3 results are counted, and only 1 are listed"),
        ({HOVE: "soon"}, None, "none is listed with the day of its latest report"),
    ],
)
def test_a_search_that_does_not_know_what_we_know_is_broken(
    site: Site, watched: Child, latest: dict[str, str], counted: int | None, said: str
) -> None:
    site.search(latest, counted)
    told = sweep(watched)
    assert told["verdict"] == "broken"
    assert said in str(told["message"])


def test_a_search_that_is_gone_is_broken_and_no_page_is_looked_at(site: Site, watched: Child) -> None:
    told = sweep(watched)
    assert (told["verdict"], told["found"]) == ("broken", 0)
    assert [path.partition("?")[0] for path in site.paths()] == ["/search"]


def test_all_pages_of_results_are_asked_for(site: Site, watched: Child) -> None:
    many = {str(92000 + number): NEW for number in range(120)} | {HOVE: "09 June 2022"}
    site.pages["/search"] = Answer(b"")
    first, rest = dict(list(many.items())[:100]), dict(list(many.items())[100:])
    query = "q=&level_1_types=3&level_2_types%5B%5D=12&latest_report_date_start=09-06-2022"
    site.pages[f"/search?{query}&start=0&rows=100"] = search_page(first, 121)
    site.pages[f"/search?{query}&start=100&rows=100"] = search_page(rest, 121)
    assert sweep(watched)["verdict"] == "ok"
    assert len(site.paths()) == 2
