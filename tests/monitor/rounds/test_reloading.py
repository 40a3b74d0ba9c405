"""The config is read anew on SIGHUP: a good one takes over, a bad one is told and the one before goes on."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import load_config
from monitor.database import rows
from monitor.rounds.reloading import reloaded
from monitor.rounds.schedule import plan_of
from tests.conftest import Clock

GOOD = "contact: watch@westmarch.gov.uk\nwatch: [Brent]\ndata: data\nalerts: [{to: lead@example.org}, {to: ops@example.org, about: [source]}]\n"


@pytest.fixture
def path(tmp_path: Path, db: Database) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(GOOD)
    return path


def issue(db: Database) -> list[tuple[str, bool]]:
    return [
        (row["message"], bool(row["healed"]))
        for row in rows(db, "SELECT message, healed FROM issues WHERE key = 'config'")
    ]


def test_a_good_one_takes_over(path: Path, clock: Clock) -> None:
    before = load_config(path)
    path.write_text(GOOD.replace("Brent", "Brent, Camden"))
    new = reloaded(before, path, clock)
    assert new and (new.authorities, "Brent, Camden" in new.text) == (2, True)
    assert new.version != plan_of(before, GOOD, clock()).version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("watch: [Brent", "config.yaml:"),
        (GOOD.replace("Brent", "Narnia"), "Narnia"),
        (GOOD.replace("data: data", "data: other"), "takes a restart"),
        (None, "config.yaml"),
    ],
)
def test_a_bad_one_is_told_and_the_one_before_goes_on(
    path: Path, db: Database, clock: Clock, text: str | None, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = load_config(path)
    path.write_text(text) if text else path.unlink()
    assert reloaded(before, path, clock) is None
    assert "the one before goes on" in caplog.text and said in caplog.text
    ((message, healed),) = issue(db)
    assert said in message and not healed
    mail = next((before.data / "mail").glob("*.txt")).read_text()
    assert "was read anew and is refused" in " ".join(mail.replace("> ", "").split())
    path.write_text(GOOD)
    assert reloaded(before, path, clock) == plan_of(before, GOOD, clock())
    assert issue(db)[0][1], "it is over"
