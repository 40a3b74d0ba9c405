"""When a recipient is told: at once, or at the next digest by the clock on the wall."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.config import When


def due_at(when: When, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) from which an alert that came up `now` is to be sent.

    A digest has one moment per local date: the first of the two where the clocks go back, and where they go forward over
    it, the same time by the clock before the change. So no date has two digests and none is left out.
    """
    if when.kind == "now":
        return now.astimezone(UTC)
    day = now.astimezone(zone).date()
    for ahead in range(9):
        moment = datetime.combine(day + timedelta(days=ahead), time(when.hour, when.minute), zone).astimezone(UTC)
        if moment > now and when.weekday in (None, (day + timedelta(days=ahead)).weekday()):
            return moment
    raise AssertionError("every weekday comes within nine days")
