"""The mail server of a simulated month: real SMTP on loopback, which notes when each mail came and can be away or refuse."""

import socket
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.month_clock import Clock


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as it was taken, at which time of the watch."""

    at: datetime
    to: str
    message_id: str
    subject: str
    text: str


class Mailbox:
    """What arrived, repeats too, in that order. `state`: `up`, `away` (no server answers) or `refusing` (it takes nothing for now)."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.port, self.state = clock, free_port(), "up"
        self.mails: list[Arrived] = []
        self._server: Controller | None = None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        if self.state == "refusing":
            return "451 4.3.2 not just now"
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        text = str(body.get_content()) if body else ""
        for to in envelope.rcpt_tos:
            self.mails.append(Arrived(self.clock.now(), to, str(message["Message-ID"]), str(message["Subject"]), text))
        return "250 taken"

    def become(self, state: str) -> None:
        """Be up, away or refusing from now on."""
        if state == "away" and self._server:
            self._server.stop()
            self._server = None
        elif state != "away" and self._server is None:
            self._server = Controller(self, hostname="127.0.0.1", port=self.port)
            self._server.start()
        self.state = state


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
