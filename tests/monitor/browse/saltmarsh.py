"""An invented authority whose reports come one after the other, each followed by a whole round of the watch."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from monitor.config import Config
from monitor.database import remember_authorities
from monitor.rounds import round as rounds
from scraper.database.files import keep_report
from scraper.reference import Authority
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.paths import FIXTURES

SALTMARSH = Authority("89999", "Saltmarsh and Dunes", "South")
REPORTS = FIXTURES / "reports"
CASES = {7: ("ilacs-2026", "2026-05-29"), 8: ("report-card-1", "2026-07-17"), 9: ("report-card-2", "2026-11-20")}
"""By the number of each report: its PDF and when it is published; the first was there before the watch began."""


def config(data: Path) -> Config:
    return Config.model_validate(
        {
            "contact": "watch@example.org", "watch": [SALTMARSH.urn], "data": data,
            "authorities": [{"urn": SALTMARSH.urn, "name": SALTMARSH.name}],
            "alerts": [{"to": "lead@example.org"}, {"to": "ops@example.org", "about": ["source"]}],
        }
    )  # fmt: skip


def published(db: Database, data: Path, clock: Clock, cases: Mapping[int, tuple[str, str]] = CASES) -> Iterator[int]:
    """Each report with its round."""
    remember_authorities(db, config(data).known)
    for number, (case, day) in cases.items():
        sha256 = keep_report(data, (REPORTS / case / "page.pdf").read_bytes())
        given.listed(db, number, clock(), urn=SALTMARSH.urn, published=day, sha256=sha256, baseline=int(number == 7))
        assert rounds.conclude(config(data), clock).failed == ()
        clock.now += timedelta(days=60)
        yield number


def mails(data: Path, to: str) -> str:
    """All mails to somebody, their words with single blanks."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((data / "mail").glob("*.txt")))
    heads = (path.read_text(encoding="utf-8") for path in sorted((data / "mail").glob("*.eml")))
    return " ".join(
        word
        for text, head in zip(texts, heads, strict=True)
        if f"To: {to}" in head
        for word in text.split()
        if word != ">"
    )
