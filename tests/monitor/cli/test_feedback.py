"""`ofsted-watch news`: what was kept and why, and the reader's word on it."""

import json

import pytest
from sqlite_utils import Database

from monitor.news.feedback import short_name
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.cli.test_accepting import config
from tests.monitor.cli.test_commands import invoke

__all__ = ["config"]  # a fixture
URL = "https://news.example/kept"
NAME = short_name(URL)


@pytest.fixture(autouse=True)
def kept(db: Database, clock: Clock) -> None:
    given.authorities(db)
    given.article(
        db,
        URL,
        clock(),
        score=8.25,
        reasons='[["verdict: Ofsted (headline)", 2.0], ["not_this: a school (lede)", -1.75]]',
    )


def test_each_article_has_its_name_its_label_and_the_reasons(config: str) -> None:
    told = invoke("news", "--config", config).output.splitlines()
    assert told == [
        f"{NAME}  Westmarch children's services criticised",
        "    kept: report, Westmarch; Westmarch Courier, 2026-03-02; 8.25 points",
        "    verdict: Ofsted (headline) +2; not_this: a school (lede) -1.75",
        f"    {URL}",
    ]


def test_an_article_is_told_with_its_report_or_as_one_about_a_visit_that_we_do_not_know(
    config: str, db: Database, clock: Clock
) -> None:
    link = {"article_url": URL, "undecided": "no known report fits", "awaited": 1, "tried": "2026-03-02"}
    db.table("article_links").insert(link)
    assert "    about a visit that we do not know" in invoke("news", "--config", config).output.splitlines()
    given.ready(db, 7, clock(), kind="inspection")
    db.table("article_reports").insert({"article_url": URL, "report_id": 7, "method": "grade", "confidence": 0.9})
    clues = '{"counts": [{"kind": "strength", "number": 12, "words": "positive comments"}]}'
    db.table("articles").update(URL, {"clues": clues})
    told = " ".join(invoke("news", "--config", config).output.split())
    assert "about the inspection published 1 March 2026; The paper counts 12 positive comments; we read 0" in told
    assert "do not know" not in told


@pytest.mark.parametrize("before", [True, False])
def test_an_article_is_marked_and_exported(config: str, before: bool) -> None:
    where = ["--config", config]
    words = ["wrong", NAME[:5]]
    told = invoke("news", *where, *words) if before else invoke("news", *words, *where)
    assert told.output == "wrong: Westmarch children's services criticised\n"
    assert "not kept: other" in invoke("news", *where).output and "you said: wrong" in invoke("news", *where).output
    (row,) = map(json.loads, invoke("news", "export", *where).output.splitlines())
    assert (row["label"], row["label_before"], row["url"]) == ("other", "report", URL)
    invoke("news", "right", NAME, *where)
    assert json.loads(invoke("news", "export", *where).output)["label"] == "report"


def test_an_unknown_name_is_refused(config: str) -> None:
    told = invoke("news", "wrong", "ffffffff", "--config", config)
    assert told.exit_code == 2 and "no article is called so" in told.output
