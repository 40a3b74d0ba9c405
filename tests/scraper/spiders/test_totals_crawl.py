"""Rounds in which many pages lose a little each: nothing is believed to be gone, no baseline begins, and what is new is told."""

from contextlib import closing
from datetime import UTC, datetime

from scraper.database import accept_page, connect
from tests.scraper.spiders.conftest import Child
from tests.scraper.spiders.site import NOT_FOUND, Answer, Site

URNS = [f"9100{n}" for n in range(1, 7)]
WITHDRAWN = "SELECT count(*) FROM reports WHERE withdrawn_at IS NOT NULL"
MISSING = "SELECT count(*) FROM reports WHERE missing_since IS NOT NULL"


def site_of(site: Site, *, lose: int = 0) -> None:
    """Six authorities with three reports each; the first `lose` list two of them."""
    for index, urn in enumerate(URNS):
        first = 500 + 10 * index
        site.authority(urn, first, first + 1, *([] if index < lose else [first + 2]))


def test_one_report_less_on_each_of_many_pages_is_believed_of_none(site: Site, child: Child) -> None:
    site_of(site)
    assert child.run(*URNS, recheck=0)["verdict"] == "ok"
    site_of(site, lose=4)
    site.authority(URNS[5], 550, 551, 552, 599)
    first = child.run(*URNS, recheck=0)
    assert (first["verdict"], first["found"]) == ("broken", 1)
    for _ in range(2):
        told = child.run(*URNS, recheck=0)
        assert told["verdict"] == "broken" and child.rows(WITHDRAWN) == [(0,)] and child.rows(MISSING) == [(4,)]
        assert "the pages of 4 of 6 authorities list less than before" in told["message"]
        assert "15 reports listed on 6 pages; the last good round listed 18 on 6" in told["message"]
        assert told["issues"][-1]["message"].endswith("`ofsted-watch accept all`")
    site_of(site)
    site.authority(URNS[5], 550, 551, 552, 599)
    assert child.run(*URNS, recheck=0)["verdict"] == "ok", "it heals by itself"
    assert child.rows(MISSING) == [(0,)]


def test_two_pages_are_believed_as_ever_and_what_a_person_accepts_is_gone(site: Site, child: Child) -> None:
    site_of(site)
    child.run(*URNS, recheck=0)
    site_of(site, lose=2)
    assert [child.run(*URNS, recheck=0)["verdict"] for _ in range(2)] == ["broken", "ok"]
    assert child.rows(WITHDRAWN) == [(2,)]
    site_of(site, lose=6)
    assert [child.run(*URNS, recheck=0)["verdict"] for _ in range(2)] == ["broken", "broken"]
    with closing(connect(child.data)) as db:
        for urn in URNS:
            accept_page(db, urn, datetime.now(UTC), filing=False)
    assert child.run(*URNS, recheck=0)["verdict"] == "ok" and child.rows(WITHDRAWN) == [(6,)]


def test_a_look_at_one_page_believes_no_more_than_a_round(site: Site, child: Child) -> None:
    site_of(site)
    child.run(*URNS, recheck=0)
    site_of(site, lose=4)
    child.run(*URNS, recheck=0)
    told = child.run(URNS[0], recheck=0, watched=URNS)
    assert told["verdict"] == "broken" and "too many pages list less at once" in told["message"]
    assert child.rows(WITHDRAWN) == [(0,)]
    assert child.run(URNS[0], recheck=0)["verdict"] == "ok", "where no other is watched, there is no other to lose"


def test_what_a_round_believed_before_it_knew_is_taken_back_and_so_is_a_baseline(site: Site, child: Child) -> None:
    site_of(site)
    child.run(*URNS[:5], recheck=0)
    site_of(site, lose=2)
    child.run(*URNS[:5], recheck=0)
    site_of(site, lose=5)
    told = child.run(*URNS, recheck=0)
    assert "the pages of 5 of 6 authorities" in told["message"] and child.rows(WITHDRAWN) == [(0,)]
    assert child.rows("SELECT count(*) FROM baselines") == [(5,)]
    site_of(site)
    site.authority(URNS[5], 550, 551, 552, 553)
    assert child.run(*URNS, recheck=0)["verdict"] == "ok"
    assert child.rows("SELECT count(*) FROM listings WHERE urn = '91006' AND baseline = 0") == [(0,)]


def test_files_that_are_gone_too_decide_after_a_week(site: Site, child: Child) -> None:
    site_of(site)
    child.run(*URNS, recheck=0)
    site_of(site, lose=4)
    for index in range(4):
        site.pages[f"/v1/file/{502 + 10 * index}"] = Answer(NOT_FOUND.encode())
    for _ in range(2):
        child.run(*URNS, recheck=0)
    assert child.rows(WITHDRAWN) == [(0,)]
    with child.query() as db:
        db.execute(
            "UPDATE listings SET missing_since = '2026-01-01T00:00:00.000000+00:00' WHERE missing_since IS NOT NULL"
        )
        db.commit()
    assert child.run(*URNS, recheck=0)["verdict"] == "ok" and child.rows(WITHDRAWN) == [(4,)]
