"""The daemon as systemd runs it: started, stopped in mid-crawl, started again."""

import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import pytest
import yaml

from monitor.database import connect, rows, value
from monitor.demo import DemoSite, story
from monitor.locks import DAEMON, held_since
from tests.end_to_end.conftest import Mailbox, command_here, crawl_here, start
from tests.end_to_end.test_killed import PDF, assert_told_once
from tests.ports import free_port


@pytest.fixture
def hasty(config: Path) -> Path:
    """The same config with crawls of Ofsted every other second."""
    told = yaml.safe_load(config.read_text())
    told["sources"]["ofsted"]["every"] = "2s"
    config.write_text(yaml.safe_dump(told))
    return config


def wait_for(condition: Callable[[], object], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def stop(process: "Popen[str]") -> str:
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=40)
    assert process.returncode == 0, err
    return err


def report_mails(config: Path) -> int:
    """How many mails have told of a report: one of a story may be out before, and says nothing of the daemon that is awaited."""
    sql = "SELECT count(*) FROM deliveries d JOIN alerts a ON a.id = d.alert_id WHERE a.kind = 'report' AND d.state = 'sent'"
    with closing(connect(config.parent / "data")) as db:
        return int(value(db, sql))


def test_stopped_in_mid_crawl_and_started_again(
    crawled: Path, hasty: Path, site: DemoSite, mailbox: Mailbox, requests: list[Callable[[str], None]]
) -> None:
    site.move_to(story.AFTER)
    asked = threading.Event()

    def listen(target: str) -> None:
        if target == PDF and not asked.is_set():
            asked.set()
            daemon.send_signal(signal.SIGTERM)
            time.sleep(1)

    requests.append(listen)
    daemon = start("run", "--config", hasty)
    daemon.communicate(timeout=60)
    assert asked.is_set()
    assert daemon.returncode == 0
    daemon = start("run", "--config", hasty)
    try:
        wait_for(lambda: report_mails(hasty))
    finally:
        stop(daemon)
    crawl_here(hasty, "ofsted")
    assert_told_once(mailbox, hasty)


def test_two_daemons_on_one_data_folder_are_refused(crawled: Path) -> None:
    first = start("run", "--config", crawled)
    try:
        wait_for(lambda: held_since(crawled.parent / "data", DAEMON))
        process = start("run", "--config", crawled)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 2
        assert "is at work on daemon" in err
    finally:
        stop(first)


def test_systemd_is_told_when_it_is_ready_and_when_it_stops(
    hasty: Path, site: DemoSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(30)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "20000000")  # few enough that the socket holds them all until they are read
        daemon = start("run", "--config", hasty)
        told = {listener.recv(100) for _ in range(2)}
        assert told == {b"READY=1", b"WATCHDOG=1"}
        stop(daemon)
        listener.setblocking(False)
        while b"STOPPING=1" not in told:
            told.add(listener.recv(100))


def test_a_source_that_fails_is_told_to_the_operators_once(crawled: Path, site: DemoSite, mailbox: Mailbox) -> None:
    told = yaml.safe_load(crawled.read_text().replace(f":{site.url.rpartition(':')[2]}", f":{free_port()}"))
    told["alerts"].append({"to": ["ops@westmarch.example"], "about": ["source"], "when": "now"})
    crawled.write_text(yaml.safe_dump(told))
    command_here("crawl", "--config", crawled, status=1)
    crawl_here(crawled)
    with closing(connect(crawled.parent / "data")) as db:
        failed = rows(db, "SELECT DISTINCT source FROM crawls WHERE verdict NOT IN ('ok', 'empty')")
        sources = rows(db, "SELECT source FROM alerts WHERE kind = 'source' AND dedupe_key NOT LIKE 'begun:%'")
    assert len(failed) == 2
    assert sorted(row["source"] for row in sources) == sorted(row["source"] for row in failed)
