"""How long to wait before an address is asked for once more."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

RETRIES = 2
LONGEST_WAIT = 60.0


def before_retry(failed: int, delay: float, asked: float) -> float | None:
    """Seconds to wait after so many `failed` attempts, longer each time and no less than the server `asked` for; None: leave it."""
    wait = max(asked, delay * 2 ** (failed - 1))
    return wait if failed <= RETRIES and wait <= LONGEST_WAIT else None


def retry_after(text: str, now: datetime) -> float:
    """Seconds to wait that a Retry-After header asks for, given in seconds or as a time; 0 where there is none to read."""
    seconds = re.match(r"\s*([0-9]+(?:\.[0-9]+)?)(?![0-9-])", text)
    if seconds:
        return float(seconds[1])
    try:
        when = parsedate_to_datetime(text)
        return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds())
    except (ValueError, OverflowError):
        return 0.0
