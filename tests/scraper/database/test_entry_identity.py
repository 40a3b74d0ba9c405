"""Which entries of a feed are new: by guid, else by address; what a guid is worth, and what came before there was one."""

from datetime import UTC, datetime, timedelta

import pytest

from scraper.database.entry_identity import Seen, recognise
from scraper.items import FeedEntry

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
SITE = "https://news.example"


def entry(headline: str, path: str, guid: str = "", published: datetime | None = NOON) -> FeedEntry:
    return FeedEntry(f"{SITE}{path}", headline, "", published, guid)


def seen(headline: str, path: str, guid: str = "", published: datetime | None = NOON) -> Seen:
    return Seen(guid or f"{SITE}{path}", f"{SITE}{path}", headline, published, NOON)


CASES = [
    ("no guid, the same address", entry("Edited", "/1"), seen("Story", "/1"), False),
    ("no guid, another address", entry("Story two", "/2"), seen("Story", "/1"), True),
    ("another guid at the same address", entry("Visit praised", "/updates", "2"), seen("Road closed", "/updates", "1"), True),
    ("the same guid, a token in the address", entry("Story", "/1?t=b", "7"), seen("Story", "/1?t=a", "7"), False),
    ("the same guid, an edited headline", entry("Story, edited", "/1", "7"), seen("Story", "/1", "7"), False),
    ("one guid for whatever is on top", entry("Other", "/2", "top"), seen("Story", "/1", "top"), True),
    ("one guid for whatever is on top, at a section's number", entry("Visit praised", "/news?section=4242&slug=visit", "top"), seen("Road closed", "/news?section=4242&slug=road", "top"), True),
    ("one guid for whatever is on top, one of two numbers", entry("Road open", "/news?site=50123&id=988", "top"), seen("Road closed", "/news?site=50123&id=987", "top"), True),
    ("no guid, a token in the address", entry("Story", "/1?t=b"), seen("Story", "/1?t=a"), False),
    ("a number in the address, another headline", entry("Other", "/item?id=2"), seen("Story", "/item?id=1"), True),
    ("a guid anew each time", entry("Story", "/1", "b"), seen("Story", "/1", "a"), False),
    ("a guid that is a link with a token", entry("Story", "/1?t=b", f"{SITE}/1?t=b"), seen("Story", "/1?t=a"), False),
    ("the same guid and number, another slug and headline", entry("Story told anew", "/4242.story-told-anew", "7"), seen("Story", "/4242.story", "7"), False),
    ("no headlines to tell by", entry("", "/item?id=2"), seen("", "/item?id=1"), True),
    ("the same headline a week later", entry("Story", "/1?id=2", published=NOON + timedelta(7)), seen("Story", "/1?id=1"), True),
    ("a token, and no time", entry("Story", "/1?token=b", published=None), seen("Story", "/1?token=a"), False),
    ("a token under any name", entry("Story", "/1?k=x8f2k", published=None), seen("Story", "/1?k=9d71a"), False),
    ("a time as a token", entry("Story", "/1?w=1764264024", published=None), seen("Story", "/1?w=1764260424"), False),
    ("a token in the path", entry("Story", "/s/x8f2k/bad-22", published=None), seen("Story", "/s/9d71a/bad-22"), False),
    ("a token in the path, and a time that moves", entry("Story", "/s/x8f2k/bad-22", published=LATER), seen("Story", "/s/9d71a/bad-22"), False),
    ("a token at the end of the path", entry("Story", "/bad-22/x8f2k1", published=None), seen("Story", "/bad-22/9d71a5"), False),
    ("a session in the path", entry("Story", "/1;jsessionid=A1B2C3", published=None), seen("Story", "/1;jsessionid=D4E5"), False),
    ("a session of another kind", entry("Story", "/(S(x8f2k))/bad-22", published=None), seen("Story", "/(S(9d71a))/bad-22"), False),
    ("a token that is a UUID", entry("Story", "/1?k=0f8fad5b-d9cb-469f-a165-70867728950e"), seen("Story", "/1?k=7c9e6679-7425-40de-944b-e07fc1f90ae7"), False),
    ("a guid anew each time, and no time", entry("Story", "/1", "b", None), seen("Story", "/1", "a"), False),
    ("a guid anew each time, and a time that moves", entry("Story", "/1", "b", LATER), seen("Story", "/1", "a"), False),
    ("all of them anew", entry("Story", "/1?t=b", "b", LATER), seen("Story", "/1?t=a", "a"), False),
    ("a story of each week at one address", entry("Story", "/1", "b", NOON + timedelta(7)), seen("Story", "/1", "a"), True),
    ("another token and another headline", entry("Story two", "/1?t=b", "b", LATER), seen("Story", "/1?t=a", "a"), True),
    ("another story with a token", entry("Story", "/2?t=b", "b", LATER), seen("Story", "/1?t=a", "a"), True),
    ("a number in the path", entry("Story", "/news/123457/story", published=None), seen("Story", "/news/123456/story"), True),
    ("a day in the path", entry("Story", "/2026/05/02/story", published=LATER), seen("Story", "/2026/05/01/story"), True),
    ("a week in the path", entry("Story", "/week18/ofsted-story", published=None), seen("Story", "/week19/ofsted-story"), True),
    ("a day in the path by its name", entry("Story", "/2may2026/ofsted-story", published=None), seen("Story", "/1may2026/ofsted-story"), True),
    ("a token of digits around letters", entry("Story", "/71abc9/bad-22", published=None), seen("Story", "/3de55/bad-22"), False),
    ("a town in the path", entry("Story", "/ayford/ofsted-story", published=None), seen("Story", "/beeton/ofsted-story"), True),
    ("letters and digits that are all that names it", entry("Story", "/local-news/c4g8r9zk2v", published=None), seen("Story", "/local-news/c9x2p1mm7q"), True),
    ("letters and digits under the name of a name", entry("Story", "/1?articleId=x8f2k", published=None), seen("Story", "/1?articleId=9d71a"), True),
    ("another place of one page", entry("Story", "/1", f"{SITE}/1#item-2", None), seen("Story", "/1", f"{SITE}/1#item-1"), True),
    ("the same headline without a time", entry("Story", "/1?id=2", published=None), seen("Story", "/1?id=1"), True),
]  # fmt: skip


