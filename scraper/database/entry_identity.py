"""Pure: which entries of a feed are new, and which are those that it had before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scraper.database.entry_tokens import tokens, without_tokens
from scraper.items import FeedEntry
from scraper.reference import one_story
from scraper.text import alike, words_of


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry as it is stored; its `key` is its address where the feed gave it no guid."""

    key: str
    url: str
    headline: str
    published: datetime | None
    first_seen: datetime


@dataclass(frozen=True, slots=True)
class Recognised:
    """The entries that are `new`, the stored ones as the feed has them now, by their key, and {key: the guid it was given since}.

    `replaced` are the keys of stored ones whose place a new one takes.
    """

    new: tuple[FeedEntry, ...]
    there: dict[str, FeedEntry]
    renamed: dict[str, str]
    replaced: frozenset[str] = frozenset()


MOVES_TO = timedelta(days=7)
"""A time that is made anew at each crawl is less than this after the one before; what comes each week is another story."""
ANOTHER = timedelta(days=60)
"""An entry whose time is so much later is another story under the name of one before, though its headline be the same."""


def recognise(entries: Sequence[FeedEntry], stored: Sequence[Seen], now: datetime) -> Recognised:
    """Tell new entries from old ones by their keys.

    A name may be used again: what has another headline long after, or a much later time, is new, and whether it is the old story
    rewritten, its text tells. A guid under which there is another story at another address is no name: some feeds give one to whatever is on top. And a stored
    entry that the feed has no more under its own key is the one with the same headline and address, without tokens, if only one is,
    and about the same time, if both have one.
    """
    keys = {one.key: one for one in stored}
    named = [_named(entry, keys) for entry in entries]
    gone = _Gone(named, stored)
    addresses = Counter(entry.url for entry in entries)
    new: list[FeedEntry] = []
    there: dict[str, FeedEntry] = {}
    renamed: dict[str, str] = {}
    for entry, one in zip(entries, named, strict=True):
        former = keys.get(entry.url)
        if one.key in keys and _is_another(keys[one.key], one, now):
            new.append(one)
        elif one.key in keys:
            there[one.key] = entry
        elif former and former.key not in renamed and (former.headline == entry.headline or addresses[entry.url] == 1):
            renamed[former.key] = one.key
            there[one.key] = entry
        elif again := gone.is_back(one):
            there[again] = entry
        else:
            new.append(one)
    replaced = frozenset(one.key for one in new if one.key in keys)
    return Recognised(tuple(new), there, renamed, replaced)


class _Gone:
    """The stored entries that are not in a feed under their own keys, by how they look."""

    def __init__(self, entries: Sequence[FeedEntry], stored: Sequence[Seen]) -> None:
        own, urls = {entry.key for entry in entries}, {one.url for one in stored}
        gone = [one for one in stored if one.headline and one.key not in own]
        self.names = frozenset().union(*(tokens(entry.url) for entry in entries if entry.url in urls))
        self.known = {_look(one): one for one in gone if one.published}
        self.alike = {self.loosely(one): one for one in gone}
        self.counts = Counter(map(self.loosely, entries))

    def loosely(self, one: FeedEntry | Seen) -> tuple[str, str]:
        """Headline and address without what may be a token; with its fragment where that is what the entry is known by."""
        address = one.key if one.key.startswith(f"{one.url}#") else one.url
        return one.headline, without_tokens(address, self.names)

    def is_back(self, entry: FeedEntry) -> str | None:
        """The key of the stored entry that this one is."""
        same, like = self.known.get(_look(entry)), self.alike.get(self.loosely(entry))
        if same:
            return same.key
        return like.key if like and self.counts[self.loosely(entry)] == 1 and _moved(like, entry) else None


def _moved(before: Seen, now: FeedEntry) -> bool:
    """Whether two times may be of one entry: there are not both, or they are not far apart."""
    return not (before.published and now.published) or abs(now.published - before.published) < MOVES_TO


def _is_another(before: Seen, entry: FeedEntry, now: datetime) -> bool:
    """Whether an entry may be another story under a name used before: soon after it the headline of the same one is changed.

    Where not both bear a time, what has none is put at our look at it.
    """
    since = before.published if entry.published and before.published else before.first_seen
    passed = (entry.published or now) - since
    if not before.headline or not entry.headline or alike(before.headline, entry.headline):
        return bool(entry.published and before.published) and passed >= ANOTHER
    return passed >= MOVES_TO


def _named(entry: FeedEntry, keys: dict[str, Seen]) -> FeedEntry:
    """The entry with a key of its own where another story has its guid: one at another address, unless number and headline show that it is the same."""
    other = keys.get(entry.key)
    if other is None or other.url == entry.url or other.headline == entry.headline:
        return entry
    if one_story(other.url, entry.url) and _retold(other.headline, entry.headline):
        return entry
    return replace(entry, guid=f"{entry.guid} {entry.url}")


def _retold(before: str, now: str) -> bool:
    """Whether a headline has half of the words of another, of the shorter one: the number in an address may be its section's."""
    words, others = set(words_of(before).split()), set(words_of(now).split())
    return 2 * len(words & others) >= min(len(words), len(others))


def _look(one: FeedEntry | Seen) -> tuple[str, datetime | None, str]:
    return one.headline, one.published, one.url.partition("?")[0]
