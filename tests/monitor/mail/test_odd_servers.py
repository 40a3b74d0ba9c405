"""Servers, passwords and folders as they are found: silent, in another charset, with a space at the end, not there yet."""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.mail.channels import SendFailed
from monitor.mail.channels.eml import Eml
from monitor.mail.channels.smtp import Smtp, password
from tests.monitor.mail.mail_server import certificate, serving
from tests.monitor.mail.test_channels import mail, message, send


@pytest.fixture
def silent() -> Iterator[int]:
    """The port of a server that takes the call and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("probe", [True, False])
def test_a_server_that_says_nothing_is_not_waited_for_without_end(silent: int, probe: bool) -> None:
    channel = Smtp(mail(silent, host="127.0.0.1"), timeout=0.3)
    with pytest.raises(SendFailed, match="timed out") as failed:
        channel.probe() if probe else channel.send(message(), "lead@example.org")
    assert (failed.value.permanent, failed.value.server) == (False, True)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"kein Postfach f\xfcr Sie", "550 kein Postfach f�r Sie"),
        ("no\r\nsuch user", "550 no such user"),
        (b"go away " * 100, "550 go away"),
    ],
)
def test_an_answer_is_told_whatever_its_bytes_and_length(
    monkeypatch: pytest.MonkeyPatch, answer: Any, told: str
) -> None:
    def refuse(*_: object) -> None:
        raise smtplib.SMTPRecipientsRefused({"lead@example.org": (550, answer)})

    monkeypatch.setattr(smtplib.SMTP, "send_message", refuse)
    monkeypatch.setattr(smtplib.SMTP, "connect", lambda *_: (220, b"ready"))
    with pytest.raises(SendFailed) as failed:
        send(25)
    assert f"refuses lead@example.org: {told}" in str(failed.value)
    assert len(str(failed.value)) < 400
    assert failed.value.permanent == ("no such user" in told), "what we do not understand may be about us"


def test_a_password_is_taken_as_it_is_but_for_the_end_of_its_line(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(" pässword \r\n".encode())
    assert password(mail(25, username="watch", password_file=secret)) == " pässword "


def test_two_mails_of_one_day_and_subject_are_two_files_in_a_folder_made_for_them(tmp_path: Path) -> None:
    channel = Eml(tmp_path / "not" / "there" / "mail")
    for number in (1, 2):
        channel.send(message("Grüße: 報告", message_id=f"<{number}@example.org>"), "lead@example.org")
    found = sorted((tmp_path / "not" / "there" / "mail").glob("*.eml"))
    assert len(found) == 2, "none has taken the other's place"
    assert all(path.name.startswith("2026-03-02-grue-") for path in found)


def test_a_subject_without_a_letter_that_a_file_may_have_is_called_mail(tmp_path: Path) -> None:
    Eml(tmp_path).send(message("報告"), "lead@example.org")
    (path,) = tmp_path.glob("*.eml")
    assert path.name.startswith("2026-03-02-mail-")


@pytest.mark.parametrize(
    ("port", "security", "error", "words"),
    [
        (465, "none", TimeoutError("timed out"), "port 465 and `security: none` do not fit: `security: tls` is usual"),
        (
            465,
            "starttls",
            smtplib.SMTPServerDisconnected("Connection unexpectedly closed: timed out"),
            "`security: tls`",
        ),
        (
            587,
            "tls",
            ssl.SSLError(1, "[SSL: WRONG_VERSION_NUMBER] wrong version number"),
            "`security: starttls` is usual",
        ),
        (587, "tls", TimeoutError("timed out"), "port 587 and `security: tls` do not fit"),
        (2525, "none", TimeoutError("timed out"), "if the server begins with TLS"),
        (25, "starttls", smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "try `tls`"),
    ],
)
def test_a_port_and_a_security_that_do_not_fit_are_said_so(
    monkeypatch: pytest.MonkeyPatch, port: int, security: str, error: Exception, words: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(smtplib.SMTP, "connect", fail)
    with pytest.raises(SendFailed) as failed:
        send(port, security=security)
    assert words in str(failed.value)
    assert failed.value.server


@pytest.mark.parametrize("security", ["tls", "none", "starttls"])
def test_a_real_server_of_the_other_kind_is_told_in_words(tmp_path: Path, security: str) -> None:
    context, public = certificate(tmp_path)
    options = {} if security == "tls" else {"ssl_context": context}
    with serving(**options) as server:
        channel = Smtp(mail(server.port, security=security, ca_file=public), timeout=1)
        with pytest.raises(SendFailed, match=f"`security: {security}` do not fit"):
            channel.probe()


@pytest.mark.parametrize(("port", "security"), [(465, "tls"), (587, "starttls"), (25, "none")])
def test_where_they_fit_nothing_is_said_of_it(monkeypatch: pytest.MonkeyPatch, port: int, security: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(smtplib.SMTP, "connect", fail)
    with pytest.raises(SendFailed) as failed:
        send(port, security=security)
    assert "fit" not in str(failed.value)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), "2026-07-01"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "2026-12-31"),
    ],
)
def test_a_file_has_the_day_that_it_is_in_london(tmp_path: Path, moment: datetime, day: str) -> None:
    Eml(tmp_path).send(message(date=moment), "lead@example.org")
    (path,) = tmp_path.glob("*.eml")
    assert path.name.startswith(day)


@pytest.fixture
def stuttering() -> Iterator[int]:
    """The port of a server that says a line of its greeting now and then, and never the last."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def stutter() -> None:
            with suppress(OSError):
                call, _ = server.accept()
                with call:
                    while not ended.wait(0.1):
                        call.sendall(b"220-please wait\r\n")

        thread = threading.Thread(target=stutter)
        thread.start()
        yield server.getsockname()[1]
        ended.set()
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.mark.timeout(20)
def test_a_server_that_stutters_is_hung_up_on_after_a_while(stuttering: int) -> None:
    channel = Smtp(mail(stuttering, host="127.0.0.1"), timeout=0.4)
    with pytest.raises(SendFailed, match="it took longer than 1 s over one mail") as failed:
        channel.send(message(), "lead@example.org")
    assert (failed.value.permanent, failed.value.server) == (False, True)


def test_a_file_without_a_certificate_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("none\n")
    with pytest.raises(SendFailed, match=r"ca\.pem \(mail\.ca_file\) holds no certificate"):
        Smtp(mail(25, host="127.0.0.1", security="tls", ca_file=file)).probe()
