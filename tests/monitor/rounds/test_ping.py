"""The dead man's switch: an address is asked after each round, at /fail after a bad one, and its silence harms nothing."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from pydantic import ValidationError

from monitor.config import Config
from monitor.rounds.crawls import Crawled
from monitor.rounds.ping import ping
from monitor.rounds.round import Concluded
from scraper.items import Verdict

GOOD = Crawled(1, "ofsted", Verdict.OK, "1 of 1 authorities checked")
BAD = Crawled(2, "Gazette", Verdict.BLOCKED, "HTTP 403")


class Switch:
    """Whoever waits for the pings."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.status = 200
        switch = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                said = self.rfile.read(int(self.headers["Content-Length"])).decode()
                switch.asked.append((self.path, said))
                self.send_response(switch.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def config(self, path: str = "/uuid") -> Config:
        return config(f"http://127.0.0.1:{self.server.server_address[1]}{path}")


def config(ping: str | None) -> Config:
    return Config.model_validate({"contact": "a@example.org", "watch": ["Brent"], "ping": ping})


@pytest.fixture
def switch() -> Iterator[Switch]:
    switch = Switch()
    yield switch
    switch.server.shutdown()
    switch.server.server_close()


@pytest.mark.parametrize("path", ["/uuid", "/uuid/"])
def test_after_a_good_round_the_address_is_asked_and_after_a_bad_one_its_fail(switch: Switch, path: str) -> None:
    ping(switch.config(path), [GOOD], Concluded())
    ping(switch.config(path), [GOOD, BAD], Concluded(failed=("compare",)))
    assert switch.asked == [
        (path, "ofsted: 1 of 1 authorities checked"),
        ("/uuid/fail", "Gazette: blocked: HTTP 403; the step compare failed"),
    ]


def test_without_an_address_nobody_is_asked(switch: Switch) -> None:
    ping(config(None), [GOOD], Concluded())
    assert switch.asked == []


@pytest.mark.parametrize("status", [404, 500])
def test_a_switch_that_does_not_take_it_is_a_line_in_the_log(
    switch: Switch, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    switch.status = status
    ping(switch.config("/secret"), [GOOD], Concluded())
    assert str(status) in caplog.text and "secret" not in caplog.text


def test_nobody_there_is_a_line_in_the_log_too(caplog: pytest.LogCaptureFixture) -> None:
    ping(config("http://127.0.0.1:9/secret"), [GOOD], Concluded())
    assert (
        "127.0.0.1, which `ping` names, could not be told of the round" in caplog.text and "secret" not in caplog.text
    )


def test_what_is_no_web_address_is_refused(tmp_path: Path) -> None:
    for wrong in ("file:///etc/passwd", "uuid", "ftp://a.example/x"):
        with pytest.raises(ValidationError, match="begins with http"):
            config(wrong)
