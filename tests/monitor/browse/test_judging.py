"""Corrections from a report's page: taken from our own page on this machine where the config allows it, and from nowhere else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlite_utils import Database

from monitor.browse.judging import of_our_page
from monitor.browse.serve import JUDGE
from monitor.database import value
from monitor.facts import phrases
from monitor.locks import CONCLUDE, locked
from tests.monitor.browse.conftest import Site
from tests.monitor.comparing.chain_store import MISSING, MISSING_BETTER, compare_all, database, story
from tests.monitor.comparing.test_corrections import name_of, told

HERE = {"origin": "http://localhost", "sec_fetch_site": "same-origin"}
"""What a browser says of a form of ours; the site is asked as `localhost`."""
FORM = "/report/2/judge"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = database(tmp_path)
    story(db)
    compare_all(db)
    yield db
    db.close()


@pytest.fixture
def site(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv(JUDGE, "1")
    site = Site(tmp_path)
    yield site
    site.close()


def form(db: Database, **changes: str) -> dict[str, str]:
    return {"comparison": name_of(db, 2, MISSING.text), "status": "mixed", "by": "A Reader", "sentence": ""} | changes


def test_a_form_of_ours_is_heeded_and_leads_back(site: Site, db: Database) -> None:
    answer = site.post(FORM, form(db, sentence=MISSING_BETTER.text), **HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/report/2#judge-{name_of(db, 2, MISSING.text)}")
    assert told(db, 2)[MISSING.text] == ("mixed", "reader: A Reader")
    page = BeautifulSoup(site.get("/report/2").text, "lxml")
    titles = [title.get_text().split()[0] for title in page.select("#earlier ~ h3")]
    mixed = dict(zip(titles, page.select("#earlier ~ h3 + ul"), strict=True))["Mixed"]
    assert [item.get_text() for item in mixed.select(".w-quote, blockquote > p")] == [MISSING.text, MISSING_BETTER.text]
    assert site.post(FORM, form(db, status="withdraw"), **HERE).status_code == 303
    assert told(db, 2)[MISSING.text] == ("improved", None)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://localhost:8002"},
        {"origin": "https://localhost"},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        HERE | {"sec_fetch_site": "cross-site"},
        HERE | {"sec_fetch_site": "same-site"},
        {"origin": "http://evil.example", "host": "evil.example"},
        HERE | {"x_forwarded_for": "10.0.0.7"},
        HERE | {"via": "1.1 proxy"},
    ],
)
def test_what_another_page_or_another_machine_sends_is_refused(
    site: Site, db: Database, headers: dict[str, str]
) -> None:
    answer = site.post(FORM, form(db), **headers)
    assert answer.status_code == 403 and "use `ofsted-watch judge`" in answer.text
    assert value(db, "SELECT count(*) FROM corrections") == 0


def test_a_browser_that_has_our_cookie_must_have_the_token_of_our_page_too(site: Site, db: Database) -> None:
    token = site.datasette.sign("a secret", "csrftoken")
    mine = HERE | {"cookie": f"ds_csrftoken={token}"}
    assert site.post(FORM, form(db), **mine).status_code == 403
    assert value(db, "SELECT count(*) FROM corrections") == 0
    assert site.post(FORM, form(db, csrftoken=token), **mine).status_code == 303


def test_nothing_is_taken_where_the_config_does_not_allow_it(
    site: Site, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for told_ in ("", "0"):
        monkeypatch.setenv(JUDGE, told_)
        assert site.post(FORM, form(db), **HERE).status_code == 403
    monkeypatch.delenv(JUDGE)
    assert site.post(FORM, form(db), **HERE).status_code == 403
    assert value(db, "SELECT count(*) FROM corrections") == 0


def test_only_a_form_that_is_sent_does_anything(site: Site, db: Database) -> None:
    answer = site.get(FORM)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"comparison": "ffffffff"}, "no comparison is called so"),
        ({"comparison": ""}, "is too short"),
        ({"status": "good"}, "is no status"),
        ({"by": " "}, "who says so"),
        ({"sentence": "Snow fell thickly."}, "does not stand in that report word for word"),
        ({"sentence": "x" * 20_000}, "that is no form of this page"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_and_nothing_changed(
    site: Site, db: Database, changes: dict[str, str], why: str
) -> None:
    answer = site.post(FORM, form(db, **changes), **HERE)
    assert answer.status_code == 400 and why in answer.text and "Nothing was changed" in answer.text
    assert value(db, "SELECT count(*) FROM corrections") == 0


def test_a_comparison_of_another_report_is_none_of_this_page(site: Site, db: Database) -> None:
    assert site.post("/report/3/judge", form(db), **HERE).status_code == 404
    assert value(db, "SELECT count(*) FROM corrections") == 0


def test_while_the_watch_is_at_work_it_is_kept_and_said_so(site: Site, db: Database, tmp_path: Path) -> None:
    with locked(tmp_path, CONCLUDE):
        answer = site.post(FORM, form(db), **HERE)
    assert answer.status_code == 200 and "after its next round" in answer.text
    assert value(db, "SELECT status FROM corrections") == "mixed"


def test_a_page_with_a_form_cannot_be_framed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site.get("/report/2").headers["x-frame-options"] == "DENY"
    monkeypatch.setenv(JUDGE, "")
    assert "x-frame-options" not in site.get("/report/2").headers


def test_a_browser_that_does_not_say_where_a_form_comes_from_is_judged_by_its_origin() -> None:
    assert of_our_page({"host": "127.0.0.1:8001", "origin": "http://127.0.0.1:8001"})
    assert not of_our_page({"host": "127.0.0.1:8001", "origin": "http://127.0.0.1:8001", "sec-fetch-site": "none"})
    assert not of_our_page({})


def shown(site: Site, **area: Any) -> BeautifulSoup:
    """The part of the page for one comparison."""
    context = {
        "area": area,
        "report": {"id": 2},
        "may_judge": False,
        "may_say": phrases.STATUSES,
        "csrftoken": lambda: "token",
    }
    context |= {name: area.pop(name) for name in ("may_judge",) if name in area}
    render = site.datasette.render_template("_watch_judge.html", context)
    return BeautifulSoup(site.runner.run(render), "lxml")


def test_the_part_of_the_page_has_the_form_or_the_command(site: Site) -> None:
    part = shown(site, name="1a2b3c4d", decided_by=None, may_judge=True)
    assert part.form and part.form["action"] == "/report/2/judge"
    assert [option["value"] for option in part.select("option")] == ["", *phrases.STATUSES]
    assert {field.get("name") for field in part.select("input, select")} == {
        "csrftoken",
        "comparison",
        "status",
        "sentence",
        "by",
    }
    assert all(field.find_parent("label") for field in part.select("select, input:not([type=hidden])"))
    again = shown(site, name="1a2b3c4d", decided_by="reader: A Reader", may_judge=True)
    assert again.select("option[value=withdraw]")
    closed = shown(site, name="1a2b3c4d", decided_by=None)
    assert not closed.form and "ofsted-watch judge 1a2b3c4d mixed" in closed.get_text()
    assert shown(site, name=None).get_text(strip=True) == ""
