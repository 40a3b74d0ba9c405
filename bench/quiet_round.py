"""A whole round of Ofsted's site with nothing new, against a bare Scrapy spider that makes the same requests: seconds, and where ours go.

    python -m bench.quiet_round [--times 7] [--whole] [--moving]

On loopback stands a site with a page for each of the 153 authorities, as Ofsted's: 8 to 12 reports, no usable validators of pages, those
of files good for a 304. After a baseline round, each is run as a process of its own, in turns, with no delay between requests: a crawl as the daemon
starts it, and the spider of `bare_spider.py`. Start-up counts in both; the processor's time is that of all their processes, the server's left out.
`--whole`: every answer is a whole one, as where the last whole one is a day old. `--moving`: every page differs from the last in a byte or two.
"""

import argparse
import asyncio
import io
import itertools
import json
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest import mock

from monitor.config import Config
from monitor.database import begin
from monitor.rounds import crawl, crawls
from scraper.fetching.settings import OFF
from scraper.reference import known_authorities
from tests.scraper.spiders.site import Answer, Site

BARE_SPIDER = Path(__file__).with_name("bare_spider.py")
LABELS = (
    "Children's services inspection", "Children's services focused visit", "Joint area child protection inspection", "Area SEND full inspection",
)  # fmt: skip
LEAN = {**OFF, "ROBOTSTXT_OBEY": True}
SHOWN = 5
PDF_BYTES = 100_000
HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8"/>
  <link rel="stylesheet" href="/css/style.css" />
  <meta name="dcterms.creator" content="Ofsted Communications Team. enquiries@ofsted.gov.uk">
  <title>{name} - Open - Find an Inspection Report - Ofsted</title>
</head>
<body>
  <div class="container"><a class="skip-link" href="#main">Skip to main content</a></div>
  <div class="main-content">
    <div class="cookie-banner" data-nosnippet="data-nosnippet"><div class="container">
      <h2 class="cookie-banner__heading heading--sub">Tell us whether you accept cookies</h2></div></div>
    <header class="header"><div class="container"><a class="header__home-link" href="/"><span class="nonvisual">Ofsted homepage</span></a></div></header>
    <main id="main" tabindex="-1">
    <div class="module title-block"><div class="container">
      <ol class="breadcrumbs"><li class="crumb"><a href="/">Home</a></li><li class="crumb">{name}</li></ol>
      <h1 class="heading--title title-block__heading">{name}</h1>
      <p class="heading--main title-block__subheading">URN: {urn}</p>
    </div></div>
    <div class="provider provider--la"><div class="container"><div class="module">
      <h2 class="timeline__title heading--sub">All reports</h2>
      <ol class="timeline">
"""
FOOT = """      <li class="timeline__day timeline__day--opened"><div class="event"><p class="timeline__date"><time>01 April 1997</time></p>
        <span class="event__title heading--sub">Opened</span></div></li>
      </ol>
    </div></div></div></main>
  </div>
  <footer class="footer"><div class="container"><ul class="footer__links list-inline"><li><a href="/terms-and-conditions">Terms of use</a></li></ul></div></footer>
</body>
</html>
"""
EVENT = """      <li class="timeline__day">
        <div class="event">
          <p class="timeline__date"><time>{visit:%d %B %Y}</time></p>
          <span class="event__title heading--sub"><a class="publication-link" target="_blank" href="{host}/v1/file/{number}">
              {label}
              <span class="nonvisual">{label}, pdf - {day:%d %B %Y}</span></a>
            <div class="event__metadata"><span class="filetype">pdf</span> &ndash; Published <time pubdate>{day:%d %B %Y}</time></div></span>
        </div>
      </li>
"""
ARCHIVE = """      <li class="timeline__day timeline__day--has-archive"><details><summary><span class="expander-see-more">See older reports</span></summary>
        <div class="timeline__archive"><ol>
{older}        </ol></div></details></li>
"""


class QuietSite(Site):
    """All authorities with their reports; where it is `moving`, each answer of a page has a token that no other has."""

    moving = False

    def fill(self) -> None:
        numbers = itertools.count(50_200_000, 7)
        for place, authority in enumerate(known_authorities()):
            reports = [next(numbers) for _ in range(8 + place % 5)]
            self.pages[f"/provider/44/{authority.urn}"] = self.page(authority.urn, f"{authority.name} Council", reports)
            for number in reports:
                body = b"%PDF-1.7\n" + f"{number} ".encode() * (PDF_BYTES // 9) + b"\n%%EOF\n"
                self.pages[f"/v1/file/{number}"] = Answer(body, kind="application/pdf", headers={"ETag": f'"{number}"'})
        self.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /admin/\n", kind="text/plain")

    def page(self, urn: str, name: str, reports: list[int]) -> Answer:
        days = [date(2026, 2, 3) - timedelta(days=290 * place) for place in range(len(reports))]
        events = [
            EVENT.format(visit=day - timedelta(days=35), day=day, host=self.second_host, number=number, label=label.replace("'", "&#039;"))
            for number, day, label in zip(reversed(reports), days, itertools.cycle(LABELS))
        ]  # fmt: skip
        listed = "".join(events[:SHOWN]) + ARCHIVE.format(older="".join(events[SHOWN:]))
        return Answer((HEAD.format(name=name, urn=urn) + listed + FOOT).encode())

    def move(self) -> None:
        for path, answer in self.pages.items():
            if path.startswith("/provider/"):
                body = answer.body.partition(b"<!--")[0] + f"<!-- {time.time_ns()} -->\n".encode()
                self.pages[path] = Answer(body)

    def requests(self) -> list[tuple[str, dict[str, str]]]:
        """What was asked for, as (address, those headers that matter), and forgets it."""
        asked, self.asked = self.asked, []
        wanted = ("If-None-Match", "If-Modified-Since", "Accept")
        return [
            (f"http://{headers['Host']}{path}", {name: headers[name] for name in wanted if name in headers})
            for path, headers in asked
            if path != "/robots.txt"
        ]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, of the processor and in all."""

    processor: float
    wall: float


