"""An invented paper, its feed and its articles on loopback, and a watch of it whose clock can be set."""

import json
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
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
LEDE = "Inspectors from Ofsted say that the children's services of {} Council remain inadequate, in a letter that came out on Monday."
WORDS = [
    f"{first}{last}"
    for first in ("riv", "mark", "verg", "fest", "wint", "gard")
    for last in ("er", "ets", "ing", "ed", "en", "ally")
]


def prose(seed: str) -> tuple[str, ...]:
    """Eight paragraphs that nobody else has, some 200 words."""
    chance = random.Random(seed)
    return tuple(" ".join(["The", *chance.choices(WORDS, k=24)]) + "." for _ in range(8))


@dataclass(frozen=True)
class Entry:
    """An entry of a feed, and the text at its address; `{}` in it is the name of its authority. `sister`: on the paper's other host."""

    path: str = "/news/{}-4242.childrens-services-still-inadequate/"
    headline: str = "{} children's services still inadequate, Ofsted finds"
    guid: str = "{}-1"
    when: datetime | None = NOW - timedelta(days=1)
    text: tuple[str, ...] = ()
    summary: str = "Inspectors from Ofsted have written to {} Council."
    sister: bool = False

    def of(self, name: str) -> "Entry":
        """This entry about an authority, with a text of its own unless it has one."""
        return replace(
            self,
            path=self.path.format(name),
            headline=self.headline.format(name),
            guid=self.guid.format(name),
            summary=self.summary.format(name),
            text=self.text or (LEDE.format(name), *prose(name)),
        )

    def item(self, site: Site) -> str:
        """As a feed has it."""
        address = f"{site.second_host if self.sister else site.url}{self.path}"
        return (
            f"<item><title>{escape(self.headline)}</title><link>{escape(address)}</link><description>{escape(self.summary)}</description>"
            + (f"<pubDate>{format_datetime(self.when)}</pubDate>" if self.when else "")
            + (f'<guid isPermaLink="false">{self.guid}</guid>' if self.guid else "")
            + "</item>"
        )

    def page(self) -> Answer:
        """What is at its address."""
        paragraphs = "".join(f"<p>{line}</p>" for line in self.text)
        return Answer(
            f"<!DOCTYPE html><html><body><article><h1>{escape(self.headline)}</h1>{paragraphs}</article></body></html>".encode()
        )


@dataclass
class Watch:
    """A watch of invented authorities and of one paper, the Gazette; its first look is its baseline."""

    config: Path
    site: Site

    def look(self, entries: Sequence[Entry]) -> None:
        """One round of the paper, whose feed has these entries."""
        listed = "".join(one.item(self.site) for one in entries)
        body = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>x</title>{listed}</channel></rss>'
        self.site.pages["/rss"] = Answer(body.encode(), kind="application/rss+xml")
        for one in entries:
            self.site.pages[one.path] = one.page()
        crawl_here(self.config, "Gazette")

    def told(self) -> dict[str, int]:
        """How many stories were told of each authority."""
        with closing(connect(self.config.parent / "data")) as db:
            found = rows(db, "SELECT u.name FROM alerts a JOIN authorities u ON u.urn = a.urn WHERE a.kind = 'news'")
        return Counter(row["name"] for row in found)

    def notices(self) -> list[tuple[bool, str]]:
        """What was told of the paper itself: whether it is well, and the words."""
        with closing(connect(self.config.parent / "data")) as db:
            found = rows(
                db,
                "SELECT detail FROM alerts WHERE kind = 'source' AND detail LIKE '%Gazette%' OR source = 'Gazette' ORDER BY id",
            )
        return [(told["well"], told["message"]) for told in (json.loads(row["detail"]) for row in found)]


def watch_of(folder: Path, site: Site, names: Sequence[str]) -> Watch:
    """A watch of these invented authorities that has looked at nothing yet."""
    told = {
        "contact": "a@example.org",
        "data": "data",
        "watch": list(names),
        "authorities": [{"urn": f"899{number:02}", "name": name} for number, name in enumerate(names)],
        "sources": {
            "ofsted": {"url": site.url, "delay": "0s"},
            "news": [{"name": "Gazette", "feed": f"{site.url}/rss", "every": "1d", "delay": "0s"}],
        },
        "mail": {"from": "watch@example.org"},
        "alerts": [{"to": ["lead@example.org"]}],
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    return Watch(path, site)


def after(monkeypatch: pytest.MonkeyPatch, passed: timedelta) -> None:
    """The watch's clock is ahead by this from now on."""

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + passed

    monkeypatch.setattr(clock, "datetime", Later)
