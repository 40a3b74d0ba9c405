"""Ways by which a mail leaves. A channel hands over one message to one recipient, or says why it could not."""

from email.message import EmailMessage
from typing import Protocol

from monitor.mail.channels.answers import Answer, Fault


class SendFailed(Exception):
    """A mail was not handed over.

    `permanent`: trying again cannot help (there is no such recipient). `server`: the fault is not this mail's, so that others
    would fail alike (no connection, no login) and need not be tried now. `answer`: what the server said, where it spoke.
    """

    def __init__(
        self, message: str, *, permanent: bool = False, server: bool = False, answer: Answer | None = None
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.server = server
        self.answer = answer

    @property
    def refused(self) -> bool:
        """Whether the server said no for good, to whomever: that does not pass by itself."""
        return self.answer is not None and self.answer.code >= 500

    def fault(self, others_taken: bool) -> Fault:
        """Whose fault it is; `others_taken` as in `answers.judge`."""
        if self.permanent:
            return Fault.RECIPIENT
        if self.server:
            return Fault.OURS
        return self.answer.fault(others_taken) if self.answer else Fault.PASSING


class Channel(Protocol):
    """`name` is what `deliveries.channel` holds."""

    name: str

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Hand over the message; returning means that it is out of our hands. Raises `SendFailed`."""
        ...
