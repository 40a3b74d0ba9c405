"""The key goes to the server as a bearer token, and is told to nobody else, whatever the server says."""

import json
import logging
from pathlib import Path

import pytest

from monitor.second_reader import Answer, Refused, ask
from tests.conftest import Clock
from tests.monitor.mail.mail_server import certificate
from tests.monitor.second_reader.server import QUESTION, SAID, SECRET, Behaviour, Server, reader, says, sends, well


def test_the_key_is_sent_as_a_bearer_token(server: Server, clock: Clock, key: str) -> None:
    ask(QUESTION, server.reader.model_copy(update={"key_env": "READER_KEY"}), clock())
    assert server.asked[0][1]["Authorization"] == f"Bearer {SECRET}"


def test_without_a_key_none_is_sent(server: Server, clock: Clock, key: str) -> None:
    ask(QUESTION, server.reader, clock())
    assert "Authorization" not in server.asked[0][1]


@pytest.mark.parametrize("value", [None, "", "  ", "two words", "caf\u00e9", "a\nb"])
def test_a_key_that_is_not_there_or_is_none_is_told_and_nothing_is_sent(
    server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    monkeypatch.delenv("READER_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("READER_KEY", value)
    outcome = ask(QUESTION, server.reader.model_copy(update={"key_env": "READER_KEY"}), clock())
    assert isinstance(outcome, Refused) and "variable READER_KEY (compare.second_reader.key_env)" in outcome.reason
    assert not (value and value.strip() and value in outcome.reason)
    assert server.asked == []


@pytest.mark.parametrize(
    "behaviour",
    [
        sends(f"Incorrect API key provided: {SECRET}".encode(), 401),
        sends(f"Incorrect API key provided: {SECRET}".encode(), 400),
        sends(("x" * 190 + SECRET).encode(), 500),
        sends(("x" * 190 + SECRET).encode()),
        sends(b"", 302, Location=f"http://localhost/{SECRET}"),
        says(f"Your key is {SECRET}"),
        says(SAID | {"status": SECRET}),
        says(SAID | {"sentences": ["x" * 90 + SECRET]}),
        says(SAID | {"sentences": [SECRET * 30]}),
        says(json.dumps(SAID | {"status": SECRET}).replace("-", "\\u002d")),
    ],
)
def test_a_key_that_the_server_says_is_told_to_nobody(
    server: Server, clock: Clock, key: str, behaviour: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.behaviours = [behaviour]
    outcome = ask(QUESTION, server.reader.model_copy(update={"key_env": "READER_KEY"}), clock())
    assert isinstance(outcome, Refused) and server.asked[0][1]["Authorization"].endswith(SECRET)
    assert "secret" not in outcome.reason and "sk-" not in outcome.reason
    assert SECRET not in caplog.text


@pytest.mark.parametrize("known", [True, False])
def test_with_tls_the_key_goes_only_to_whom_a_known_certificate_names(
    server: Server, clock: Clock, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    context, authority = certificate(tmp_path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    keyed = reader(f"https://localhost:{server.server_port}/v1", key_env="READER_KEY")
    outcome = ask(QUESTION, keyed, clock())
    assert isinstance(outcome, Answer if known else Refused)
    assert [headers["Authorization"] for _, headers, _ in server.asked] == [f"Bearer {SECRET}"] * known
    assert known or "CERTIFICATE_VERIFY_FAILED" in str(outcome)


@pytest.fixture
def proxied(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server as the proxy of everything else, with a password."""
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://me:{SECRET}@127.0.0.1:{server.server_port}")
    return server


def test_another_machine_is_asked_by_the_proxy(proxied: Server, clock: Clock) -> None:
    assert isinstance(ask(QUESTION, reader("http://llm.example/v1"), clock()), Answer)
    assert proxied.asked[0][0] == "http://llm.example/v1/chat/completions"


def test_a_proxy_that_refuses_us_tells_nobody_its_password(proxied: Server, clock: Clock) -> None:
    proxied.behaviours = [sends(f"{SECRET} is wrong".encode(), 407)]
    assert ask(QUESTION, reader("http://llm.example/v1"), clock()) == Refused("HTTP 407: your proxy refuses us")


@pytest.mark.parametrize("address", ["http://me:{}@127.0.0.1:port", "http://127.0.0.1:{}"])
def test_nor_does_one_that_cannot_be_used(clock: Clock, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("http_proxy", address.format(SECRET))
    outcome = ask(QUESTION, reader("http://llm.example/v1", wait="5s"), clock())
    assert isinstance(outcome, Refused) and not outcome.answered
    assert "secret" not in outcome.reason


def test_a_key_that_is_a_word_of_the_report_spoils_no_answer(
    server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_KEY", "children")
    outcome = ask(QUESTION, server.reader.model_copy(update={"key_env": "READER_KEY"}), clock())
    assert outcome == Answer("improved", (1,), "m:8b")


def test_no_list_of_processes_shows_the_key_or_the_question(server: Server, clock: Clock, key: str) -> None:
    shown: list[bytes] = []

    def looks(handler: object) -> None:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                shown.append(path.read_bytes())
            except OSError:
                continue
        well(handler)  # type: ignore[arg-type]

    server.behaviours = [looks]
    ask(QUESTION, server.reader.model_copy(update={"key_env": "READER_KEY"}), clock())
    assert any(b"post.py" in line for line in shown)
    assert not any(SECRET.encode() in line or b"return home" in line for line in shown)
