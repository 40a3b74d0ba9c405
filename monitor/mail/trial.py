"""`ofsted-watch test-mail`: one mail to every recipient, over the channel that alerts take, to see whether it arrives."""

from collections.abc import Iterator
from datetime import datetime

from monitor.config import Config
from monitor.database import stamp
from monitor.mail.channels import Channel, SendFailed
from monitor.mail.channels.message import Envelope, build, message_id
from monitor.mail.letter import Rendered
from monitor.mail.outbox import open_channel

TEXT = (
    "This is a test. It comes from Ofsted Watch, over the way that alerts take, to everyone whom the config names.\n\n"
    "If you have it, alerts will reach you. If it lies among junk mail, tell your mail program that it is none.\n"
)


def send_test(config: Config, now: datetime) -> Iterator[tuple[str, str | None]]:
    """Each recipient of the config once, with None or the reason why the mail could not be handed over."""
    channel = open_channel(config)
    for recipient in dict.fromkeys(address for rule in config.alerts for address in rule.to):
        yield recipient, _try(channel, config, recipient, now)


def _try(channel: Channel, config: Config, recipient: str, now: datetime) -> str | None:
    identity = message_id(config.mail.sender, stamp(now), recipient, [])
    html = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))
    rendered = Rendered("Test mail of Ofsted Watch", TEXT, f'<!doctype html><html lang="en"><body>{html}</body></html>')
    try:
        channel.send(build(Envelope(config.mail.sender, recipient, identity, now), rendered), recipient)
    except SendFailed as error:
        return str(error)
    return None
