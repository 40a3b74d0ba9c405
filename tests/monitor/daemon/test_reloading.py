"""The config is read anew on SIGHUP: a good one takes over, a bad one is told and the one before goes on."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.config import Config, load_config
from monitor.daemon import process, reloading
from monitor.daemon.reloading import reloaded
from monitor.daemon.scheduler import Watch
from monitor.database import rows
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
    assert new and [authority.name for authority in new.watched] == ["Brent", "Camden"]


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
    assert reloaded(before, path, clock) == before
    assert issue(db)[0][1], "it is over"


def test_the_watch_goes_on_with_the_new_one_and_stops_when_asked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    class Watched(Watch):
        def start(self) -> None:
            done.append(f"watching {len(self.config.watched)}")

        async def stop(self) -> None:
            done.append("stopped in order")

    monkeypatch.setattr(process, "Watch", Watched)
    monkeypatch.setattr(process, "notify", done.append)
    monkeypatch.setattr(reloading, "tell", lambda *_, **__: None)

    async def a_while() -> None:
        stop, reread = asyncio.Event(), asyncio.Event()
        before = load_config(path)

        async def others() -> None:
            for text in ("nonsense", GOOD, GOOD.replace("Brent", "Brent, Camden")):
                await asyncio.to_thread(path.write_text, text)
                reread.set()
                while reread.is_set():
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.1)

        task = asyncio.create_task(others())
        new = await asyncio.wait_for(process._watch(before, "name", stop, reread, path), 10)
        assert isinstance(new, Config)
        await task
        stop.set()
        assert await process._watch(new, "name", stop, reread, path) is None

    with suppress(FileNotFoundError):
        asyncio.run(a_while())
    assert done == ["watching 1", "stopped in order", "watching 2", "STOPPING=1", "stopped in order"]
