"""Crawls of pages that add, omit and bring back reports: what is believed at once, what waits, and who is asked."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from scraper.database import accept_page, connect
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import NOT_FOUND, Answer, Site, entry, pdf, provider_page

SEAFORD, HOVE = "91001", "91002"


def test_a_link_that_is_gone_is_believed_by_the_second_crawl_and_comes_back(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501, 502, 503)
    child.run(SEAFORD)
    site.authority(SEAFORD, 504, 501, 502)
    site.pages["/v1/file/503"] = Answer(NOT_FOUND.encode())
    first = child.run(SEAFORD)
    assert (first["verdict"], first["found"]) == ("broken", 1)
    assert "503" in first["message"] and "1 new on the same page" in first["message"]
    assert child.rows("SELECT count(*) FROM reports WHERE withdrawn_at IS NOT NULL") == [(0,)]
    assert child.rows("SELECT sha256 IS NOT NULL, baseline FROM reports WHERE id = 504") == [(1, 0)]
    second = child.run(SEAFORD)
    assert (second["verdict"], second["found"]) == ("ok", 0)
    assert child.rows("SELECT id FROM reports WHERE withdrawn_at IS NOT NULL") == [(503,)]
    assert child.run(SEAFORD)["verdict"] == "ok"
    site.authority(SEAFORD, 504, 501, 502, 503)
    assert child.run(SEAFORD)["verdict"] == "ok"
    assert child.rows("SELECT count(*) FROM reports WHERE withdrawn_at IS NOT NULL OR missing_since IS NOT NULL") == [
        (0,)
    ]


def half_hidden(site: Site, child: Child) -> None:
    """Six reports, of which three are no longer listed, though their files are where they were."""
    site.authority(SEAFORD, 501, 502, 503, 504, 505, 506)
    child.run(SEAFORD)
    site.authority(SEAFORD, 501, 502, 503)


def test_many_links_gone_whose_files_are_still_there_are_never_believed(site: Site, child: Child) -> None:
    half_hidden(site, child)
    for _ in range(3):
        assert child.run(SEAFORD)["verdict"] == "broken"
    assert child.rows("SELECT count(*) FROM reports WHERE withdrawn_at IS NOT NULL") == [(0,)]
    assert child.rows("SELECT count(*) FROM reports WHERE missing_since IS NOT NULL") == [(3,)]


def test_what_is_new_on_a_page_that_hides_the_old_is_stored_and_after_a_person_has_looked_all_is_well(
    site: Site, child: Child
) -> None:
    half_hidden(site, child)
    site.authority(SEAFORD, 599, 501, 502, 503)
    assert [child.run(SEAFORD)["found"] for _ in range(2)] == [1, 0]
    with closing(connect(child.data)) as db:
        accept_page(db, SEAFORD, datetime.now(UTC))
    told = child.run(SEAFORD)
    assert (told["verdict"], told["issues"]) == ("ok", [])
    assert child.rows("SELECT id FROM reports WHERE withdrawn_at IS NOT NULL") == [(504,), (505,), (506,)]


def test_missing_files_are_not_asked_for_where_the_answer_cannot_count_and_not_downloaded_where_it_can(
    site: Site, child: Child
) -> None:
    large = 3_000_000
    for number in (504, 505, 506):
        site.pages[f"/v1/file/{number}"] = Answer(b"%PDF-1.7\n" + b"x" * large + b"\n%%EOF\n", kind="application/pdf")
    half_hidden(site, child)
    asked = []
    for _ in range(3):
        del site.asked[:]
        child.run(SEAFORD, recheck=0)
        asked.append([path for path in site.paths() if path.startswith("/v1")])
    assert asked == [[], ["/v1/file/504"], ["/v1/file/504"]]
    assert max(child.rows("SELECT bytes FROM crawls WHERE id > 1"))[0] < large / 10


def test_a_missing_file_that_the_server_calls_unchanged_is_there(site: Site, child: Child) -> None:
    site.pages["/v1/file/504"] = pdf("kept ")
    site.pages["/v1/file/504"].headers["ETag"] = '"504"'
    half_hidden(site, child)
    for _ in range(2):
        assert child.run(SEAFORD)["verdict"] == "broken"
    assert dict(site.asked)["/v1/file/504"]["If-None-Match"] == '"504"'


def test_many_links_gone_are_believed_when_the_server_says_so_of_their_files_too(site: Site, child: Child) -> None:
    site.authority(SEAFORD, 501, 502, 503, 504, 505, 506)
    child.run(SEAFORD)
    site.authority(SEAFORD, 501, 502, 503)
    for number in (504, 505):
        site.pages[f"/v1/file/{number}"] = Answer(NOT_FOUND.encode())
    del site.pages["/v1/file/506"]
    assert child.run(SEAFORD)["verdict"] == "broken"
    assert child.run(SEAFORD)["verdict"] == "ok"
    assert child.rows("SELECT id FROM reports WHERE withdrawn_at IS NOT NULL") == [(504,), (505,), (506,)]


def test_a_report_that_came_back_under_another_number_is_believed_though_the_old_file_answers(
    site: Site, child: Child
) -> None:
    site.authority(SEAFORD, 501)
    child.run(SEAFORD)
    site.authority(SEAFORD, 599)
    assert [child.run(SEAFORD)["verdict"] for _ in range(3)] == ["broken", "ok", "ok"]
    assert child.rows("SELECT id FROM reports WHERE withdrawn_at IS NOT NULL") == [(501,)]
    assert "/v1/file/501" in site.pages


def test_an_authority_without_a_report_is_empty_and_its_first_report_is_news(site: Site, child: Child) -> None:
    site.authority(SEAFORD)
    for _ in range(2):
        told = child.run(SEAFORD)
        assert (told["verdict"], told["issues"]) == ("empty", [])
    site.authority(HOVE, 502)
    assert child.run(SEAFORD, HOVE)["verdict"] == "ok"
    today = f"{datetime.now(UTC):%d %B %Y}"
    site.pages[f"/provider/44/{SEAFORD}"] = provider_page(SEAFORD, [entry(7, "Letter", today)])
    site.pages["/v1/file/7"] = pdf("seven ")
    assert (child.run(SEAFORD)["verdict"], child.rows("SELECT baseline FROM reports WHERE id = 7")) == ("ok", [(0,)])
    site.authority(SEAFORD)
    for _ in range(3):
        assert child.run(SEAFORD)["verdict"] == "broken"
    assert child.rows("SELECT count(*) FROM reports WHERE withdrawn_at IS NOT NULL") == [(0,)]


def test_a_page_called_unchanged_though_nobody_asked_is_no_page(site: Site, child: Child) -> None:
    site.pages[f"/provider/44/{SEAFORD}"] = Answer(status=304)
    assert child.run(SEAFORD)["verdict"] == "broken"
    site.authority(SEAFORD, 501, 502)
    assert child.run(SEAFORD)["verdict"] == "ok"
    assert child.rows("SELECT id, baseline FROM reports") == [(501, 1), (502, 1)]
    site.pages[f"/provider/44/{SEAFORD}"] = Answer(status=304)
    assert child.run(SEAFORD, full=True)["verdict"] == "broken"
    assert child.rows("SELECT count(*) FROM listings WHERE missing_since IS NOT NULL") == [(0,)]


def test_a_clock_that_was_ahead_once_breaks_no_authority(site: Site, child: Child) -> None:
    """The crawl of two months ahead is the first: its times are in the future of all that follow."""
    site.authority(SEAFORD, 501, 502, 503, 504)
    site.pages[f"/provider/44/{SEAFORD}"].headers["ETag"] = '"page"'
    child.run(SEAFORD)
    ahead = (datetime.now(UTC) + timedelta(days=60)).isoformat()
    with child.query() as db:
        db.execute("UPDATE page_checks SET checked = ?", [ahead])
        db.execute("UPDATE validators SET full_fetch = ?", [ahead])
        db.execute("UPDATE baselines SET since = ?", [ahead])
        db.execute("UPDATE listings SET first_seen = ?", [ahead])
        db.commit()
    site.authority(SEAFORD, 501, 502, 503)
    assert [child.run(SEAFORD)["verdict"] for _ in range(3)] == ["broken", "ok", "ok"]
    site.authority(SEAFORD, 577, 501, 502, 503)
    assert child.run(SEAFORD)["found"] == 1
    assert child.rows("SELECT baseline FROM reports WHERE id = 577") == [(0,)]


def two_lists(site: Site, child: Child) -> None:
    """Report 502 on the pages of two authorities, looked at in this order."""
    site.authority(SEAFORD, 501, 502, 504)
    site.authority(HOVE, 502, 503)
    assert child.run(SEAFORD, HOVE)["verdict"] == "ok"


def test_a_report_that_two_authorities_list_stays_with_the_first(site: Site, child: Child) -> None:
    two_lists(site, child)
    assert child.rows("SELECT urn FROM reports WHERE id = 502") == [(SEAFORD,)]
    assert child.run(SEAFORD, HOVE)["verdict"] == "ok"


def test_a_report_that_the_second_of_two_lists_drops_is_nobodys_loss(site: Site, child: Child) -> None:
    two_lists(site, child)
    site.authority(HOVE, 503)
    for _ in range(2):
        assert child.run(SEAFORD, HOVE)["verdict"] == "ok"
    assert child.rows("SELECT urn, missing_since, withdrawn_at FROM reports WHERE id = 502") == [(SEAFORD, None, None)]


def test_a_report_that_the_first_of_two_lists_drops_is_not_withdrawn_and_breaks_nothing(
    site: Site, child: Child
) -> None:
    two_lists(site, child)
    site.authority(SEAFORD, 501, 504)
    for _ in range(3):
        last = child.run(SEAFORD, HOVE)
    assert child.rows("SELECT withdrawn_at FROM reports WHERE id = 502") == [(None,)]
    assert last["verdict"] == "ok"


def test_a_report_that_only_a_page_called_unchanged_still_lists_is_not_withdrawn(site: Site, child: Child) -> None:
    two_lists(site, child)
    site.pages[f"/provider/44/{HOVE}"].headers["ETag"] = '"hove"'
    child.run(SEAFORD, HOVE)
    site.authority(SEAFORD, 501, 504)
    for _ in range(3):
        last = child.run(SEAFORD, HOVE)
    assert child.rows("SELECT withdrawn_at FROM reports WHERE id = 502") == [(None,)]
    assert last["verdict"] == "ok" and "4 reports listed" in last["message"]
