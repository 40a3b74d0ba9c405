"""Behind a proxy that does not let us through: told as the proxy's doing, and what there is to do; never as Ofsted's, nor as a crash of ours."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.scraper.spiders.conftest import Child


class Refusing(BaseHTTPRequestHandler):
    """A proxy that answers everything with one status."""

    status = 407

    def do_GET(self) -> None:
        """As http_proxy is asked."""
        self.send_response(self.status)
        self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_CONNECT = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Refusing]]:
    kind = type("Kind", (Refusing,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://user:wrong@127.0.0.1:{server.server_port}")
        for name in ("no_proxy", "NO_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield kind
        server.shutdown()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("status", "words"),
    [(407, "your proxy refuses us (HTTP 407): check the name and password in HTTPS_PROXY"), (403, "HTTP 403")],
)
def test_a_proxy_that_refuses_us_is_told_as_that(
    child: Child, proxy: type[Refusing], scheme: str, status: int, words: str
) -> None:
    proxy.status = status
    told = child.run("91001", url=f"{scheme}://reports.invalid")
    assert words in told["message"]
    assert told["verdict"] == ("blocked" if (status, scheme) == (403, "http") else "broken")
    assert "Traceback" not in child.said.with_suffix(".log").read_text()
    assert "wrong" not in told["message"] + child.said.with_suffix(".log").read_text()
