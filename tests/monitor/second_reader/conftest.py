"""A second reader on loopback for each test that wants one, or outcomes in place of its answers."""

from collections.abc import Iterator

import pytest

from monitor.second_reader import pending
from tests.monitor.second_reader.outcomes import Said
from tests.monitor.second_reader.server import SECRET, Server


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("READER_KEY", f" {SECRET}\n")
    return SECRET


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Said:
    said = Said()
    monkeypatch.setattr(pending, "ask", said)
    return said
