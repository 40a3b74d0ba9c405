"""A plain mail to the operators past the database, for what cannot be stored: the database itself is gone, full, locked or damaged."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from monitor.config import Config
from monitor.database import stamp
from monitor.mail.channels import SendFailed
from monitor.mail.channels.message import Envelope, build, message_id
from monitor.mail.letter import Rendered
from monitor.mail.outbox import open_channel


def operators(config: Config) -> tuple[str, ...]:
    """Who is told of the watch itself."""
    return tuple(dict.fromkeys(address for rule in config.alerts if "source" in rule.about for address in rule.to))


def send_directly(config: Config, subject: str, text: str, now: datetime) -> Iterator[tuple[str, str | None]]:
    """Each operator, with None or the reason why the mail could not be handed over."""
    channel = open_channel(config)
    for recipient in operators(config):
        envelope = Envelope(
            config.mail.sender, recipient, message_id(config.mail.sender, stamp(now), recipient, []), now
        )
        try:
            channel.send(build(envelope, _plain(subject, text)), recipient)
        except SendFailed as error:
            yield recipient, str(error)
        else:
            yield recipient, None


def _plain(subject: str, text: str) -> Rendered:
    html = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.split("\n\n"))
    return Rendered(subject, text, f'<!doctype html><html lang="en"><body>{html}</body></html>')
