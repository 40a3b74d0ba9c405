"""One mail as an `EmailMessage`: the headers that mail programs rely on, none of which any text can break out of."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from monitor.config import mail_address
from monitor.facts import phrases
from monitor.mail.channels import SendFailed
from monitor.mail.letter import Rendered

NAME = "Ofsted Watch"
SUBJECT, WIDTH = "subject", 76
LONGEST_DOMAIN = 36  # the email package spoils ids in headers that it has to fold


EMPTY_LINE = re.compile(r"\A([^:\s]++): ?\r?\n ")
"""The name of a header alone on its line."""


class Policy(EmailPolicy):
    """SMTP's, with the beginning of every header on its own first line, and no blank at the end of any.

    The email package leaves the first line empty where the text would just fit on the next, and some programs then show no subject;
    and it ends a line of a subject with a blank, or doubles one, where a word that is not ASCII follows.
    """

    def fold(self, name: str, value: Any) -> str:
        """The header as lines of text."""
        if name.lower() == SUBJECT:
            return f"{name}: {folded(str(value), self.linesep)}{self.linesep}"
        return EMPTY_LINE.sub(r"\1: ", super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as the bytes that are sent."""
        if name.lower() == SUBJECT:
            return self.fold(name, value).encode("ascii")
        line = super().fold_binary(name, value).decode("ascii", "surrogateescape")
        return EMPTY_LINE.sub(r"\1: ", line).encode("ascii", "surrogateescape")


def folded(subject: str, linesep: str) -> str:
    """A subject of one line on as many as it needs: ASCII is broken at blanks, all else is encoded whole (RFC 2047)."""
    words = subject.split(" ")
    if not subject.isascii() or "=?" in subject or max(map(len, words)) > WIDTH:
        return Header(subject, "utf-8", WIDTH, SUBJECT).encode(linesep=linesep)
    lines, room = [words[0]], WIDTH - len(SUBJECT) - len(": ")
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
            room = WIDTH - 1
    return f"{linesep} ".join(lines)


SMTP = Policy(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who and when. `message_id` and `date` are stored before the first attempt, so that a repeat is the same mail."""

    sender: str
    recipient: str
    message_id: str
    date: datetime
    thread: str | None = None


def build(envelope: Envelope, rendered: Rendered) -> EmailMessage:
    """Text and HTML with headers; raises `SendFailed` where an address cannot be one."""
    message = EmailMessage(policy=SMTP)
    message["From"] = address(envelope.sender, NAME)
    message["To"] = address(envelope.recipient)
    message["Subject"] = phrases.one_line(rendered.subject)
    message["Date"] = envelope.date
    message["Message-ID"] = envelope.message_id
    if envelope.thread:
        message["In-Reply-To"] = envelope.thread
        message["References"] = envelope.thread
    message["List-Id"] = f"{NAME} <ofsted-watch.{domain(envelope.sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    return message


def address(spec: str, name: str = "") -> Address:
    """A name and address for a header; raises `SendFailed` where the address cannot be one."""
    try:
        return Address(name, addr_spec=mail_address(spec))
    except ValueError as error:
        raise SendFailed(f"{phrases.one_line(spec, 100)!r} is not a mail address: {error}") from error


def domain(sender: str) -> str:
    """The part after the @ as far as it fits; ids need to be unique, and not to be found in the DNS."""
    try:
        found = mail_address(sender).rpartition("@")[2]
    except ValueError:  # said where the mail is made, which an id of it need not be
        return "localhost"
    return found if len(found) <= LONGEST_DOMAIN else found[-LONGEST_DOMAIN:].lstrip(".-")


def message_id(sender: str, batch: str, recipient: str, alerts: Sequence[int]) -> str:
    """The id of one mail: the same for the same batch, recipient and alerts, whenever it is asked for."""
    told = "|".join([batch, recipient, *map(str, alerts)])
    return f"<{hashlib.sha256(told.encode()).hexdigest()[:24]}@{domain(sender)}>"
