"""The demo's web: the inspectorate's site and two local papers on loopback, with a clock that can be moved.

What is published after the site's `today` is not there yet. As on the real site, reports are served by a second host
(`localhost` where pages are asked of `127.0.0.1`, and the other way round), and a file that is gone is an HTML page.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from typing import Self

from monitor.demo import news
from monitor.demo.pages import NOT_FOUND, page, provider_page, search_page
from monitor.demo.story import REPORTS, URN, Published

HTML = "text/html; charset=utf-8"
OTHER_HOST = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer before its validators are looked at; `modified` goes into Last-Modified."""

    body: bytes
    kind: str = HTML
    status: int = 200
    modified: datetime | None = None


MISSING = Answer(page("Page not found", "    <h1>Page not found</h1>").encode(), status=404)


def published_by(today: date) -> list[Published]:
    """The reports out on that day, newest first."""
    return sorted((r for r in REPORTS if r.published <= today), key=lambda r: r.published, reverse=True)


def answer(target: str, today: date, origin: str, files: str) -> Answer:
    """What the site says to a GET of `target` on that day; `origin` is the host asked, `files` the one that has the PDFs."""
    path = target.partition("?")[0]
    if path == "/robots.txt":
        return Answer(b"User-agent: *\nDisallow: /account/\n", "text/plain; charset=utf-8")
    if path == "/search":
        return Answer(search_page(published_by(today)[0].published).encode())
    if path == f"/provider/44/{URN}":
        return Answer(provider_page(published_by(today), files).encode())
    if match := re.fullmatch(r"/v1/file/(\d+)", path):
        return _file(int(match[1]), today)
    return _news(path, today, origin)


def _file(report_id: int, today: date) -> Answer:
    for report in published_by(today):
        if report.report_id == report_id:
            at = datetime.combine(report.published, time(9, 30), UTC)
            return Answer(report.pdf(), "application/pdf", modified=at)
    return Answer(NOT_FOUND.encode())


def _news(path: str, today: date, origin: str) -> Answer:
    if path == "/council/news":
        return Answer(news.newsroom_page(today).encode())
    if (match := re.fullmatch(r"/(\w+)/rss\.xml", path)) and match[1] in news.OUTLETS:
        return Answer(news.feed_page(match[1], today, origin).encode(), "application/rss+xml; charset=utf-8")
    for story in news.out_by(today):
        if story.path == path:
            return Answer(news.article_page(story, origin).encode())
    return MISSING


class DemoSite:
    """The site as a context manager: it listens on a free port of loopback while the context is open."""

    def __init__(self, today: date) -> None:
        self.today = today

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler, self)
        self._thread = Thread(
            target=self._server.serve_forever, name="demo-site", kwargs={"poll_interval": 0.05}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """The address of the inspectorate's site, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def feed(self) -> str:
        """The first paper's feed."""
        return f"{self.url}/news/rss.xml"

    @property
    def second_feed(self) -> str:
        """The second paper's feed."""
        return f"{self.url}/courier/rss.xml"

    @property
    def newsroom(self) -> str:
        """The council's newsroom, which has no feed."""
        return f"{self.url}/council/news"

    def move_to(self, today: date) -> None:
        """Move the site's clock: what is published up to that day is there from the next request on."""
        self.today = today


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler], site: DemoSite) -> None:
        self.site = site
        super().__init__(address, handler)

    def server_bind(self) -> None:
        """As the base class, which then asks the name service for this host's name: a wait of seconds where there is none."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.socket.getsockname()[1]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        host, port = self._host(), self.server.server_port
        origin, files = f"http://{host}:{port}", f"http://{OTHER_HOST[host]}:{port}"
        self._send(answer(self.path, self.server.site.today, origin, files))

    do_HEAD = do_GET

    def _host(self) -> str:
        name = (self.headers.get("Host") or "").partition(":")[0]
        return name if name in OTHER_HOST else "127.0.0.1"

    def _send(self, found: Answer) -> None:
        etag = f'"{hashlib.sha256(found.body).hexdigest()[:32]}"'
        known = found.status == 200 and self.headers.get("If-None-Match") == etag
        self.send_response(304 if known else found.status)
        if found.status == 200:
            self.send_header("ETag", etag)
        if found.modified:
            self.send_header("Last-Modified", format_datetime(found.modified, usegmt=True))
        if not known:
            self.send_header("Content-Type", found.kind)
        self.send_header("Content-Length", "0" if known else str(len(found.body)))
        self.end_headers()
        if not known and self.command != "HEAD":
            self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:
        """The demo's terminal tells the story; it needs no access log."""
