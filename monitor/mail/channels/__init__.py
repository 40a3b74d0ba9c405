"""Ways by which a mail leaves. A channel hands over one message to one recipient, or says why it could not."""

from email.message import EmailMessage
from typing import Protocol


class SendFailed(Exception):
    """A mail was not handed over.

    `permanent`: trying again cannot help (the recipient or the mail is refused for good). `server`: the fault is not this
    mail's, so that others would fail alike (no connection, no login) and need not be tried now.
    """

    def __init__(self, message: str, *, permanent: bool = False, server: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.server = server


class Channel(Protocol):
    """`name` is what `deliveries.channel` holds."""

    name: str

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand over the message; returning means that it is out of our hands. Raises `SendFailed`."""
        ...
