"""Which entries of a feed are new: by guid, else by address; what a guid is worth, and what came before there was one."""

from datetime import UTC, datetime, timedelta

import pytest

from scraper.database.entry_identity import Seen, recognise
from scraper.items import FeedEntry

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
SITE = "https://news.example"


def entry(headline: str, path: str, guid: str = "", published: datetime | None = NOON) -> FeedEntry:
    return FeedEntry(f"{SITE}{path}", headline, "", published, guid)


def seen(headline: str, path: str, guid: str = "") -> Seen:
    return Seen(guid or f"{SITE}{path}", f"{SITE}{path}", headline, NOON)


CASES = [
    ("no guid, the same address", entry("Edited", "/1"), seen("Story", "/1"), False),
    ("no guid, another address", entry("Story two", "/2"), seen("Story", "/1"), True),
    ("another guid at the same address", entry("Visit praised", "/updates", "2"), seen("Road closed", "/updates", "1"), True),
    ("the same guid, a token in the address", entry("Story", "/1?t=b", "7"), seen("Story", "/1?t=a", "7"), False),
    ("the same guid, an edited headline", entry("Story, edited", "/1", "7"), seen("Story", "/1", "7"), False),
    ("one guid for whatever is on top", entry("Other", "/2", "top"), seen("Story", "/1", "top"), True),
    ("no guid, a token in the address", entry("Story", "/1?t=b"), seen("Story", "/1?t=a"), False),
    ("a number in the address, another headline", entry("Other", "/item?id=2"), seen("Story", "/item?id=1"), True),
    ("a guid anew each time", entry("Story", "/1", "b"), seen("Story", "/1", "a"), False),
    ("a guid that is a link with a token", entry("Story", "/1?t=b", f"{SITE}/1?t=b"), seen("Story", "/1?t=a"), False),
    ("no headlines to tell by", entry("", "/item?id=2"), seen("", "/item?id=1"), True),
    ("the same headline a week later", entry("Story", "/1?id=2", published=NOON + timedelta(7)), seen("Story", "/1?id=1"), True),
    ("the same headline without a time", entry("Story", "/1?id=2", published=None), seen("Story", "/1?id=1"), True),
]  # fmt: skip


@pytest.mark.parametrize(("now", "before", "new"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_entry_is_new_or_it_was_there(now: FeedEntry, before: Seen, new: bool) -> None:
    found = recognise([now], [before])
    assert (len(found.new), found.renamed) == (new, {})


def test_a_story_under_a_guid_that_another_one_has_gets_a_key_of_its_own_by_which_it_is_known_again() -> None:
    [story] = recognise([entry("Other", "/2", "top")], [seen("Story", "/1", "top")]).new
    assert story.key not in ("top", f"{SITE}/2")
    stored = [seen("Story", "/1", "top"), Seen(story.key, story.url, story.headline, NOON)]
    assert recognise([entry("Other", "/2", "top")], stored).new == ()


def test_a_feed_that_begins_to_give_guids_has_the_same_entries() -> None:
    before = [seen("Story", "/1"), seen("Fair", "/2")]
    found = recognise([entry("Story", "/1", "a"), entry("Fair, edited", "/2", "b"), entry("New", "/3", "c")], before)
    assert [one.headline for one in found.new] == ["New"]
    assert found.renamed == {f"{SITE}/1": "a", f"{SITE}/2": "b"}


def test_of_several_entries_at_one_address_only_the_one_that_was_stored_takes_over_its_row() -> None:
    found = recognise([entry("New", "/updates", "2"), entry("Old", "/updates", "1")], [seen("Old", "/updates")])
    assert [one.headline for one in found.new] == ["New"]
    assert found.renamed == {f"{SITE}/updates": "1"}


def test_the_stored_entries_that_are_still_there_are_told_by_their_own_keys() -> None:
    before = [seen("Story", "/1?t=a"), seen("Fair", "/2"), seen("Old", "/3", "top")]
    now = [entry("Story", "/1?t=b"), entry("Fair", "/2", "guid-2"), entry("New", "/4", "top")]
    found = recognise(now, before)
    assert found.there == {f"{SITE}/1?t=a": now[0], "guid-2": now[1]}
    assert [one.url for one in found.new] == [f"{SITE}/4"]
