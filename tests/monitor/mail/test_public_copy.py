"""The recipe of docs/browsing.md for a copy that others may see leaves no mail address in it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.alerts import make_deliveries, raise_alerts
from monitor.database import back_up, rows
from monitor.mail.failures import without_addresses
from monitor.mail.outbox import deliver
from tests.conftest import Clock
from tests.monitor import mail_rows as given
from tests.monitor.mail.conftest import stored_facts
from tests.monitor.mail.mail_server import serving
from tests.paths import ROOT

ANSWERS = {
    "gone@one.example.org": "550 5.1.1 <gone@one.example.org>: Recipient address rejected: User unknown",
    "o'neil+ofsted@two.example.org": "550 No such user o'neil+ofsted@two.example.org.",
    "Lead@Three.example.org": "554 5.7.1 to=<lead@three.example.org>: Relay access denied",
    "full@four.example.org": '452 4.2.2 "full@four.example.org" mailbox full',
    "ops@five.example.org": "450 4.7.1 (ops@five.example.org;greylisted)",
}


def recipe() -> str:
    page = (ROOT / "docs" / "browsing.md").read_text(encoding="utf-8")
    (found,) = re.findall(r'sqlite3 public\.db "(.+)"', page)
    return str(found)


def cells(path: Path) -> list[str]:
    """Everything that a database holds, as text."""
    with closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [str(cell) for table in tables for row in db.execute(f'SELECT * FROM "{table}"') for cell in row]  # noqa: S608


def test_no_configured_address_is_in_any_column_of_the_copy(db: Database, clock: Clock, tmp_path: Path) -> None:
    given.authorities(db)
    given.ready(db, 7, clock())
    crawl_id = given.crawl(db, clock(), "broken", "no link on the page")
    wall = "<title>Access denied</title>You are 192.0.2.7, ofsted-watch/1 (contact watch@example.org)"
    given.answer(db, crawl_id, clock(), "https://example.org/", title=wall, head=wall.encode())
    raise_alerts(db, clock())
    with serving() as server:
        server.rcpt = dict(ANSWERS)
        rules = [{"to": list(ANSWERS)}, {"to": "ops@five.example.org", "about": ["source"]}]
        config = given.config(alerts=rules, data=tmp_path / "data").model_copy(
            update={"mail": given.smtp(server.port).mail}
        )
        make_deliveries(db, config, clock())
        for _ in range(30):
            deliver(db, config, clock, facts=stored_facts)
            clock.move(hours=6)
    assert len(rows(db, "SELECT * FROM alerts WHERE source = 'mail'")) >= 4
    assert rows(db, "SELECT * FROM issues")
    back_up(tmp_path / "data", tmp_path / "public.db")
    with closing(sqlite3.connect(tmp_path / "public.db", isolation_level=None)) as copy:
        copy.executescript(recipe())
    assert not [cell for cell in cells(tmp_path / "public.db") if "192.0.2.7" in cell]
    found = [cell.lower() for cell in cells(tmp_path / "public.db")]
    addresses = [address.lower() for address in (*ANSWERS, config.contact, config.mail.sender)]
    assert [(address, cell) for address in addresses for cell in found if address in cell] == []


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("<a@b.org>: no", "<(address)>: no"),
        ("to=<a.b+c@d.org>, relay=x", "to=<(address)>, relay=x"),
        ("no a@b.org.", "no (address)"),
        ("'o'neil@b.org'", "'o'(address)'"),
        ("mailto:a@b.org", "mailto:(address)"),
        ("<@relay.org:a@b.org>", "<@relay.org:(address)>"),
        ("5 @ 3", "5 @ 3"),
        ("no address", "no address"),
    ],
)
def test_an_address_in_a_servers_words_is_left_out(said: str, stands: str) -> None:
    assert without_addresses(said) == stands


def test_one_fault_is_one_issue_whatever_number_the_server_gives_it(db: Database, clock: Clock) -> None:
    given.authorities(db)
    raise_alerts(db, clock())
    with serving() as server:
        config = given.smtp(server.port)
        config = config.model_copy(update={"alerts": given.config(alerts=[{"to": "lead@example.org"}]).alerts})
        for number in range(6):
            given.ready(db, 100 + number, clock())
            raise_alerts(db, clock())
            make_deliveries(db, config, clock())
            server.rcpt["lead@example.org"] = (
                f"451 4.7.{number % 2} 4bXy{number}Zk: [192.0.2.{number}] queue id {number:x}F at {clock()}"
            )
            deliver(db, config, clock, facts=stored_facts)
            clock.move(hours=7)
    assert 2 <= len(rows(db, "SELECT * FROM issues WHERE source = 'mail'")) <= 3
