"""The outbox: what is due becomes one letter a recipient, handed over once by a channel, or tried again until it is.

In: `deliveries` that are due. Out: mails, by SMTP or as files. Leaves the state of each delivery, and `attempts`;
of a mail that is given up, an alert and an issue.
"""

from monitor.mail.channels import SendFailed
from monitor.mail.channels.smtp import Smtp
from monitor.mail.direct import send_directly, send_test
from monitor.mail.failures import without_addresses
from monitor.mail.outbox import Delivered, deliver
from monitor.mail.server_state import mail_waits

__all__ = [
    "Delivered",
    "SendFailed",
    "Smtp",
    "deliver",
    "mail_waits",
    "send_directly",
    "send_test",
    "without_addresses",
]
