"""Mail by SMTP: plain, STARTTLS or TLS from the start, with the server's certificate verified, and a login where one is set.

A private certificate authority is trusted by naming its file in `mail.ca_file`. There is no way to switch verification off.
"""

import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from pathlib import Path

from monitor.config import Mail
from monitor.facts import phrases
from monitor.mail.channels import SendFailed
from monitor.mail.channels.answers import GOODBYE, Answer, Fault

TIMEOUT = 30.0  # seconds for each answer of the server
DEADLINES = 2.5
"""How many times as long one mail may take as a whole: less than the time that a service has to stop."""
READY = 220
USUAL_PORTS = {465: "tls", 587: "starttls"}
NOT_TLS = ("WRONG_VERSION_NUMBER", "UNKNOWN_PROTOCOL", "HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE")


class TooLong(OSError):
    """The server answered now and then, and was not done in time."""


class Smtp:
    """One connection for each mail: there are few, and a refused one cannot spoil the next."""

    name = "smtp"

    def __init__(self, mail: Mail, timeout: float = TIMEOUT) -> None:
        self.mail = mail
        self.timeout = timeout

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand the mail over for this one recipient; raises `SendFailed`, which says whether a later attempt may help."""
        with _explained(self.mail, recipient), _connect(self.mail, self.timeout) as server:
            _login(server, self.mail)
            server.send_message(message, self.mail.sender, [recipient])

    def probe(self) -> None:
        """See whether the server answers, encrypts and lets us in, without sending anything. Raises `SendFailed`."""
        with _explained(self.mail, "nobody"), _connect(self.mail, self.timeout) as server:
            server.ehlo_or_helo_if_needed()
            _login(server, self.mail)


@contextmanager
def _connect(mail: Mail, timeout: float) -> Iterator[smtplib.SMTP]:
    """A connection, encrypted as the config says. Closed without ceremony: after the mail is accepted nothing can undo it."""
    host = mail.host or ""
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(timeout=timeout, context=_context(mail.ca_file))
    else:
        server = smtplib.SMTP(timeout=timeout)
    server._host = host  # type: ignore[attr-defined]  # noqa: SLF001 - what the certificate is to be for; set by nothing else where one connects later
    with _no_longer_than(server, DEADLINES * timeout):
        try:
            code, said = server.connect(host, mail.port)
            if code != READY:
                raise smtplib.SMTPConnectError(code, said)
            if mail.security == "starttls":
                server.starttls(context=_context(mail.ca_file))
            yield server
            _quit(server)
        finally:
            server.close()


@contextmanager
def _no_longer_than(server: smtplib.SMTP, seconds: float) -> Iterator[None]:
    """Hang up after so long: a server that says a little now and then is never silent for as long as one answer may take."""
    late = threading.Event()

    def hang_up() -> None:
        late.set()
        with suppress(OSError):
            if server.sock:
                server.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (smtplib.SMTPException, OSError) as error:
        if late.is_set():
            raise TooLong(f"it took longer than {seconds:.0f} s over one mail") from error
        raise
    finally:
        timer.cancel()


def _quit(server: smtplib.SMTP) -> None:
    """Say goodbye; a server that hangs up first has the mail all the same."""
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        return


def _context(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    except ssl.SSLError as error:
        raise SendFailed(
            f"{ca_file} (mail.ca_file) holds no certificate: {error.reason or error}", server=True
        ) from error


def _login(server: smtplib.SMTP, mail: Mail) -> None:
    if not mail.username:
        return
    try:
        server.login(mail.username, password(mail))
    except UnicodeError:  # its message shows a part of the password
        raise SendFailed("the mail server's login takes only ASCII in name and password", server=True) from None


def password(mail: Mail) -> str:
    """The password from the environment or its file; raises `SendFailed` where it is not to be had."""
    if mail.password_env:
        found = os.environ.get(mail.password_env)
        if found is None:
            raise SendFailed(
                f"the environment variable {mail.password_env} (mail.password_env) is not set", server=True
            )
        return found
    if mail.password_file:
        try:
            return mail.password_file.read_text(encoding="utf-8").strip("\r\n")
        except OSError as error:
            raise SendFailed(
                f"cannot read {mail.password_file} (mail.password_file): {error.strerror}", server=True
            ) from error
    raise SendFailed("mail.username is set, but neither mail.password_env nor mail.password_file", server=True)


@contextmanager
def _explained(mail: Mail, recipient: str) -> Iterator[None]:
    """Turn what smtplib and the network raise into `SendFailed`, saying what can be tried again."""
    where = f"{mail.host}:{mail.port}"
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _refused(f"{where} refuses {recipient}", Answer(code, _text(answer))) from error
    except smtplib.SMTPDataError as error:
        said = Answer(error.smtp_code, _text(error.smtp_error), at_data=True)
        raise _refused(f"{where} refuses the mail", said) from error
    except (
        smtplib.SMTPResponseException
    ) as error:  # login, sender, greeting: our account or their server, not this mail
        said = Answer(error.smtp_code, _text(error.smtp_error))
        raise SendFailed(f"{where} refuses us: {_told(said)}", server=True, answer=said) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        what = phrases.one_line(str(error), 300) or type(error).__name__
        raise SendFailed(f"{where}: {what}{_misfit(mail, error)}", server=True) from error


def _misfit(mail: Mail, error: Exception) -> str:
    """Where what the network says may come of a port and a `security` that do not fit, the words for it."""
    usual = USUAL_PORTS.get(mail.port, mail.security)
    if usual != mail.security:
        return f"; port {mail.port} and `security: {mail.security}` do not fit: `security: {usual}` is usual there"
    if mail.security == "tls" and isinstance(error, ssl.SSLError) and error.reason in NOT_TLS:
        return "; the server does not begin with TLS on this port, so it and `security: tls` do not fit: try `starttls`"
    silent = isinstance(error, TimeoutError) or "timed out" in str(error) or "unexpectedly closed" in str(error)
    if mail.security != "tls" and silent:
        return f"; if the server begins with TLS on this port, it and `security: {mail.security}` do not fit: try `tls`"
    return ""


def _refused(what: str, said: Answer) -> SendFailed:
    """What one recipient or one mail was refused with. After 421 the server has hung up, and would on the others."""
    permanent = said.fault(others_taken=False) == Fault.RECIPIENT
    return SendFailed(f"{what}: {_told(said)}", permanent=permanent, server=said.code == GOODBYE, answer=said)


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _told(said: Answer) -> str:
    return f"{said.code} {phrases.one_line(said.text, 300)}"
