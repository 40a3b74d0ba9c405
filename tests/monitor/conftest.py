"""What tests of several rooms use: another program in place of the crawls."""

import sys
from collections.abc import Callable

import pytest

from monitor.rounds import crawls

SAYS_ITS_JOB = """
import json, sys
job = json.load(sys.stdin)
names = [authority["name"] for authority in job["authorities"]]
print(json.dumps({"verdict": "ok", "message": ", ".join(names) + (" in full" if job["full"] else "")}))
"""

Child = Callable[[str], None]


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    """Has a Python program run in place of each crawl; it is told its job on stdin."""

    def use(program: str) -> None:
        monkeypatch.setattr(crawls, "CHILD", (sys.executable, "-c", program))

    return use
