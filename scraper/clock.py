"""The one clock, and how a time is stored."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, in UTC and aware of it."""
    return datetime.now(UTC)


def stamp(now: datetime) -> str:
    """A time as stored: UTC, ISO 8601, to the microsecond so that text order is time order."""
    return now.astimezone(UTC).isoformat(timespec="microseconds")
