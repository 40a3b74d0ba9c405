"""The whole program as its users run it: real commands in child processes, the demo's site, a real SMTP server."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from multiprocessing.context import ForkContext, ForkProcess, ForkServerContext
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from click.testing import CliRunner

from monitor.children import Said
from monitor.cli.commands import main
from monitor.config import load_config, sources
from monitor.demo import DemoSite, story
from monitor.demo import site as demo_site
from monitor.demo.site import Answer
from monitor.rounds import Round, crawl_and_conclude, crawls
from scraper.clock import utc_now
from scraper.workers import worker
from tests.forked import FORK, ForkedWorker, as_a_process, crawl, preload
from tests.paths import ROOT
from tests.ports import free_port


class Mailbox:
    """An SMTP server's messages; `before_accepting` is called with each before the server says yes."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.before_accepting: Callable[[EmailMessage], None] = lambda message: None
        self.port = free_port()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.before_accepting(message)
        return "250 taken"

    def ids(self, containing: str = "") -> list[str]:
        """The Message-IDs of the mails whose subject contains this, in order of arrival."""
        return [str(m["Message-ID"]) for m in self.messages if containing in str(m["Subject"])]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[str], None]]:
    """Functions called with the path of each request to the demo's site before it is answered."""
    listeners: list[Callable[[str], None]] = []
    answer = demo_site.answer

    def answered(target: str, *rest: object) -> Answer:
        for listener in tuple(listeners):  # others come and go meanwhile
            listener(target)
        return answer(target, *rest)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(demo_site, "answer", answered)
    return listeners


@pytest.fixture(scope="session")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[DemoSite, Path]]:
    """The demo's site, and the data folder of a watch that has crawled it once; tests go on with copies."""
    folder = tmp_path_factory.mktemp("baseline")
    with DemoSite(story.BEFORE) as site:
        config = write_config(folder, site, free_port())
        crawl_here(config)
        yield site, folder / "data"


@pytest.fixture
def site(baseline: tuple[DemoSite, Path], requests: list[Callable[[str], None]]) -> DemoSite:
    baseline[0].move_to(story.BEFORE)
    return baseline[0]


@pytest.fixture
def config(site: DemoSite, mailbox: Mailbox, tmp_path: Path) -> Path:
    """A config file for the demo's site, with one of its papers, that mails to the mailbox; nothing is crawled yet."""
    return write_config(tmp_path, site, mailbox.port)


@pytest.fixture
def crawled(baseline: tuple[DemoSite, Path], config: Path) -> Path:
    """The same config, and a data folder beside it that knows the site as it was before the new report."""
    shutil.copytree(baseline[1], config.parent / "data")
    return config


def write_config(folder: Path, site: DemoSite, port: int) -> Path:
    told = story.config(site.url, site.feed, site.second_feed, Path("data"))
    told["sources"]["news"] = told["sources"]["news"][:1]
    told["mail"] |= {"host": "127.0.0.1", "port": port}
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    return path


def start(*arguments: str | Path) -> "subprocess.Popen[str]":
    """A command of ours as its own process."""
    command = [sys.executable, "-m", "monitor", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    )


def command_here(*arguments: str | Path, status: int = 0, forks: ForkContext | ForkServerContext = FORK) -> str:
    """Run a command to its end, in this process; it must exit with this status. Returns what it printed.

    For commands whose start and end other tests look at.
    """
    with forked_crawls(forks):
        result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exit_code == status, f"{arguments} ended with {result.exit_code}\n{result.output}"
    return result.stdout


def crawl_here(config: Path, *names: str) -> Round:
    """As the command `crawl`, with forks in place of crawls of their own; for crawls whose start and end other tests look at."""
    told = load_config(config)
    with forked_crawls():
        return asyncio.run(crawl_and_conclude(told, utc_now, names or sources(told)))


@contextmanager
def forked_crawls(forks: ForkContext | ForkServerContext = FORK) -> Iterator[None]:
    """In here crawls are forks, and the workers that read PDFs are forks of this process."""
    preload()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crawls, "ask", partial(ask_a_fork, forks))
        patch.setattr(worker, "start", ForkedWorker)
        yield


def start_here(*arguments: str | Path) -> ForkProcess:
    """A command of ours as a fork of this process, and its crawl as a fork of that: each can be killed as a process of its own can."""
    preload()
    process = FORK.Process(target=_run, args=([*map(str, arguments)],))
    process.start()
    return process


def _run(arguments: list[str]) -> None:
    as_a_process("", Path(arguments[-1]).with_suffix(".out"))
    with forked_crawls():
        main(arguments)


async def ask_a_fork(
    forks: ForkContext | ForkServerContext, command: Sequence[str], told: dict[str, Any], *, grace: float, limit: float
) -> Said:
    """As `monitor.children.ask`, for a crawl.

    Where several run at once it must be no fork of this process: a thread of it may have the database open just then.
    """
    said = Path(f"{told['data']}-{told['crawl_id']}.out")
    told = told if forks is FORK else {key: value for key, value in told.items() if key != "parent"}
    process = forks.Process(target=crawl, args=(json.dumps(told), said))
    process.start()
    await asyncio.to_thread(process.join, limit)
    assert process.exitcode is not None, "the crawl does not end"
    return Said(await asyncio.to_thread(said.read_bytes), process.exitcode)


def children(pid: int) -> list[int]:
    """The processes that a process has started and that live."""
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