def cost_of(work: Callable[[], object]) -> Cost:
    """What a child takes that is begun and waited for; its own children count."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def config_for(folder: Path, url: str) -> Config:
    told = {
        "data": str(folder / "data"), "contact": "you@example.org", "watch": ["all"], "sources": {"ofsted": {"url": url, "delay": "0s"}},
        "alerts": [{"to": ["you@example.org"]}], "mail": {"from": "watch@example.org"},
    }  # fmt: skip
    return Config.model_validate(told)


def our_round(config: Config, *, whole: bool) -> None:
    done = asyncio.run(crawl(config, "ofsted", lambda: datetime.now(UTC), full=whole))
    assert done.verdict == "ok", done.message


def bare_round(asked: list[tuple[str, dict[str, str]]], settings: dict[str, object]) -> None:
    told = json.dumps({"asked": asked, "settings": settings})
    subprocess.run([sys.executable, BARE_SPIDER], input=told, text=True, check=True)


def profiled(config: Config, folder: Path, *, whole: bool) -> str:
    """Where the crawl's own process spends its time; that of its worker is what the reading of a page takes there."""
    file = folder / "profile"
    with mock.patch.object(crawls, "CHILD", (sys.executable, "-P", "-m", "cProfile", "-o", str(file), "-m", "scraper")):
        our_round(config, whole=whole)
    said = io.StringIO()
    stats = pstats.Stats(str(file), stream=said)
    stats.sort_stats("cumulative").print_stats(r"scraper/|importlib|sqlite|select|execute", 40)
    return "\n".join(line for line in said.getvalue().splitlines() if line.strip())


def told(name: str, costs: list[Cost]) -> str:
    def spread(seconds: list[float]) -> str:
        return f"{statistics.median(seconds):5.2f} s ({min(seconds):.2f} to {max(seconds):.2f})"

    return f"{name:<28} processor {spread([c.processor for c in costs])}, wall {spread([c.wall for c in costs])}"


def ratios(ours: list[Cost], others: list[Cost]) -> str:
    """Turn by turn, so that what else the machine does weighs on both."""

    def of(seconds: list[float]) -> str:
        return f"{statistics.median(seconds):.2f} ({min(seconds):.2f} to {max(seconds):.2f})"

    pairs = list(zip(ours, others, strict=True))
    return (
        f"processor {of([a.processor / b.processor for a, b in pairs])}, wall {of([a.wall / b.wall for a, b in pairs])}"
    )


def measured(site: QuietSite, config: Config, times: int, *, whole: bool) -> Iterator[str]:
    ours, bare, lean = list[Cost](), list[Cost](), list[Cost]()
    for _ in range(times):
        if site.moving:
            site.move()
        ours.append(cost_of(partial(our_round, config, whole=whole)))
        asked = site.requests()
        for costs, settings in ((bare, {}), (lean, LEAN)):
            costs.append(cost_of(partial(bare_round, asked, settings)))
            assert sorted(map(str, site.requests())) == sorted(map(str, asked)), "the spider asked for something else"
    yield f"{len(asked)} requests a round, {sum('If-None-Match' in headers for _, headers in asked)} of them conditional"
    yield told("ours", ours)
    yield told("a bare spider", bare)
    yield told("the same with our settings", lean)
    yield f"ours to the bare spider: {ratios(ours, bare)}"
    yield f"ours to the one with our settings: {ratios(ours, lean)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--moving", action="store_true")
    parser.add_argument("--profile", action="store_true", help="only that")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, closing(QuietSite()) as site:
        site.moving = args.moving
        site.fill()
        config = config_for(Path(name), site.url)
        begin(config.data).close()
        print(f"the baseline: {told('', [cost_of(lambda: our_round(config, whole=False))])}")
        site.requests()
        if not args.profile:
            for line in measured(site, config, args.times, whole=args.whole):
                print(line, flush=True)
        print(profiled(config, Path(name), whole=args.whole))


if __name__ == "__main__":
    main()
