"""`status SOURCE`: one source with its last crawls, and what came in place of what was wanted."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from monitor.alerts import raise_alerts
from monitor.cli.commands import main
from monitor.database import note_issue, stamp
from monitor.health import source_state, source_state_lines
from monitor.locks import locked
from tests.conftest import Clock
from tests.monitor import mail_rows as given

NEWS = [{"name": "Bucks Free Press", "feed": "https://news.example.org/rss", "covers": [given.URN]}]
PAGE = "https://example.org/89999"


@pytest.fixture
def config(tmp_path: Path) -> Any:
    return given.config(data=tmp_path / "data", sources={"news": NEWS})


@pytest.fixture(autouse=True)
def _authorities(db: Database) -> None:
    given.authorities(db)


def lines(db: Database, config: Any, clock: Clock, source: str = "ofsted") -> list[str]:
    return list(source_state_lines(source_state(db, config, source, clock())))


def test_what_came_is_shown_with_its_bytes_as_text(db: Database, clock: Clock, config: Any) -> None:
    given.crawl(db, clock(), "ok", "1 authority checked")
    clock.move(hours=2)
    broken = given.crawl(db, clock(), "broken", "Westmarch: no heading with a name", pages={given.URN: "broken"})
    head = b"<!DOCTYPE html>\r\n\r\n<title>\x1b[2J\xe2\x80\xaeReports</title>" + b"x" * 150
    given.answer(
        db, broken, clock(), PAGE, urn=given.URN, title="Reports", head=head, bytes=5120, final_url="https://b.example/"
    )
    raise_alerts(db, clock())
    told = lines(db, config, clock)
    assert told[0] == "TO BE LOOKED AT:"
    assert "  2026-03-02T11:00 broken: Westmarch: no heading with a name" in told
    assert "  2026-03-02T09:00 ok: 1 authority checked" in told
    assert told[told.index("what came instead:") :] == [
        "what came instead:",
        f"  2026-03-02T11:00 {PAGE} (Westmarch)",
        "    broken: HTTP 403",
        "    HTTP 403, text/html, 5,120 bytes, title “Reports”",
        "    answered by https://b.example/",
        "    | <!DOCTYPE html>",
        f"    | <title>\\x1b[2J\\u202eReports</title>{'x' * 65}",
        f"    | {'x' * 85}",
    ]


def test_a_long_answer_is_cut_in_the_terminal_and_whole_in_json(db: Database, clock: Clock, config: Any) -> None:
    broken = given.crawl(db, clock(), "broken", "HTTP 403")
    given.answer(db, broken, clock(), PAGE, head=b"line\n" * 400)
    assert lines(db, config, clock)[-1] == "    ... (more with --json)"
    assert sum(line == "    | line" for line in lines(db, config, clock)) == 40
    [came] = source_state(db, config, "ofsted", clock())["answers"]
    assert came["head"] == "line\n" * 400
    json.dumps(came)


def test_a_crawl_that_was_stopped_or_killed_or_runs_is_told_as_that(db: Database, clock: Clock, config: Any) -> None:
    given.crawl(db, clock(), "crashed", "stopped before it was done", stopped=True)
    assert "ofsted: stopped at 2026-03-02T09:00; last good crawl never" in lines(db, config, clock)
    for _ in range(2):
        clock.move(hours=1)
        given.insert(db, "crawls", source="ofsted", started=stamp(clock()), scope="all")
    told = lines(db, config, clock)
    assert told[told.index("last crawls:") + 1 :][:3] == [
        "  2026-03-02T11:00 cut off: ",
        "  2026-03-02T10:00 cut off: ",
        "  2026-03-02T09:00 stopped: stopped before it was done",
    ]
    with locked(config.data, "crawl ofsted"):
        told = lines(db, config, clock)
    assert "  2026-03-02T11:00 running: " in told and "  2026-03-02T10:00 cut off: " in told


def test_nobody_answered_where_no_whole_answer_came(db: Database, clock: Clock, config: Any) -> None:
    broken = given.crawl(db, clock(), "broken", "the connection was refused")
    given.answer(db, broken, clock(), PAGE, status=None, final_url="https://example.org/robots.txt")
    assert not any("answered by" in line for line in lines(db, config, clock))


def test_only_the_source_itself_is_looked_at(db: Database, clock: Clock, config: Any) -> None:
    note_issue(db, "round", "error", "a step failed", clock(), key="step")
    given.crawl(db, clock(), "broken", "HTTP 500", source="Bucks Free Press")
    given.crawl(db, clock(), "ok", "all")
    state = source_state(db, config, "ofsted", clock())
    assert (state["ok"], state["to_look_at"], state["answers"]) == (True, [], [])
    assert len(state["crawls"]) == 1
    told = lines(db, config, clock)
    assert told[0] == "all is well" and told[-1] == "nothing is kept that came in place of what was wanted"


def test_a_source_that_was_never_crawled_says_so(db: Database, clock: Clock, config: Any) -> None:
    assert "Bucks Free Press: never crawled" in lines(db, config, clock, "Bucks Free Press")


def test_the_last_ten_crawls_and_five_answers_are_told(db: Database, clock: Clock, config: Any) -> None:
    for number in range(12):
        clock.move(minutes=5)
        given.answer(db, given.crawl(db, clock(), "broken", f"HTTP 5{number:02}", scope="sweep"), clock(), PAGE)
    state = source_state(db, config, "ofsted", clock())
    assert [crawl["message"] for crawl in state["crawls"]] == [f"HTTP 5{number:02}" for number in range(11, 1, -1)]
    assert [came["crawl_id"] for came in state["answers"]] == [12, 11, 10, 9, 8]
    assert "  2026-03-02T10:00 broken (sweep): HTTP 511" in lines(db, config, clock)


@pytest.fixture
def file(db: Database, tmp_path: Path, clock: Clock) -> Iterator[str]:
    broken = given.crawl(db, clock(), "broken", "HTTP 403")
    given.answer(db, broken, clock(), PAGE)
    given.crawl(db, clock(), "broken", "HTTP 500", source="Bucks Free Press")
    values = {"source": "ofsted", "day": "2026-03-02", "rounds": 1, "sweeps": 0, "good": 0, "found": 0}
    for source in ("ofsted", "Bucks Free Press"):
        when = {"first": "2026-03-02T09:00:00+00:00", "last": "2026-03-02T09:00:00+00:00"}
        given.insert(db, "days", **(values | when | {"source": source}))
    with closing(db):
        path = tmp_path / "config.yaml"
        news = "{name: Bucks Free Press, feed: 'https://news.example.org/rss', covers: [Brent]}"
        path.write_text(
            f"contact: a@example.org\nwatch: [Brent]\ndata: data\nsources: {{news: [{news}]}}\nalerts: [{{to: lead@example.org}}]\n"
        )
        yield str(path)


def status(file: str, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["status", "--config", file, *arguments])


def test_the_command_takes_a_source(file: str) -> None:
    shown = status(file, "ofsted")
    assert shown.exit_code == 1 and "| <p>wait a while\\x1b" in shown.output and "Bucks" not in shown.output
    told = json.loads(status(file, "ofsted", "--json").output)
    assert (told["ok"], told["answers"][0]["status"], told["answers"][0]["head"]) == (
        False,
        403,
        "<p>wait a while\\x1b",
    )
    assert status(file, "Bucks Free Press").exit_code == 1


def test_an_unknown_source_is_told_with_those_there_are(file: str) -> None:
    shown = status(file, "Ofstead")
    assert shown.exit_code == 2
    assert "no source is called 'Ofstead'; the config has: ofsted, Bucks Free Press" in shown.stderr


def test_a_day_of_one_source(file: str) -> None:
    shown = status(file, "ofsted", "--on", "2026-03-02")
    assert (shown.exit_code, "ofsted: looked at 1 time" in shown.output, "Bucks" in shown.output) == (0, True, False)
    assert [row["source"] for row in json.loads(status(file, "ofsted", "--on", "2026-03-02", "--json").output)] == [
        "ofsted"
    ]
