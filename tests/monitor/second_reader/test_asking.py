"""A question is sent to the host of the config alone; whatever its server does, an outcome comes in time."""

import json
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from monitor.errors import Stopped
from monitor.second_reader import STATUSES, Answer, Refused, ask, probe
from monitor.second_reader import asking as asked
from tests.conftest import Clock
from tests.monitor.second_reader.server import (
    QUESTION,
    SAID,
    Behaviour,
    Server,
    breaks_off,
    closes,
    content,
    drips,
    drips_headers,
    knows_no_wishes,
    late,
    reader,
    says,
    sends,
    well,
)

ALTERED = QUESTION.sentences[1].replace("three", "five")


@pytest.mark.parametrize(
    "behaviour",
    [
        well,
        says(f"```json\n{json.dumps(SAID)}\n```"),
        says(f"<think>Hm. {{}}</think>I think: {json.dumps(SAID)}"),
        knows_no_wishes("response_format"),
        knows_no_wishes("response_format", "temperature"),
    ],
)
def test_a_good_answer_is_taken(server: Server, clock: Clock, behaviour: Behaviour) -> None:
    server.behaviours = [behaviour]
    assert ask(QUESTION, server.reader, clock()) == Answer("improved", (1,), "m:8b")


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (says("I think that it has improved."), "0 JSON objects"),
        (says(SAID | {"status": "excellent"}), "none of the four statuses"),
        (says(SAID | {"sentences": ["All is well now, the inspectors found."]}), "does not stand there"),
        (says(SAID | {"sentences": [ALTERED]}), "does not stand there"),
        (says(""), "0 JSON objects"),
        (sends(json.dumps({"choices": [{"message": {"content": None}}]}).encode()), "0 JSON objects"),
        (sends(content("x" * 70_000)), "longer than 64 KiB"),
    ],
)
def test_what_the_model_says_may_not_count(server: Server, clock: Clock, behaviour: Behaviour, why: str) -> None:
    server.behaviours = [behaviour]
    outcome = ask(QUESTION, server.reader, clock())
    assert isinstance(outcome, Refused) and outcome.answered
    assert why in outcome.reason


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (sends(b""), "has not OpenAI's interface"),
        (sends(b"<html>Sign in</html>"), "has not OpenAI's interface: '<html>Sign in</html>'"),
        (sends(b'{"choices": []}'), "has not OpenAI's interface"),
        (sends(b'{"choices": [{"message": {"content": [1]}}]}'), "has not OpenAI's interface"),
        (sends(b"[" * 60_000), "has not OpenAI's interface"),
        (sends(b"\xff\xfe"), "has not OpenAI's interface"),
        (sends(b'{"error": "no such model"}', 404), 'HTTP 404 Not Found: \'{"error": "no such model"}\''),
        (sends(b"broken", 500), "HTTP 500 Internal Server Error: 'broken'"),
        (sends(b"", 401), "HTTP 401: the server does not take the key"),
        (sends(b"", 403), "HTTP 403: the server does not take the key"),
        (sends(b"no", 400), "HTTP 400 Bad Request: 'no'"),
        (closes, "no answer came: "),
        (breaks_off, "the answer broke off"),
    ],
)
def test_what_a_server_does_may_be_no_answer(server: Server, clock: Clock, behaviour: Behaviour, why: str) -> None:
    server.behaviours = [behaviour]
    outcome = ask(QUESTION, server.reader, clock())
    assert isinstance(outcome, Refused) and not outcome.answered and outcome.wait is None
    assert why in outcome.reason


@pytest.mark.parametrize("behaviour", [late, drips, drips_headers])
def test_the_time_holds_for_the_whole_exchange(server: Server, clock: Clock, behaviour: Behaviour) -> None:
    server.behaviours = [behaviour]
    begun = time.monotonic()
    outcome = ask(QUESTION, server.reader.model_copy(update={"wait": timedelta(seconds=1.5)}), clock())
    assert outcome == Refused("no answer came within 1.5 s")
    assert time.monotonic() - begun < 5


