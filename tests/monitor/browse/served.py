"""Datasette as a child of the tests."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from monitor.browse import serve
from scraper import children
from tests.ports import free_port


@contextmanager
def serving(data: Path, *more: str) -> Iterator[str]:
    """The address of one that answers, on the data folder's database; `more` are words for its command line."""
    port = free_port()
    command = [*serve.datasette_command(data, port), *more]
    with (
        data.with_suffix(".log").open("w+b") as log,
        subprocess.Popen(command, env=children.environment(), stdout=log, stderr=log) as child,
    ):
        url = f"http://127.0.0.1:{port}"
        try:
            while fetched(f"{url}/") is None:
                assert child.poll() is None, data.with_suffix(".log").read_text()
            yield url
        finally:
            child.terminate()


def fetched(url: str) -> str | None:
    """What is served there; None where nobody listens yet, which takes a moment to tell."""
    try:
        with urlopen(url, timeout=30) as answer:  # noqa: S310 - loopback
            text: str = answer.read().decode()
            return text
    except URLError:
        time.sleep(0.1)
        return None
