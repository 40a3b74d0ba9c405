"""Articles as JSON lines: read one by one, and linked to a stored report where there is one."""

import json
import re
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.cli.article_lines import BadLine, read_lines
from monitor.config import Config

STORY = {
    "url": "https://news.example/1",
    "headline": "Westmarch children's services rated inadequate by Ofsted",
    "text": "Ofsted inspected Westmarch Council's children's services from 12 to 23 January 2026 and rated them inadequate.",
    "outlet": "Westmarch Gazette",
    "published": "2026-03-02T08:00:00+00:00",
}


@pytest.fixture
def config(tmp_path: Path, db: Database) -> Config:
    told = {
        "contact": "a@example.org",
        "watch": ["Westmarch"],
        "authorities": [{"urn": "89999", "name": "Westmarch"}],
        "data": tmp_path / "data",
    }
    return Config.model_validate(told)


def store_report(db: Database) -> None:
    db.table("authorities").insert({"urn": "89999", "name": "Westmarch", "region": None})
    report = {"id": 7, "urn": "89999", "label": "Children's services inspection", "kind": "inspection", "baseline": 1}
    days = {"published": "2026-03-02", "inspection_start": "2026-01-12", "inspection_end": "2026-01-23"}
    db.table("reports").insert(report | days | {"url": "http://x/7", "sha256": "a" * 64, "first_seen": "2026-03-02"})


def test_a_story_is_linked_to_the_stored_report_that_it_means(config: Config, db: Database) -> None:
    store_report(db)
    (told,) = read_lines([json.dumps(STORY).encode()], config)
    assert not isinstance(told, BadLine)
    assert (told["label"], told["urn"], told["report_id"]) == ("report", "89999", 7)


def test_without_a_database_no_report_is_known(config: Config, tmp_path: Path) -> None:
    elsewhere = config.model_copy(update={"data": tmp_path / "elsewhere"})
    (told,) = read_lines([json.dumps(STORY).encode()], elsewhere)
    assert not isinstance(told, BadLine)
    assert (told["urn"], told["report_id"]) == ("89999", None)
    assert not (tmp_path / "elsewhere").exists()


def test_empty_lines_are_passed_over() -> None:
    assert list(read_lines([b"\n", b"  \n"], None)) == []


@pytest.mark.parametrize("line", ["not json", "[1]", "{}", '{"headline": "x", "published": "someday"}'])
def test_a_line_that_is_no_article_is_named(line: str) -> None:
    good = json.dumps(STORY).encode()
    first, bad, third = read_lines([good, line.encode(), good], None)
    assert isinstance(bad, BadLine)
    assert re.match(r"line 2 of the input is no article: .", str(bad))
    assert first == third


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_line_is_read_in_whatever_windows_wrote_it(config: Config, db: Database, encoding: str) -> None:
    store_report(db)
    line = json.dumps(
        STORY | {"text": STORY["text"] + " “It’s a start”, said the council."}, ensure_ascii=False
    ).encode(encoding)
    (told,) = read_lines([line], config)
    assert not isinstance(told, BadLine)
    assert told["report_id"] == 7


@pytest.mark.parametrize("published", ["2026", "2026-03", "2026-03-02", None])
def test_when_an_article_came_out_may_be_a_month_or_a_year(config: Config, db: Database, published: str | None) -> None:
    store_report(db)
    (told,) = read_lines([json.dumps(STORY | {"published": published}).encode()], config)
    assert not isinstance(told, BadLine)
    assert (told["urn"], told["label"]) == ("89999", "report")
