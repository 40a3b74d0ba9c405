"""A small invented report site and newspaper on loopback, whose every answer a test can bend; it remembers what was asked."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NOT_FOUND = "<!DOCTYPE html><html><body><main><h1>Report not found</h1><p>It no longer exists.</p></main></body></html>"


@dataclass
class Answer:
    """What an address answers. `mode`: "" as it is, or "reset", "hang", "drip", "loop", "cookie": to itself until its cookie comes back."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    mode: str = ""


def pdf(text: str) -> Answer:
    """Bytes that pass for a PDF."""
    return Answer(b"%PDF-1.7\n" + text.encode() * 20 + b"\n%%EOF\n", kind="application/pdf")


def bomb() -> Answer:
    """1 GiB of nothing in 1 MB."""
    packer = gzip.compress(b"\0" * (1 << 20), 1) * 1024
    return Answer(packer, kind="application/pdf", headers={"Content-Encoding": "gzip"})


def entry(number: int, label: str, day: str, host: str = "") -> str:
    return f"""<li class="timeline__day"><div class="event"><p class="timeline__date"><time>02 March 2020</time></p>
<span class="event__title heading--sub"><a class="publication-link" target="_blank" href="{host}/v1/file/{number}">{label}
<span class="nonvisual">{label}, pdf - {day}</span></a><div class="event__metadata"><span class="filetype">pdf</span> &ndash;
Published <time pubdate>{day}</time></div></span></div></li>"""


def provider_page(urn: str, entries: list[str]) -> Answer:
    """A page in the markup of Ofsted's site."""
    listed = "\n".join(entries)
    return Answer(
        f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Seaford - Open</title></head><body>
<main id="main"><div class="module title-block"><h1 class="heading--title title-block__heading">Seaford Council</h1>
<p class="heading--main title-block__subheading">URN: {urn}</p></div>
<div class="provider provider--la"><h2 class="timeline__title heading--sub">All reports</h2>
<ol class="timeline">{listed}</ol></div></main></body></html>""".encode()
    )


def search_page(latest: Mapping[str, str], counted: int | None = None) -> Answer:
    """Results in the markup of Ofsted's search."""
    listed = "".join(
        f"""<li class="search-result"><h3 class="search-result__title"><a href="/provider/44/{urn}">Authority {urn}</a></h3>
<ul class="search-result__provider-info"><li>Latest report: <strong><time>{day}</time></strong></li><li>URN: <strong>{urn}</strong></li></ul></li>"""
        for urn, day in latest.items()
    )
    count = len(latest) if counted is None else counted
    return Answer(
        f"""<!DOCTYPE html><html><body><main><div class="search-results__heading"><h2><strong class="results-count">{count}</strong>
results</h2></div><ul class="results-list list-unstyled">{listed}</ul></main></body></html>""".encode()
    )


class Site:
    """`pages` maps a path to its answer; `asked` is every (path, headers) in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.times: list[float] = []
        self.most_at_once = 0
        self.at_once = 0
        self.lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    @property
    def second_host(self) -> str:
        """The same site under its other name, as Ofsted keeps its files on a second host."""
        return f"http://localhost:{self.server.server_address[1]}"

    def authority(self, urn: str, *numbers: int, host: str = "") -> None:
        """An authority that lists these reports, each with a PDF of its own unless it has one."""
        labels = [
            entry(n, "Children's services inspection", f"{n % 28 + 1:02d} June 20{n % 20 + 10}", host) for n in numbers
        ]
        self.pages[f"/provider/44/{urn}"] = provider_page(urn, labels)
        for number in numbers:
            self.pages.setdefault(f"/v1/file/{number}", pdf(f"report {number} "))

    def search(self, latest: Mapping[str, str], counted: int | None = None) -> None:
        """What the search answers, whatever is asked: these authorities with the days of their latest reports."""
        self.pages["/search"] = search_page(latest, counted)

    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def use_tls(self, folder: Path) -> None:
        """Speak TLS from now on, with a certificate that nobody has signed."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
        begin = datetime(2020, 1, 1, tzinfo=UTC)
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        lasting = builder.not_valid_before(begin).not_valid_after(begin + timedelta(days=36500))
        alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        certificate = lasting.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        (folder / "tls.pem").write_bytes(private + certificate.public_bytes(pem))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "tls.pem")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(site) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - the handler below has a self of its own
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, format: str, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                with site.lock:
                    site.asked.append((self.path, dict(self.headers)))
                    site.times.append(time.monotonic())
                    site.at_once += 1
                    site.most_at_once = max(site.most_at_once, site.at_once)
                try:
                    nothing = Answer(b"<html><h1>Page not found</h1></html>", 404)
                    send(self, site.pages.get(self.path) or site.pages.get(self.path.partition("?")[0], nothing))
                except OSError:
                    self.close_connection = True
                finally:
                    with site.lock:
                        site.at_once -= 1

        return Handler


def send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    if answer.mode == "hang":
        time.sleep(30)
    if answer.mode == "cookie" and "seen=1" not in handler.headers.get("Cookie", ""):
        answer = Answer(status=302, headers={"Location": handler.path, "Set-Cookie": "seen=1; Path=/"})
    tag = answer.headers.get("ETag")
    unchanged = tag is not None and handler.headers.get("If-None-Match") == tag
    handler.send_response(304 if unchanged else 302 if answer.mode == "loop" else answer.status)
    body = b"" if unchanged else answer.body
    extra = {"Location": handler.path} if answer.mode == "loop" else {}
    for name, value in {
        "Content-Type": answer.kind,
        "Content-Length": str(len(body)),
        **answer.headers,
        **extra,
    }.items():
        handler.send_header(name, value)
    handler.end_headers()
    if answer.mode == "reset":
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)
    elif answer.mode == "drip":
        for index in range(len(body)):
            handler.wfile.write(body[index : index + 1])
            handler.wfile.flush()
            time.sleep(0.2)
    else:
        handler.wfile.write(body)
