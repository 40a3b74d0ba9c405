"""`python -m monitor.rounds`: what a child of the daemon answers to each order. Here it is a fork; as the daemon starts it, it is in tests/end_to_end."""

import json
import os
import sys
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from monitor.database import connect, rows
from monitor.mail import SendFailed, Smtp
from monitor.orders import Answer, Order, answer_from
from monitor.rounds import __main__ as child
from monitor.rounds.stopping import Stop
from monitor.rounds.work import Work
from scraper.database import DATABASE_FILE
from tests.conftest import Clock
from tests.forked import FORK, as_a_process
from tests.monitor import mail_rows as given

TEXT = (
    "contact: watch@westmarch.gov.uk\nwatch: [Brent]\ndata: data\nsources: {ofsted: {url: 'http://127.0.0.1:9', sweep: off}}\n"
    "alerts: [{to: ops@example.org, about: [source]}]\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(TEXT)
    return path


def asked(path: Path, do: str, config: str | None = None, parent: int | None = None, **more: object) -> Answer:
    status, out = ended(path, do, config, parent, **more)
    assert status == 0, out.with_suffix(".log").read_text()
    return answer_from(json.loads(out.read_text().splitlines()[-1]))


def ended(path: Path, do: str, config: str | None, parent: int | None, **more: object) -> tuple[int | None, Path]:
    """How it ended, and where what it printed is."""
    order: dict[str, Any] = {"do": do, "path": str(path), "text": config, "identity": None, "more": more}
    order["parent"] = os.getpid() if parent is None else parent
    out = path.with_name("said.out")
    process = FORK.Process(target=live, args=(json.dumps(order), out))
    process.start()
    process.join(60)
    return process.exitcode, out


def live(order: str, out: Path) -> None:
    as_a_process(order, out)
    sys.exit(child.main())


def test_a_start_makes_the_database_and_gives_the_plan(path: Path) -> None:
    answer = asked(path, "start", moved=False, doubtful=False)
    assert answer.identity and answer.plan
    assert (answer.plan.text, [task.name for task in answer.plan.tasks]) == (TEXT, ["crawl ofsted"])
    assert (path.parent / "data" / DATABASE_FILE).exists()


@pytest.mark.parametrize(
    ("wrong", "said"), [("watch: [Narnia]\ncontact: a@b.example\n", "Narnia"), (None, "there is no such file")]
)
def test_a_config_that_cannot_be_used_is_refused(path: Path, wrong: str | None, said: str) -> None:
    path.write_text(wrong) if wrong else path.unlink()
    answer = asked(path, "start", moved=False, doubtful=False)
    assert answer.refused and said in answer.refused and answer.plan is None


def test_a_start_without_the_database_that_was_there_is_a_loss(path: Path) -> None:
    asked(path, "start", moved=False, doubtful=False)
    (path.parent / "data" / DATABASE_FILE).unlink()
    answer = asked(path, "start", moved=False, doubtful=False)
    assert answer.lost and answer.fault and "was moved or deleted" in answer.fault


def test_a_child_goes_by_what_the_config_said_whatever_stands_there_now(path: Path) -> None:
    asked(path, "start", moved=False, doubtful=False)
    path.write_text("nonsense: [")
    assert asked(path, "failed", TEXT, what="sweep", how="it was killed") == Answer(failed="it was killed")
    assert asked(path, "mail", TEXT, looking=True) == Answer()
    mail = message_from_bytes(next((path.parent / "data" / "mail").glob("*.eml")).read_bytes(), policy=policy.default)
    assert "sweep failed: it was killed" in str(mail)
    with closing(connect(path.parent / "data")) as db:
        assert [row["key"] for row in rows(db, "SELECT key FROM issues")] == ["step:daemon:sweep"]


def test_a_config_that_is_read_anew_while_the_database_cannot_be_used_is_not_lost_in_silence(path: Path) -> None:
    asked(path, "start", moved=False, doubtful=False)
    (path.parent / "data" / DATABASE_FILE).write_bytes(b"no database" * 1000)
    answer = asked(path, "reload", TEXT)
    assert answer.plan is None
    assert answer.fault and "is damaged" in answer.fault


def test_an_outage_is_mailed_past_the_database(path: Path) -> None:
    assert asked(path, "outage", TEXT, subject="Gone", text="It is gone.") == Answer(told=True)
    assert not (path.parent / "data" / DATABASE_FILE).exists()
    assert len(list((path.parent / "data" / "mail").glob("*.eml"))) == 1


def test_a_child_whose_daemon_is_gone_does_nothing(path: Path) -> None:
    status, out = ended(path, "start", None, parent=1, moved=False, doubtful=False)
    assert (status, out.read_text()) == (2, "")
    assert not (path.parent / "data").exists()


def test_a_server_that_takes_nothing_is_asked_for_one_operator_and_no_more(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def down(_self: object, _message: object, recipient: str) -> None:
        tried.append(recipient)
        raise SendFailed("timed out", server=True)

    monkeypatch.setattr(Smtp, "send", down)
    many = [{"to": [f"ops{n}@example.org" for n in range(5)], "about": ["source"]}]
    config = given.config(data=tmp_path, alerts=many, mail={"from": "watch@example.org", "host": "127.0.0.1"})
    order = Order("outage", str(tmp_path), None, None, 0, {"subject": "x", "text": "y"})
    assert child.BESIDES["outage"](Work(config, clock, Stop()), order) == Answer(told=False)
    assert tried == ["ops0@example.org"]
