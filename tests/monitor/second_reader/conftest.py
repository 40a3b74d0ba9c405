"""A second reader on loopback for each test that wants one."""

from collections.abc import Iterator

import pytest

from tests.monitor.second_reader.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.shutdown()
    server.server_close()