@pytest.mark.parametrize(("now", "before", "new"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_entry_is_new_or_it_was_there(now: FeedEntry, before: Seen, new: bool) -> None:
    found = recognise([now], [before], LATER)
    assert (len(found.new), found.renamed) == (new, {})


def test_a_story_under_a_guid_that_another_one_has_gets_a_key_of_its_own_by_which_it_is_known_again() -> None:
    [story] = recognise([entry("Other", "/2", "top")], [seen("Story", "/1", "top")], LATER).new
    assert story.key not in ("top", f"{SITE}/2")
    stored = [seen("Story", "/1", "top"), Seen(story.key, story.url, story.headline, NOON, NOON)]
    assert recognise([entry("Other", "/2", "top")], stored, LATER).new == ()


def test_what_is_still_in_the_feed_is_not_another_one_too() -> None:
    before = seen("Story", "/1?t=a", "a")
    now = [entry("Story", "/1?t=a", "a"), entry("Story", "/1?t=b", "b", LATER)]
    assert recognise(now, [before], LATER).new == (now[1],)
    assert recognise(now[1:], [before], LATER).new == ()


def test_of_two_that_are_alike_neither_is_the_one_that_was_there() -> None:
    now = [entry("Story", "/1?t=b", "b", LATER), entry("Story", "/1?t=c", "c", LATER)]
    assert recognise(now, [seen("Story", "/1?t=a", "a")], LATER).new == tuple(now)


@pytest.mark.parametrize("place", ["/news/{}/ofsted-story", "/story?k={}"])
def test_what_one_entry_of_a_feed_keeps_is_no_token_of_another(place: str) -> None:
    kept = entry("Fair", place.format("c4g8r9"), published=None)
    new = entry("Story", place.format("x8f2k1"), published=None)
    before = [seen("Story", place.format("d5h7t3")), seen("Fair", place.format("c4g8r9"))]
    assert recognise([new, kept], before, LATER).new == (new,)
    assert recognise([new], before, LATER).new == ()


def test_a_feed_that_begins_to_give_guids_has_the_same_entries() -> None:
    before = [seen("Story", "/1"), seen("Fair", "/2")]
    found = recognise(
        [entry("Story", "/1", "a"), entry("Fair, edited", "/2", "b"), entry("New", "/3", "c")], before, LATER
    )
    assert [one.headline for one in found.new] == ["New"]
    assert found.renamed == {f"{SITE}/1": "a", f"{SITE}/2": "b"}


def test_of_several_entries_at_one_address_only_the_one_that_was_stored_takes_over_its_row() -> None:
    found = recognise([entry("New", "/updates", "2"), entry("Old", "/updates", "1")], [seen("Old", "/updates")], LATER)
    assert [one.headline for one in found.new] == ["New"]
    assert found.renamed == {f"{SITE}/updates": "1"}


def test_the_stored_entries_that_are_still_there_are_told_by_their_own_keys() -> None:
    before = [seen("Story", "/1?t=a"), seen("Fair", "/2"), seen("Old", "/3", "top")]
    now = [entry("Story", "/1?t=b"), entry("Fair", "/2", "guid-2"), entry("New", "/4", "top")]
    found = recognise(now, before, LATER)
    assert found.there == {f"{SITE}/1?t=a": now[0], "guid-2": now[1]}
    assert [one.url for one in found.new] == [f"{SITE}/4"]


WEEK, LONG_AFTER, YEAR = timedelta(days=8), timedelta(days=61), timedelta(days=365)
USED_AGAIN = [
    ("another headline, within days", entry("Visit praised", "/u", published=NOON + timedelta(days=6)), seen("Road closed", "/u"), LATER, False),
    ("another headline, a week later", entry("Visit praised", "/u", published=NOON + WEEK), seen("Road closed", "/u"), LATER, True),
    ("another headline, the same guid, a year later", entry("Visit praised", "/u", "7", NOON + YEAR), seen("Road closed", "/u", "7"), LATER, True),
    ("another headline and the old time", entry("Visit praised", "/u"), seen("Road closed", "/u"), NOON + YEAR, False),
    ("a few words more, a month later", entry("UPDATED: Road closed", "/u", published=NOON + timedelta(days=30)), seen("Road closed", "/u"), LATER, False),
    ("the same headline, a year later", entry("Update", "/u", published=NOON + YEAR), seen("Update", "/u"), LATER, True),
    ("no times, another headline, within days", entry("Visit praised", "/u", published=None), seen("Road closed", "/u", published=None), NOON + timedelta(days=6), False),
    ("no times, another headline, a week later", entry("Visit praised", "/u", published=None), seen("Road closed", "/u", published=None), NOON + WEEK, True),
    ("no times, the same headline", entry("Update", "/u", published=None), seen("Update", "/u", published=None), NOON + YEAR, False),
    ("a time that it had not before", entry("Visit praised", "/u"), seen("Road closed", "/u", published=None), NOON + YEAR, False),
    ("a time that it had not before, and a week after our look", entry("Visit praised", "/u", published=NOON + WEEK), seen("Road closed", "/u", published=None), NOON + YEAR, True),
    ("a time that it had not before, and the same headline", entry("Update", "/u", published=NOON + YEAR), seen("Update", "/u", published=None), NOON + YEAR, False),
    ("a time no more, another headline, within days", entry("Visit praised", "/u", published=None), seen("Road closed", "/u"), NOON + timedelta(days=6), False),
    ("a time no more, another headline, a week later", entry("Visit praised", "/u", published=None), seen("Road closed", "/u"), NOON + WEEK, True),
    ("a time no more, the same headline", entry("Update", "/u", published=None), seen("Update", "/u"), NOON + YEAR, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("entry_now", "before", "at", "new"), [case[1:] for case in USED_AGAIN], ids=[case[0] for case in USED_AGAIN]
)
def test_a_name_that_is_used_again_long_after_is_of_another_story_that_takes_its_place(
    entry_now: FeedEntry, before: Seen, at: datetime, new: bool
) -> None:
    found = recognise([entry_now], [before], at)
    assert found.new == ((entry_now,) if new else ())
    assert entry_now.key == before.key


@pytest.mark.parametrize("published", [NOON, None])
@pytest.mark.parametrize(
    "address", ["http://news.example/1/story", "https://www.news.example/1/story", f"{SITE}/1/story/"]
)
def test_a_site_that_moves_to_tls_to_www_or_to_another_ending_has_the_same_entries(
    address: str, published: datetime | None
) -> None:
    found = recognise(
        [FeedEntry(address, "Story", "", published)], [seen("Story", "/1/story", published=published)], LATER
    )
    assert found.new == ()
    other = FeedEntry(address.replace("news.example", "other.example"), "Story", "", published)
    assert recognise([other], [seen("Story", "/1/story", published=published)], LATER).new == (other,)
