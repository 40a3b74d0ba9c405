"""The one clock."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The clock of the daemon and the commands: now, in UTC and aware of it."""
    return datetime.now(UTC)
