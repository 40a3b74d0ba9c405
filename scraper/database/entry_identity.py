"""Pure: which entries of a feed are new, and which are those that it had before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scraper.items import FeedEntry


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as it is stored; its `key` is its address where the feed gave it no guid."""

    key: str
    url: str
    headline: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Recognised:
    """The entries that are `new`, the stored ones as the feed has them now, by their key, and {key: the guid it was given since}."""

    new: tuple[FeedEntry, ...]
    there: dict[str, FeedEntry]
    renamed: dict[str, str]


def recognise(entries: Sequence[FeedEntry], stored: Sequence[Seen]) -> Recognised:
    """Tell new entries from old ones by their keys.

    A guid under which there is another story at another address is no name: some feeds give one to whatever is on top. And where
    headline, time and path are the same it is the same entry, though its address bears a token or its guid is a new one each time.
    """
    keys = {one.key: one for one in stored}
    looks = {_look(one): one.key for one in stored if one.published and one.headline}
    addresses = Counter(entry.url for entry in entries)
    new: list[FeedEntry] = []
    there: dict[str, FeedEntry] = {}
    renamed: dict[str, str] = {}
    for entry in entries:
        named = _named(entry, keys)
        former = keys.get(entry.url)
        if named.key in keys:
            there[named.key] = entry
        elif former and former.key not in renamed and (former.headline == entry.headline or addresses[entry.url] == 1):
            renamed[former.key] = named.key
            there[named.key] = entry
        elif _look(entry) in looks:
            there[looks[_look(entry)]] = entry
        else:
            new.append(named)
    return Recognised(tuple(new), there, renamed)


def _named(entry: FeedEntry, keys: dict[str, Seen]) -> FeedEntry:
    """The entry with a key of its own where another story has its guid."""
    other = keys.get(entry.key)
    if other is None or other.url == entry.url or other.headline == entry.headline:
        return entry
    return replace(entry, guid=f"{entry.guid} {entry.url}")


def _look(one: FeedEntry | Seen) -> tuple[str, datetime | None, str]:
    return one.headline, one.published, one.url.partition("?")[0]
