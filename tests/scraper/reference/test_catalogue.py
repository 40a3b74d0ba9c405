"""The built-in outlets: every authority has a feed, every address has the shape its owner gives it, patches are found."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.reference import find_authority, known_authorities
from scraper.reference.catalogue import FILE, Catalogue, feeds_for, outlets, owner_id, patch_of, publisher_of, site_of
from tests.scraper.rule_file_changes import refusal

SURE = {"checked", "pattern", "medium", "guess", "none"}


def names(urns: tuple[str, ...]) -> list[str]:
    by_urn = {authority.urn: authority.name for authority in known_authorities()}
    return [by_urn[urn] for urn in urns]


@pytest.mark.parametrize("authority", known_authorities(), ids=lambda authority: authority.name)
def test_every_authority_has_its_bbc_area_and_the_trade_press(authority: object) -> None:
    feeds = feeds_for([getattr(authority, "urn", "")])
    owners = {outlet.owner for outlet in feeds}
    assert {"bbc", "trade"} <= owners
    assert all(outlet.feed.startswith("https://") for outlet in feeds)


def test_most_authorities_have_a_paper_of_their_own_whose_address_is_sure() -> None:
    sure = [o for o in outlets() if o.sure in ("checked", "pattern") and o.owner not in ("bbc", "trade")]
    having = {urn for outlet in sure for urn in outlet.covers}
    assert len(having) >= 145


def test_names_in_the_catalogue_are_those_of_authorities() -> None:
    known_urns = {authority.urn for authority in known_authorities()}
    assert len(outlets()) > 450
    for outlet in outlets():
        assert set(outlet.covers) <= known_urns
        assert outlet.sure in SURE
        assert bool(outlet.feed) == (outlet.sure != "none")
    covered = [outlet for outlet in outlets() if outlet.owner in ("bbc", "newsquest", "reach", "iliffe")]
    assert all(outlet.covers for outlet in covered)


def test_no_host_and_no_feed_is_listed_twice() -> None:
    hosts = [outlet.host for outlet in outlets() if outlet.owner != "bbc"]
    feeds = [outlet.feed for outlet in outlets() if outlet.feed]
    assert len(hosts) == len(set(hosts))
    assert len(feeds) == len(set(feeds))


@pytest.mark.parametrize(
    ("owner", "shape"),
    [
        ("newsquest", "/news/rss/"),
        ("reach", "/news/?service=rss"),
        ("national_world", "/rss"),
        ("iliffe", "_news_feed.xml"),
    ],
)
def test_addresses_follow_the_pattern_of_the_owner(owner: str, shape: str) -> None:
    found = [outlet for outlet in outlets() if outlet.owner == owner and outlet.feed]
    assert len(found) >= 5
    for outlet in found:
        parts = urlsplit(outlet.feed)
        assert outlet.feed.endswith(shape)
        assert parts.hostname == f"www.{outlet.host}"


def test_reach_is_asked_every_ten_seconds_at_most() -> None:
    assert {outlet.delay for outlet in outlets() if outlet.owner == "reach"} == {10}


@pytest.mark.parametrize(
    ("outlet", "url", "expected"),
    [
        ("Bucks Herald", "", ["Buckinghamshire"]),
        ("The Bucks Herald", "", ["Buckinghamshire"]),
        ("", "https://www.boltonnews.example/1", ["Bolton"]),
        ("", "https://www.theboltonnews.co.uk/news/1.x/", ["Bolton"]),
        ("theboltonnews.co.uk", "", ["Bolton"]),
        ("Some Syndicate", "https://www.thurrockgazette.co.uk/news/1.x/", ["Thurrock"]),
        ("Wigan Chronicle and Observer", "", ["Wigan"]),
        ("BBC News", "https://www.bbc.co.uk/news/uk-england-derbyshire-12345678", ["Derby", "Derbyshire"]),
        ("BBC News", "https://www.bbc.co.uk/news/articles/c0000000000o", []),
        ("The Guardian", "https://www.theguardian.com/society/x", []),
        ("", "https://news.wirral.gov.uk/ofsted", ["Wirral"]),
        ("Nobody's Paper", "https://nobody.example/1", []),
        ("", "", []),
    ],
)
def test_patch(outlet: str, url: str, expected: list[str]) -> None:
    assert names(patch_of(outlet, url)) == expected


def test_a_name_that_several_outlets_have_is_told_by_the_host() -> None:
    assert names(patch_of("The Mail", "https://www.nwemail.co.uk/news/1.x/")) == ["Westmorland and Furness"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "https://www.bucksherald.co.uk/news/a-first-title-1-7000001",
            "https://www.buckinghamtoday.co.uk/news/another-title-1-7000001",
        ),
        (
            "https://www.theboltonnews.co.uk/news/23000001.a-title/",
            "https://www.burytimes.co.uk/news/23000001.another/?ref=rss",
        ),
        ("https://www.birminghammail.co.uk/news/a-28000001", "https://www.coventrytelegraph.net/news/b-28000001"),
        (
            "https://www.kentonline.co.uk/area/news/a-title-9000001/",
            "https://www.newburytoday.co.uk/news/another-9000001",
        ),
        ("https://www.bbc.co.uk/news/articles/c74j43zgyp3o", "https://www.bbc.com/news/articles/c74j43zgyp3o"),
    ],
)
def test_sister_sites_share_the_owners_number(one: str, other: str) -> None:
    assert owner_id(one) == owner_id(other) is not None


def test_other_owners_or_pages_without_a_number_have_none() -> None:
    assert owner_id("https://nobody.example/news/23000001.a/") is None
    assert owner_id("https://www.theboltonnews.co.uk/news/") is None
    assert owner_id("https://www.theboltonnews.co.uk/news/23000001.a/") != owner_id("https://www.lep.co.uk/a-23000001")


def test_papers_of_one_owner_have_one_publisher_and_all_others_are_their_own() -> None:
    assert publisher_of("https://www.theboltonnews.co.uk/a") == publisher_of("https://www.bucksfreepress.co.uk/b/1")
    assert publisher_of("https://www.theboltonnews.co.uk/a") != publisher_of("https://www.birminghammail.co.uk/a")
    assert publisher_of("https://www.nobody.example/a") == site_of("https://m.nobody.example/b") == "nobody.example"
    unowned = {publisher_of(f"https://{outlet.host}/a") for outlet in outlets() if outlet.owner in ("other", "trade")}
    assert unowned.isdisjoint({outlet.owner for outlet in outlets()})


def test_names_are_found_and_still_unique() -> None:
    assert len({authority.urn for authority in known_authorities()}) == 153
    for authority in known_authorities():
        for name in (authority.name, f"{authority.name} Council", authority.urn, *authority.aliases):
            assert find_authority(name, known_authorities()) == authority, name


KENT = "{name: BBC Kent, area: kent, path: kent, sure: checked, covers: [Kent, Medway]}"
WRONG = [
    ("covers: [Kent, Medway]", "cover: [Kent, Medway]", "outlets: bbc: BBC Kent: cover: no such key is known"),
    (
        "covers: [Kent, Medway]",
        "covers: [Kant, Medway]",
        "BBC Kent: covers: 0: no authority is called 'Kant'; is 'Kent' meant?",
    ),
    (
        "area: kent, path: kent, sure: checked",
        "area: kent, path: kent, sure: certain",
        "outlets: bbc: BBC Kent: sure: ",
    ),
    ("area: kent, path", "path", "outlets: bbc: BBC Kent: has neither a feed nor what the pattern of its owner needs"),
    (KENT, "BBC Kent", "outlets: bbc: 1: keys with values are expected"),
    ("  trade:\n", "  trades:\n", "delay: trade: no outlets are listed under 'trade'; is 'trades' meant?"),
    ("bbc: 5", "bbc: 0.5", "delay: bbc: a whole number is expected"),
    (", trade: 5}", "}", "outlets: trade: has no delay"),
    ('newsquest: "/news/(', 'newsquest: "/news/((', "numbers: newsquest: is no regular expression"),
    ('newsquest: "/news/(', 'newsquest: "/news/(?:', "numbers: newsquest: a group around the number is expected"),
    ('newsquest: "https', 'newsqest: "https', "patterns: newsqest: no outlets are listed under 'newsqest'"),
    ('bbc: "https', 'bbc: "ftp', "patterns: bbc: "),
]


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_catalogue_is_refused_with_the_outlet_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    assert says in refusal(tmp_path, FILE, Catalogue, good, bad)
