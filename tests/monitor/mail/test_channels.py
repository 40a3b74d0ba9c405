"""Mail leaves by a real SMTP server or as a file; what goes wrong is said, and whether trying again can help."""

import smtplib
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config import Mail
from monitor.mail.channels import SendFailed
from monitor.mail.channels.eml import Eml
from monitor.mail.channels.message import Envelope, build, message_id
from monitor.mail.channels.smtp import Smtp
from monitor.mail.letter import Rendered
from tests.monitor.mail.mail_server import PASSWORD, USER, authenticate, certificate, serving
from tests.ports import free_port

DATE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENVELOPE = Envelope("watch@example.org", "lead@example.org", "<1@example.org>", DATE)


def message(subject: str = "Westmarch: overall good", **changes: Any) -> EmailMessage:
    return build(replace(ENVELOPE, **changes), Rendered(subject, "Grüße → text\n", "<p>Grüße → html</p>\n"))


def mail(port: int, **changes: Any) -> Mail:
    return Mail.model_validate({"from": "watch@example.org", "host": "localhost", "port": port} | changes)


def send(port: int, **changes: Any) -> None:
    Smtp(mail(port, **changes), timeout=5).send(message(), "lead@example.org")


def test_a_mail_arrives_whole() -> None:
    with serving() as server:
        send(server.port)
    (came,) = server.mails
    assert came["Subject"] == "Westmarch: overall good"
    assert came["From"] == "Ofsted Watch <watch@example.org>"
    assert came["To"] == "lead@example.org"
    assert came["Message-ID"] == "<1@example.org>"
    assert came["Date"].datetime == DATE
    assert (came["Auto-Submitted"], came["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert came["List-Id"] == "Ofsted Watch <ofsted-watch.example.org>"
    assert [part.get_content_type() for part in came.iter_parts()] == ["text/plain", "text/html"]
    assert "Grüße → text" in body(came, "plain")
    assert "Grüße → html" in body(came, "html")


def body(came: EmailMessage, kind: str) -> str:
    part = came.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_starttls_with_a_certificate_that_is_trusted(tmp_path: Path) -> None:
    context, public = certificate(tmp_path)
    with serving(tls_context=context, require_starttls=True) as server:
        send(server.port, security="starttls", ca_file=public)
    assert server.encrypted == [True]


def test_starttls_with_a_certificate_that_is_not_trusted_sends_nothing(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path)
    with serving(tls_context=context) as server, pytest.raises(SendFailed, match="certificate") as failed:
        send(server.port, security="starttls")
    assert (failed.value.permanent, failed.value.server, server.mails) == (False, True, [])


def test_a_certificate_of_another_name_sends_nothing(tmp_path: Path) -> None:
    context, public = certificate(tmp_path, "elsewhere.example.org")
    with serving(tls_context=context) as server, pytest.raises(SendFailed, match="certificate"):
        send(server.port, security="starttls", ca_file=public)
    assert server.mails == []


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear() -> None:
    with serving() as server, pytest.raises(SendFailed, match="STARTTLS") as failed:
        send(server.port, security="starttls")
    assert (failed.value.server, server.mails) == (True, [])


def test_tls_from_the_start(tmp_path: Path) -> None:
    context, public = certificate(tmp_path)
    with serving(ssl_context=context) as server:
        send(server.port, security="tls", ca_file=public)
    assert server.encrypted == [True]


def login(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Options of a server that demands a login after STARTTLS, and those of a client that trusts it."""
    context, public = certificate(folder)
    server = {"authenticator": authenticate, "auth_required": True, "tls_context": context}
    return server, {"security": "starttls", "ca_file": public, "username": USER}


def test_a_login_with_the_password_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEST_MAIL_PASSWORD", PASSWORD)
    options, client = login(tmp_path)
    with serving(**options) as server:
        send(server.port, password_env="TEST_MAIL_PASSWORD", **client)
    assert (len(server.mails), server.encrypted) == (1, [True])


def test_a_login_with_the_password_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(f"{PASSWORD}\n")
    options, client = login(tmp_path)
    with serving(**options) as server:
        send(server.port, password_file=secret, **client)
    assert len(server.mails) == 1


@pytest.mark.parametrize("wrong", ["wrong horse", "hörse"])
def test_a_wrong_password_is_tried_again_later_and_never_told(tmp_path: Path, wrong: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text(wrong)
    options, client = login(tmp_path)
    with serving(**options) as server, pytest.raises(SendFailed, match=r"535|ASCII") as failed:
        send(server.port, password_file=secret, **client)
    assert (failed.value.permanent, failed.value.server, server.mails) == (False, True, [])
    assert not any(part in str(failed.value) for part in (wrong, "\\xf6", "ö"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"password_env": "NOT_SET_ANYWHERE"}, "NOT_SET_ANYWHERE"),
        ({"password_file": Path("/nowhere/secret")}, "/nowhere/secret"),
        ({}, "password_env"),
    ],
)
def test_a_password_that_is_not_there_is_named(changes: dict[str, Any], words: str) -> None:
    with serving() as server, pytest.raises(SendFailed, match=words) as failed:
        send(server.port, username=USER, **changes)
    assert (failed.value.permanent, failed.value.server, server.mails) == (False, True, [])


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [("550 no such user", True), ("450 mailbox busy", False), ("554 5.7.1 Relay access denied", False)],
)
def test_a_refused_recipient(answer: str, permanent: bool) -> None:
    with serving() as server:
        server.rcpt["lead@example.org"] = answer
        with pytest.raises(SendFailed, match=f"refuses lead@example.org: {answer}") as failed:
            send(server.port)
    assert (failed.value.permanent, failed.value.server) == (permanent, False)


@pytest.mark.parametrize("answer", ["554 looks like spam", "451 try later", "550 5.7.1 content", "552 5.3.4 too large"])
def test_a_refused_mail_may_be_taken_later(answer: str) -> None:
    with serving() as server:
        server.data_answers.append(answer)
        with pytest.raises(SendFailed, match=answer) as failed:
            send(server.port)
    assert (failed.value.permanent, failed.value.server) == (False, False)


def test_no_server_is_a_passing_failure() -> None:
    with pytest.raises(SendFailed, match="refused") as failed:
        send(free_port())
    assert (failed.value.permanent, failed.value.server) == (False, True)


def test_a_server_that_hangs_up_after_the_mail_is_a_passing_failure() -> None:
    with serving() as server:
        server.hang_up = 1
        with pytest.raises(SendFailed) as failed:
            send(server.port)
    assert (failed.value.permanent, failed.value.server) == (False, True)
    assert len(server.mails) == 1, "it has the mail, which we cannot know"


def test_a_server_that_hangs_up_at_the_goodbye_has_the_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("gone")

    monkeypatch.setattr(smtplib.SMTP, "quit", gone)
    with serving() as server:
        send(server.port)
    assert len(server.mails) == 1


def test_a_probe_logs_in_and_sends_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    options, client = login(tmp_path)
    with serving(**options) as server:
        Smtp(mail(server.port, password_file=secret, **client), timeout=5).probe()
        secret.write_text("wrong")
        with pytest.raises(SendFailed, match="535"):
            Smtp(mail(server.port, password_file=secret, **client), timeout=5).probe()
    assert server.mails == []


def test_a_mail_as_a_file_with_its_html_and_text_beside(tmp_path: Path) -> None:
    channel = Eml(tmp_path / "mail")
    channel.send(message(), "lead@example.org")
    channel.send(message(), "lead@example.org")
    channel.send(message(), "other@example.org")
    eml = sorted((tmp_path / "mail").glob("*.eml"))
    assert len(eml) == 2, "a repeat replaces its file, another recipient has another"
    assert eml[0].name.startswith("2026-03-02-westmarch-overall-good-")
    came = message_from_bytes(eml[0].read_bytes(), policy=policy.default)
    assert isinstance(came, EmailMessage)
    assert "Grüße → html" in body(came, "html")
    assert eml[0].with_suffix(".html").read_text() == "<p>Grüße → html</p>\n"
    assert eml[0].with_suffix(".txt").read_text() == "Grüße → text\n"
    assert not list((tmp_path / "mail").glob(".*")), "no drafts are left"


def test_a_folder_that_cannot_be_written_is_a_passing_failure(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file, not a folder")
    with pytest.raises(SendFailed, match="cannot write") as failed:
        Eml(tmp_path / "mail").send(message(), "lead@example.org")
    assert failed.value.server


@pytest.mark.parametrize("recipient", ["a@b.org\r\nBcc: c@d.org", "nobody", "a@b.org, c@d.org", "", "a\n@b.org"])
def test_a_recipient_that_is_no_address_is_refused_and_not_given_up(recipient: str) -> None:
    with pytest.raises(SendFailed, match="not a mail address") as failed:
        message(recipient=recipient)
    assert not failed.value.permanent


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_any_text_comes_through_as_it_is(text: str) -> None:
    clean = "".join(c for c in text if c.isprintable())
    made = build(ENVELOPE, Rendered("s", f"{clean}\n", f"<p>{clean}</p>\n"))
    came = message_from_bytes(made.as_bytes(), policy=policy.default)
    assert isinstance(came, EmailMessage)
    assert body(came, "plain").replace("\r\n", "\n") == f"{clean}\n"


def test_a_message_id_is_stable_and_fits_its_line() -> None:
    sender = f"watch@{'a-very-long-name.' * 6}example.org"
    one = message_id(sender, "2026-03-02T09:00:00", "lead@example.org", [1, 2])
    assert one == message_id(sender, "2026-03-02T09:00:00", "lead@example.org", [1, 2])
    assert one != message_id(sender, "2026-03-02T09:00:00", "other@example.org", [1, 2])
    raw = message(message_id=one, thread=one).as_bytes().decode()
    assert f"Message-ID: {one}\r\n" in raw
    assert f"References: {one}\r\n" in raw