def test_a_host_that_takes_the_call_and_is_silent_holds_it_no_longer(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asks = reader(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", wait="1s")
        assert ask(QUESTION, asks, clock()) == Refused("no answer came within 1 s")


def test_a_port_at_which_nobody_listens_is_no_answer(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    outcome = ask(QUESTION, reader(f"http://127.0.0.1:{port}/v1"), clock())
    assert isinstance(outcome, Refused) and not outcome.answered
    assert "Connection refused" in outcome.reason


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(server: Server, clock: Clock, key: str, status: int) -> None:
    other = Server()
    where = f"http://localhost:{other.server_port}/v1/chat/completions"
    server.behaviours = [sends(b"", status, Location=where)]
    outcome = ask(QUESTION, server.reader.model_copy(update={"key_env": "READER_KEY"}), clock())
    other.shutdown()
    other.server_close()
    assert isinstance(outcome, Refused) and f"{where!r}, which is not followed" in outcome.reason
    assert (len(server.asked), len(other.asked)) == (1, 0)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7), ("0", 0), ("999999999", 86400), ("soon", None), ("-5", None), ("9" * 5000, None), ("\u00b2", None)],
)
def test_a_server_may_say_for_how_long_it_wants_to_be_left_alone(
    server: Server, clock: Clock, said: str, seconds: int | None
) -> None:
    server.behaviours = [sends(b"", 429, Retry_After=said)]
    outcome = ask(QUESTION, server.reader, clock())
    assert isinstance(outcome, Refused) and "HTTP 429 Too Many Requests" in outcome.reason
    assert outcome.wait == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize(("minutes", "waited"), [(3, 3), (-3, 0), (50_000, 24 * 60)])
def test_it_may_say_so_with_a_time(server: Server, clock: Clock, minutes: int, waited: int) -> None:
    later = format_datetime(clock() + timedelta(minutes=minutes), usegmt=True)
    server.behaviours = [sends(b"", 503, Retry_After=later)]
    outcome = ask(QUESTION, server.reader, clock())
    assert isinstance(outcome, Refused) and outcome.wait == timedelta(minutes=waited)


def test_this_and_no_more_is_sent(server: Server, clock: Clock) -> None:
    ask(QUESTION, server.reader, clock())
    ((path, headers, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert set(headers) == {"Accept-Encoding", "Connection", "Content-Length", "Content-Type", "Host", "User-Agent"}
    assert headers["User-Agent"] == "ofsted-watch"
    message = body.pop("messages")
    wishes = {"temperature": 0, "response_format": {"type": "json_object"}, "stream": False}
    assert body == wishes | {"model": "m:8b"}
    ((role, text),) = [(one["role"], one["content"]) for one in message]
    prompt, _, told = text.partition("\n\n{")
    assert role == "user" and prompt == asked.prompt().rstrip()
    assert json.loads("{" + told) == {
        "item": QUESTION.item,
        "sentences": {"1": QUESTION.sentences[0], "2": QUESTION.sentences[1], "3": QUESTION.sentences[2]},
    }


def test_the_prompt_names_the_four_statuses() -> None:
    assert all(f'"{status}"' in asked.prompt() for status in STATUSES)


def test_other_words_of_the_prompt_are_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = asked.prompt_version()
    monkeypatch.setattr(asked, "prompt", lambda: "Other words.")
    asked.prompt_version.cache_clear()
    changed = asked.prompt_version()
    asked.prompt_version.cache_clear()
    assert changed != before


def test_this_machine_is_asked_by_no_proxy(server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert isinstance(ask(QUESTION, server.reader, clock()), Answer)


def test_it_can_be_asked_in_a_thread_as_a_round_does(server: Server, clock: Clock) -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(ask, QUESTION, server.reader, clock()).result() == Answer("improved", (1,), "m:8b")


def test_a_stop_is_not_held_up(server: Server, clock: Clock) -> None:
    server.behaviours = [late]
    stop = threading.Event()
    threading.Timer(0.7, stop.set).start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        ask(QUESTION, server.reader, clock(), stop)
    assert time.monotonic() - begun < 4


def test_a_program_that_asks_and_cannot_begin_or_fails_is_no_answer(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "POST", ("/dev/null/nothing",))
    assert "could not be started" in str(ask(QUESTION, reader("http://127.0.0.1:9/v1"), clock()))
    monkeypatch.setattr(asked, "POST", ("/bin/sh", "-c", "exit 3"))
    assert "ended with status 3" in str(ask(QUESTION, reader("http://127.0.0.1:9/v1"), clock()))


def test_no_child_is_left(server: Server, clock: Clock) -> None:
    server.behaviours = [drips]
    ask(QUESTION, server.reader.model_copy(update={"wait": timedelta(seconds=1)}), clock())
    mine = f"\nPPid:\t{os.getpid()}\n"
    statuses = [path for path in Path("/proc").glob("[0-9]*/status") if mine in _read(path)]
    assert not [path for path in statuses if b"post.py" in (path.parent / "cmdline").read_bytes()]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""


def test_it_can_be_tried_with_an_invented_item(server: Server, clock: Clock) -> None:
    server.behaviours = [says({"status": "improved", "sentences": [asked.EXAMPLE.sentences[0]]})]
    assert probe(server.reader, clock()) == Answer("improved", (0,), "m:8b")
    assert asked.EXAMPLE.item in server.asked[0][2]["messages"][0]["content"]
