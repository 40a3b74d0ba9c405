"""A story under several addresses, or edited, is told once, by real crawls and what follows them; what is really another story is told too.

Each case is of an authority of its own, so that many are tried by few crawls.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
import yaml

from monitor.database import connect, rows
from scraper import clock
from tests.end_to_end.conftest import crawl_here
from tests.scraper.spiders.site import Answer, Site

NOW = datetime.now(UTC)
DAY = NOW - timedelta(days=1)
REWRITTEN = "‘Weeks late’: what inspectors say of {} social workers"
WALL = ("Subscribe now to read this article.",)
WORDS = [
    f"{first}{last}"
    for first in ("riv", "mark", "verg", "fest", "wint", "gard")
    for last in ("er", "ets", "ing", "ed", "en", "ally")
]


def prose(seed: str, runs: int = 200) -> tuple[str, ...]:
    """Paragraphs that nobody else has, of some words."""
    chance = random.Random(seed)
    return tuple(" ".join(["The", *chance.choices(WORDS, k=24)]).capitalize() + "." for _ in range(max(1, runs // 25)))


@dataclass(frozen=True)
class Entry:
    """An entry of a feed, and what is at its address (None: what is there already). `{}` in it is the name of its authority."""

    path: str = "/news/{}-4242.childrens-services-still-inadequate/"
    headline: str = "{} children's services still inadequate, Ofsted finds"
    guid: str = "{}-1"
    when: datetime | None = DAY
    text: tuple[str, ...] | None = field(default=None)
    summary: str = "Inspectors from Ofsted have written to {} Council."
    sister: bool = False

    def of(self, name: str) -> "Entry":
        return replace(
            self,
            path=self.path.format(name),
            headline=self.headline.format(name),
            guid=self.guid.format(name),
            summary=self.summary.format(name),
            text=self.text if self.text is not None else (LEDE.format(name), *prose(name)),
        )

    def item(self, site: Site) -> str:
        address = f"{site.second_host if self.sister else site.url}{self.path}"
        return (
            f"<item><title>{escape(self.headline)}</title><link>{escape(address)}</link><description>{escape(self.summary)}</description>"
            + (f"<pubDate>{format_datetime(self.when)}</pubDate>" if self.when else "")
            + (f'<guid isPermaLink="false">{self.guid}</guid>' if self.guid else "")
            + "</item>"
        )


LEDE = "Inspectors from Ofsted say that the children's services of {} Council remain inadequate, in a letter that came out on Monday."
FIRST = Entry()
FAIR = Entry("/news/101.summer-fair/", "Summer fair returns to the seafront", "fair", summary="Bring a chair.").of("")

ELSEWHERE = {
    "what counts visitors": [replace(FIRST, path=f"{FIRST.path}?utm_source=rss&ref=rss", guid="{}-2")],
    "amp": [replace(FIRST, path=f"{FIRST.path}amp/", guid="{}-2")],
    "amp in the query": [replace(FIRST, path=f"{FIRST.path}?amp=1", guid="")],
    "no slash": [replace(FIRST, path=FIRST.path.rstrip("/"), guid="{}-2")],
    "section": [replace(FIRST, path=FIRST.path.replace("/news/", "/politics/"), guid="")],
    "slug": [replace(FIRST, path="/news/{}-4242.no-progress/", guid="{}-2")],
    "host": [replace(FIRST, sister=True, guid="{}-2")],
    "three": [replace(FIRST, path="/politics/{}-4242.a/", guid="{}-2"), replace(FIRST, path="/{}/4242", guid="{}-3")],
    "a wall": [replace(FIRST, path="/politics/{}-4242.a/", guid="{}-2", text=WALL)],
}
EDITED = {
    "title": replace(FIRST, headline=f"UPDATED: {FIRST.headline}"),
    "title rewritten": replace(FIRST, headline=REWRITTEN),
    "title rewritten without a guid": replace(FIRST, headline=REWRITTEN, guid=""),
    "guid": replace(FIRST, guid="{}-2"),
    "time": replace(FIRST, when=NOW),
    "time and guid": replace(FIRST, when=NOW, guid="{}-2"),
    "summary": replace(FIRST, summary="UPDATED: the leader of {} Council has answered."),
    "slug and title": replace(FIRST, path="/news/{}-4242.weeks-late/", headline=REWRITTEN),
    "slug, title and guid": replace(FIRST, path="/news/{}-4242.weeks-late/", headline=REWRITTEN, guid="{}-2"),
    "section and title": replace(FIRST, path=FIRST.path.replace("/news/", "/politics/"), headline=REWRITTEN, guid=""),
    "title, guid and time": replace(FIRST, headline=REWRITTEN, guid="{}-2", when=NOW),
}


def names(count: int) -> list[str]:
    """Of invented authorities."""
    return [f"{chr(ord('A') + number)}lderwick" for number in range(count)]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@dataclass
class Watch:
    """A watch of invented authorities and one paper; its first look is its baseline."""

    config: Path
    site: Site

    def look(self, entries: Sequence[Entry]) -> None:
        """One round of the paper, whose feed has these entries and the fair."""
        listed = "".join(one.item(self.site) for one in (*entries, FAIR))
        body = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>{listed}</channel></rss>'
        self.site.pages["/rss"] = Answer(body.encode(), kind="application/rss+xml")
        for one in entries:
            paragraphs = "".join(f"<p>{line}</p>" for line in one.text or ())
            page = f"<!DOCTYPE html><html><body><article><h1>{escape(one.headline)}</h1>{paragraphs}</article></body></html>"
            self.site.pages[one.path] = Answer(page.encode())
        crawl_here(self.config, "Gazette")

    def told(self) -> dict[str, int]:
        """How many stories were told of each authority."""
        with closing(connect(self.config.parent / "data")) as db:
            found = rows(db, "SELECT u.name FROM alerts a JOIN authorities u ON u.urn = a.urn WHERE a.kind = 'news'")
        return Counter(row["name"] for row in found)

    def kept(self) -> int:
        with closing(connect(self.config.parent / "data")) as db:
            return len(rows(db, "SELECT url FROM articles WHERE label <> 'other'"))


@pytest.fixture
def watch(site: Site, tmp_path: Path) -> Watch:
    known = [{"urn": f"899{number:02}", "name": name} for number, name in enumerate(names(20))]
    told = {
        "contact": "a@example.org",
        "data": "data",
        "watch": names(20),
        "authorities": known,
        "sources": {
            "ofsted": {"url": site.url, "delay": "0s"},
            "news": [{"name": "Gazette", "feed": f"{site.url}/rss", "delay": "0s"}],
        },
        "mail": {"from": "watch@example.org"},
        "alerts": [{"to": ["lead@example.org"]}],
    }
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    return Watch(path, site)


def after(monkeypatch: pytest.MonkeyPatch, passed: timedelta) -> None:
    """The watch's clock is ahead by this from now on."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + passed

    monkeypatch.setattr(clock, "datetime", Later)


