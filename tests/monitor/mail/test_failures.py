"""When a mail is given up, to the attempt and the second, and that two claims of one mail are never both granted."""

from datetime import timedelta

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.database import stamp
from monitor.mail.channels import SendFailed
from monitor.mail.failures import FEWEST_ATTEMPTS, PATIENCE, record_failure
from monitor.mail.outbox import assign, claim, waiting
from tests.conftest import Clock
from tests.monitor import mail_rows as given

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("after", "attempts", "permanent", "given_up"),
    [
        (PATIENCE + SECOND, FEWEST_ATTEMPTS, False, 1),
        (PATIENCE + SECOND, FEWEST_ATTEMPTS - 1, False, 0),
        (PATIENCE, FEWEST_ATTEMPTS, False, 0),
        (SECOND, 1, True, 1),
    ],
)
def test_a_mail_is_given_up_after_three_days_and_ten_attempts_or_at_once_where_it_is_refused_for_good(
    db: Database, clock: Clock, after: timedelta, attempts: int, permanent: bool, given_up: int
) -> None:
    batch = stamp(clock() - after)
    error = SendFailed("550 no", permanent=permanent)
    assert record_failure(db, [], batch, attempts, error, clock()) == given_up


def test_a_mail_that_was_listed_before_another_process_took_it_is_not_taken_again(db: Database, clock: Clock) -> None:
    given.authorities(db)
    given.ready(db, 7, clock())
    raise_alerts(db, clock())
    make_deliveries(db, given.config(), clock())
    assign(db, given.config(), "smtp", clock())
    (mail,) = waiting(db, clock())
    assert claim(db, mail, clock())
    assert not claim(db, mail, clock())
