"""A second reader on loopback that answers as it is told to: well, badly, late, or not at all."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitor.config import SecondReader
from monitor.second_reader import Question

QUESTION = Question(
    "The timeliness of return home interviews for children who go missing.",
    (
        "Most children who go missing are offered a return home interview.",
        "Interviews are now held within three days, and what children say is used in their plans.",
        "The foster carers’ handbook has been rewritten.",
    ),
)
SECRET = "sk-very-secret-0123"  # noqa: S105 - of nobody
SAID = {"status": "improved", "sentences": [QUESTION.sentences[1]]}

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; `told` is its body."""

    server: "Server"
    told: dict[str, Any]

    def do_POST(self) -> None:
        self.told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers.items()), self.told))
        self.server.behaviours[min(len(self.server.asked), len(self.server.behaviours)) - 1](self)

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """The server: `behaviours` in turn, the last of them for good; `asked` is each request: path, headers, body."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.behaviours: list[Behaviour] = [well]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has gone."""

    @property
    def reader(self) -> SecondReader:
        return reader(f"http://127.0.0.1:{self.server_port}/v1")


def reader(url: str, **more: Any) -> SecondReader:
    return SecondReader.model_validate({"url": url, "model": "m:8b", "wait": "10s", **more})


def content(text: str) -> bytes:
    """An answer of OpenAI's shape."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def says(said: object, status: int = 200, **headers: str) -> Behaviour:
    """The model says this, as JSON where it is no text."""
    text = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False)
    return lambda handler: handler.answer(content(text), status, **headers)


def sends(body: bytes, status: int = 200, **headers: str) -> Behaviour:
    """The server sends this, whatever it is."""
    return lambda handler: handler.answer(body, status, **headers)


def well(handler: Handler) -> None:
    """The answer that is right."""
    says(SAID)(handler)


def late(handler: Handler) -> None:
    """Well, and too late."""
    time.sleep(8)
    well(handler)


def drips(handler: Handler) -> None:
    """A byte at a time, each of them soon."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(80):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def drips_headers(handler: Handler) -> None:
    """A byte of its headers at a time."""
    for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 60:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.1)


def closes(handler: Handler) -> None:
    """Nothing, and closes."""
    handler.close_connection = True


def breaks_off(handler: Handler) -> None:
    """Less than it has said that there is."""
    body = content(json.dumps(SAID))
    handler.answer(body[:20], Content_Length=str(len(body)))
    handler.close_connection = True


def knows_no_wishes(*names: str) -> Behaviour:
    """HTTP 400 where one of these is wished for."""

    def behaviour(handler: Handler) -> None:
        if set(names) & set(handler.told):
            handler.answer(b'{"error": {"message": "not supported"}}', 400)
        else:
            well(handler)

    return behaviour