def once(cases: dict[str, object]) -> dict[str, int]:
    return dict.fromkeys(cases, 1)


def by_case(cases: Sequence[str], told: dict[str, int]) -> dict[str, int]:
    return {case: told.get(name, 0) for case, name in zip(cases, names(len(cases)), strict=True)}


def test_a_story_at_other_addresses_is_told_once(watch: Watch) -> None:
    cases = list(zip(ELSEWHERE.values(), names(len(ELSEWHERE)), strict=True))
    watch.look([])
    watch.look([FIRST.of(name) for _, name in cases])
    watch.look([one.of(name) for later, name in cases for one in (FIRST, *later)])
    watch.look([one.of(name) for later, name in cases for one in later])
    assert by_case(list(ELSEWHERE), watch.told()) == once(dict(ELSEWHERE))


def test_a_story_that_is_edited_is_told_once(watch: Watch) -> None:
    cases = list(zip(EDITED.values(), names(len(EDITED)), strict=True))
    watch.look([])
    watch.look([FIRST.of(name) for _, name in cases])
    watch.look([later.of(name) for later, name in cases])
    assert by_case(list(EDITED), watch.told()) == once(dict(EDITED))


def test_a_story_behind_a_wall_that_is_edited_at_its_place_is_told_once(watch: Watch) -> None:
    edited = {case: one for case, one in EDITED.items() if one.path == FIRST.path}
    cases = list(zip(edited.values(), names(len(edited)), strict=True))
    watch.look([])
    watch.look([replace(FIRST.of(name), text=WALL) for _, name in cases])
    watch.look([replace(later.of(name), text=WALL) for later, name in cases])
    assert by_case(list(edited), watch.told()) == once(dict(edited))


TOLD_ANEW = {
    "another story, no guid": Entry("/{}/ofsted-update", "Ofsted rates children's services in {} good", ""),
    "another story, the same guid": Entry("/{}/ofsted-update", "Ofsted rates children's services in {} good"),
    "another story under the same headline": Entry(
        "/{}/ofsted-update", "Ofsted update on children's services in {}", ""
    ),
    "no times": Entry("/{}/ofsted-update", "Ofsted rates children's services in {} good", "", None),
}


def used_before(case: str, name: str, days: int) -> Entry:
    """What was at the address of a case so long before."""
    later = TOLD_ANEW[case].of(name)
    headline = later.headline if "same headline" in case else f"Ofsted finds {name} children's services inadequate"
    return replace(
        later, headline=headline, text=(LEDE.format(name), *prose(f"before {name}")), when=later.when and later.when - timedelta(days=days)
    )  # fmt: skip


def test_another_story_at_an_address_used_a_year_before_is_told(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = list(zip(TOLD_ANEW, names(len(TOLD_ANEW)), strict=True))
    after(monkeypatch, -timedelta(days=365))
    watch.look([])
    watch.look([used_before(case, name, 365) for case, name in cases])
    assert by_case(list(TOLD_ANEW), watch.told()) == once(dict(TOLD_ANEW))
    monkeypatch.undo()
    for _ in range(2):
        watch.look([TOLD_ANEW[case].of(name) for case, name in cases])
        assert by_case(list(TOLD_ANEW), watch.told()) == dict.fromkeys(TOLD_ANEW, 2)


def test_an_entry_that_is_of_no_report_until_its_headline_is_rewritten_is_told_then(watch: Watch) -> None:
    (name,) = names(1)
    first = replace(FIRST.of(name), headline="Statement to follow", summary="More soon.")
    watch.look([])
    watch.look([first])
    assert watch.told() == {}
    for _ in range(2):
        watch.look([FIRST.of(name)])
        assert watch.told() == {name: 1}
