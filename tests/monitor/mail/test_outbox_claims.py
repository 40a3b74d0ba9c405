"""Two processes at one outbox, and crashes: a mail is one process's at a time, and a repeat is the same mail."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.database import connect, rows
from monitor.mail.outbox import Delivered, deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import Recorder, Run, states, stored_facts
from tests.monitor.mail.mail_server import serving
from tests.paths import ROOT


def test_a_crash_between_sending_and_recording_repeats_the_same_mail(
    db: Database, clock: Clock, channel: Recorder, run: Run
) -> None:
    given.ready(db, 7, clock())
    channel.failures = [KeyboardInterrupt()]  # type: ignore[list-item]
    with pytest.raises(KeyboardInterrupt):
        run()
    known = rows(db, "SELECT message_id, state FROM deliveries")
    assert known[0]["state"] == "sending"
    clock.move(minutes=5)
    assert run() == Delivered(pending=1), "another process may still be sending it"
    clock.move(minutes=6)
    assert run() == Delivered(sent=1)
    assert channel.sent[0]["Message-ID"] == known[0]["message_id"]


class Interloper(Recorder):
    """Lets another process run in the middle of its own sending."""

    def __init__(self, other: Callable[[], Delivered]) -> None:
        super().__init__()
        self.other, self.others = other, Delivered()

    def send(self, message: EmailMessage, recipient: str) -> None:
        self.others = self.other()
        super().send(message, recipient)


@pytest.mark.parametrize(
    ("recipients", "others"),
    [
        (["a@example.org"], Delivered(pending=1)),
        (["a@example.org", "b@example.org"], Delivered(sent=1, pending=1)),  # the second, before we have come to it
    ],
)
def test_two_processes_send_each_mail_once(
    db: Database, clock: Clock, channel: Recorder, run: Run, tmp_path: Path, recipients: list[str], others: Delivered
) -> None:
    config = given.config(alerts=[{"to": recipients}])
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    make_deliveries(db, config, clock())
    with closing(connect(tmp_path / "data")) as second:
        ours = Interloper(lambda: deliver(second, config, clock, channel=channel, facts=stored_facts))
        assert deliver(db, config, clock, channel=ours, facts=stored_facts) == Delivered(sent=1)
    assert ours.others == others
    assert sorted(mail["To"] for mail in ours.sent + channel.sent) == recipients


KILLED = """
import sys
from datetime import datetime
from pathlib import Path
from monitor.mail.outbox import deliver
from monitor.database.store import connect
from tests.monitor import mail_rows
from tests.monitor.mail.conftest import stored_facts
folder, port, now = Path(sys.argv[1]), int(sys.argv[2]), datetime.fromisoformat(sys.argv[3])
deliver(connect(folder), mail_rows.smtp(port), lambda: now, facts=stored_facts)
"""


def test_killed_after_the_server_took_the_mail_it_is_repeated_as_the_same(
    db: Database, clock: Clock, run: Run, tmp_path: Path
) -> None:
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    make_deliveries(db, given.config(), clock())
    with serving() as server:
        server.slow = 30
        arguments = [str(tmp_path / "data"), str(server.port), clock().isoformat()]
        child = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], cwd=ROOT)
        until(lambda: len(server.mails) == 1)
        child.send_signal(signal.SIGKILL)
        child.wait()
        server.slow = 0
        assert states(db) == [("sending", 1, None)]
        clock.move(minutes=11)
        assert deliver(db, given.smtp(server.port), clock, facts=stored_facts) == Delivered(sent=1)
        clock.move(hours=11)
        assert deliver(db, given.smtp(server.port), clock, facts=stored_facts) == Delivered()
    assert len(server.mails) == 2
    assert len({(mail["Message-ID"], mail["Date"], mail["Subject"]) for mail in server.mails}) == 1


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not done():
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.02)
