"""A night of news feeds on loopback: requests, bytes and seconds, and how many articles are fetched and kept.

    bench/news_night.py [--feeds 60] [--rounds 10]

Each round is an hour of the night: every feed is polled once, by a child process each, two at a time, as the daemon does with two
hosts. A feed has 40 entries; each hour one feed in three has a new one, and one new entry in fifteen speaks of children's services.
Feeds answer 304 where nothing is new. Delays between requests are 0 here: they are waiting, not work.
"""

import argparse
import asyncio
import json
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from monitor.config import load_config
from monitor.database import connect, value
from monitor.news import link_articles
from monitor.rounds import crawl
from scraper.articles import looks_relevant
from scraper.items import FeedEntry
from scraper.pages import ArticleAsked, Page, Paper, feed
from scraper.pages.reading import read_fetched
from scraper.reference import known_authorities

ENTRIES, ARTICLE_BYTES = 40, 200_000
BEGAN = datetime(2026, 3, 2, 20, tzinfo=UTC)
OFTEN, RELEVANT = 3, 15


class Night:
    """The outlets as they are at an hour of the night; counts what they are asked."""

    def __init__(self) -> None:
        self.hour, self.requests, self.bytes, self.unchanged = 0, 0, 0, 0

    def entries(self, number: int) -> range:
        new = sum((number + hour) % OFTEN == 0 for hour in range(1, self.hour + 1))
        return range(new, new + ENTRIES)

    def feed(self, number: int) -> bytes:
        items = "".join(
            f"<item><title>{headline(number, entry)}</title><link>http://{host(number)}:PORT/{number}/{entry}</link>"
            f"<pubDate>{(BEGAN + timedelta(minutes=entry)):%a, %d %b %Y %H:%M:%S GMT}</pubDate></item>"
            for entry in self.entries(number)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Outlet {number}</title>{items}</channel></rss>'.encode()


def host(number: int) -> str:
    return f"127.0.0.{number + 2}"


def headline(number: int, entry: int) -> str:
    about = (number + entry) % RELEVANT == 0
    return (
        f"Ofsted on Kent children's services, part {number}-{entry}"
        if about
        else f"Bypass closed again for roadworks {number}-{entry}"
    )


def page(number: int, entry: int) -> bytes:
    words = " ".join(f"word{number * 7 + entry}x{place}" for place in range(300))
    text = f"<h1>{headline(number, entry)}</h1><p>Ofsted inspectors visited Kent County Council in May. {words}.</p>"
    return f"<html><head><title>x</title><script>/*{'x' * ARTICLE_BYTES}*/</script></head><body><article>{text}</article></body></html>".encode()


def handler(night: Night, port: list[int]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = self.path.strip("/").split("/")
            if parts[-1] == "robots.txt":
                return self.answer(b"User-agent: *\nDisallow:\n", "text/plain")
            if parts[-1] == "rss.xml":
                body = night.feed(int(parts[0])).replace(b"PORT", str(port[0]).encode())
                return self.answer(body, "application/rss+xml", f'"{night.entries(int(parts[0])).start}"')
            return self.answer(page(int(parts[0]), int(parts[1])), "text/html; charset=utf-8")

        def answer(self, body: bytes, kind: str, etag: str = "") -> None:
            same = bool(etag) and self.headers.get("If-None-Match") == etag
            night.requests, night.unchanged = night.requests + 1, night.unchanged + same
            self.send_response(304 if same else 200)
            self.send_header("Content-Type", kind)
            if etag:
                self.send_header("ETag", etag)
            self.send_header("Content-Length", str(0 if same else len(body)))
            self.end_headers()
            if not same:
                night.bytes += self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    return Handler


def config_file(folder: Path, feeds: int, port: int) -> Path:
    news = [
        {"name": f"Outlet {n}", "feed": f"http://{host(n)}:{port}/{n}/rss.xml", "covers": ["Kent"], "delay": "0s"}
        for n in range(feeds)
    ]
    told = {
        "data": str(folder / "data"), "contact": "you@example.org", "watch": ["Kent"],
        "sources": {"news": news}, "alerts": [{"to": ["you@example.org"]}], "mail": {"from": "watch@example.org"},
    }  # fmt: skip
    file = folder / "config.yaml"
    file.write_text(json.dumps(told))
    return file


async def poll_all(file: Path, feeds: int) -> int:
    config, two = load_config(file), asyncio.Semaphore(2)

    async def poll(number: int) -> str:
        async with two:
            return (await crawl(config, f"Outlet {number}", lambda: datetime.now(UTC))).verdict

    verdicts = await asyncio.gather(*(poll(number) for number in range(feeds)))
    return sum(verdict != "ok" for verdict in verdicts)


def each(work: Callable[[], object], times: int) -> float:
    """The milliseconds of the processor that one of several runs takes; the first, which reads the rules, is left out."""
    work()
    started = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - started) / times


def reading_times() -> Iterator[str]:
    """What it takes to read a feed, to judge one of its entries, and to read an article."""
    now, url = datetime.now(UTC), f"http://{host(0)}/0/{RELEVANT}"
    body = Night().feed(0).replace(b":PORT", b"")
    entries = feed.parse_feed(body, url, now).entries
    judged = each(lambda: [looks_relevant(entry.headline, entry.summary) for entry in entries], 100) / len(entries)
    fed = FeedEntry(url, headline(0, RELEVANT), "", now)
    asked = ArticleAsked(fed, Paper("Outlet 0", (), known_authorities()), Page(page(0, RELEVANT), url, now))
    yield f"a feed of {ENTRIES} entries: {each(lambda: feed.parse_feed(body, url, now), 100):.1f} ms"
    yield f"one entry judged: {1000 * judged:.0f} µs"
    yield f"one article of {len(page(0, RELEVANT)) // 1000} kB and 300 words: {each(lambda: read_fetched(asked), 20):.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=10)
    args = parser.parse_args()
    for line in reading_times():
        print(line)
    night, port = Night(), [0]
    server = ThreadingHTTPServer(("0.0.0.0", 0), handler(night, port))  # noqa: S104 - all of 127/8, an address an outlet
    port[0] = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        file = config_file(Path(folder), args.feeds, port[0])
        for night.hour in range(args.rounds):
            before, started = (night.requests, night.bytes, night.unchanged), time.perf_counter()
            bad = asyncio.run(poll_all(file, args.feeds))
            spent = time.perf_counter() - started
            now = (night.requests - before[0], night.bytes - before[1], night.unchanged - before[2])
            print(
                f"hour {night.hour}: {now[0]} requests, {now[2]} unchanged, {now[1] / 1e6:.2f} MB, {spent:.1f} s, {bad} feeds not ok"
            )
        db = connect(load_config(file).data)
        link_articles(db, datetime.now(UTC))
        kept = value(db, "SELECT count(*) FROM articles WHERE label <> 'other' AND urn IS NOT NULL")
        stories = value(db, "SELECT count(DISTINCT story) FROM articles WHERE story IS NOT NULL")
        print(f"in all {night.requests} requests, {night.bytes / 1e6:.1f} MB; {kept} articles kept, {stories} stories")
        db.close()
    server.shutdown()


if __name__ == "__main__":
    main()
