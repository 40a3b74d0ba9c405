"""Plain mails past the outbox: to the operators about what cannot be stored, and to everyone to see whether mail arrives."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from monitor.config import Config
from monitor.database import stamp
from monitor.mail.channels import SendFailed
from monitor.mail.channels.message import Envelope, build, message_id
from monitor.mail.letter import Rendered
from monitor.mail.outbox import open_channel

Outcome = tuple[str, str | None]
"""A recipient, with None or the reason why the mail could not be handed over."""

TEST_SUBJECT = "Test mail of Ofsted Watch"
TEST = (
    "This is a test. It comes from Ofsted Watch, over the way that alerts take, to everyone whom the config names.\n\n"
    "If you have it, alerts will reach you. If it lies among junk mail, tell your mail program that it is none.\n"
)


def send_directly(config: Config, subject: str, text: str, now: datetime) -> Iterator[Outcome]:
    """Tell those who run the watch, each once."""
    told = (address for rule in config.alerts if "source" in rule.about for address in rule.to)
    return _send(config, told, subject, text, now)


def send_test(config: Config, now: datetime) -> Iterator[Outcome]:
    """Send a test to each recipient of the config, once."""
    return _send(config, (address for rule in config.alerts for address in rule.to), TEST_SUBJECT, TEST, now)


def _send(config: Config, recipients: Iterable[str], subject: str, text: str, now: datetime) -> Iterator[Outcome]:
    channel, sender = open_channel(config), config.mail.sender
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
    rendered = Rendered(subject, text, f'<!doctype html><html lang="en"><body>{html}</body></html>')
    for recipient in dict.fromkeys(recipients):
        identity = message_id(sender, stamp(now), recipient, [])
        try:
            channel.send(build(Envelope(sender, recipient, identity, now), rendered), recipient)
        except SendFailed as error:
            yield recipient, str(error)
            if error.server:  # the others would wait as long for the same
                return
        else:
            yield recipient, None
