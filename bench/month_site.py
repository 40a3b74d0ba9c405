"""The site of a simulated month: the replay of Ofsted's site and of a paper as a child process, and its controls."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from bench.month_mailbox import free_port


@dataclass
class Site:
    """The replay's controls; `faults` are those that are on, by name."""

    url: str
    faults: dict[str, dict[str, str]] = field(default_factory=dict)

    def move_to(self, day: date) -> None:
        self._post("today", {"date": day.isoformat()})

    def fault(self, name: str, how: dict[str, str]) -> None:
        """Let answers misbehave: `path`, `mode` and, where not for good, `times`."""
        self.faults[name] = how
        self._post("fault", how)

    def mend(self, name: str) -> None:
        """End one fault; the replay only knows how to forget all."""
        self.faults.pop(name)
        self._post("clear", {})
        for how in self.faults.values():
            self._post("fault", how)

    def amend(self, report: str, other: str) -> None:
        self._post("amend", {"file": report, "as": other})

    def withdraw(self, report: str) -> None:
        self._post("withdraw", {"file": report})

    def files(self) -> list[dict[str, str]]:
        """All reports of the corpus: `id`, `urn`, `authority`, `label`, `published`, `name`."""
        found: list[dict[str, str]] = self._get("files")
        return found

    def counted(self) -> tuple[int, int]:
        """Requests and bytes so far."""
        log = self._get("log")
        return int(log["requests"]), int(log["bytes"])

    def _get(self, what: str) -> Any:
        with urlopen(f"{self.url}/_replay/{what}", timeout=30) as answer:  # noqa: S310 - our own child
            return json.load(answer)

    def _post(self, what: str, values: dict[str, str]) -> None:
        with urlopen(Request(f"{self.url}/_replay/{what}?{urlencode(values)}", method="POST"), timeout=30) as answer:  # noqa: S310
            answer.read()


@contextmanager
def replayed(replay: Path, corpus: Path, news: Path, today: date) -> Iterator[Site]:
    """The replay, as of this day, until the block ends."""
    port = free_port()
    words = [sys.executable, *map(str, (replay, "--corpus", corpus, "--news", news, "--port", port, "--today", today))]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        print(child.stdout.readline().strip(), flush=True)
        try:
            yield Site(f"http://127.0.0.1:{port}")
        finally:
            child.kill()
