"""Pure: whether a page that lists stories is still the one that was watched: of one that is not, its links are no news."""

from collections.abc import Sequence
from datetime import date

from scraper.looks import FeedDay

FEW = 4
"""Links: a shorter list may well change as a whole."""
ENOUGH_DAYS = 7
"""Days of looks before it is known how fast a page changes."""


def judge_links(known: int, there: int, new: int, days: Sequence[FeedDay], today: date) -> str:
    """What is wrong with a page of whose links none was there before; "" if some were, or as many are expected since the last look.

    `known` are the links stored before, `there` and `new` those of the page that are and are not among them; `days` the looks before.
    """
    if there or not known or new < FEW:
        return ""
    if len(days) >= ENOUGH_DAYS:
        a_day = sum(one.new for one in days) / len(days)
        if a_day * (today - days[-1].day).days >= new / 2:
            return ""
    return f"not one of its {new} links was there before, as if it were another page"
