"""`ofsted-watch judge`: a comparison is corrected by its name, the word is heeded at once, listed, exported, and taken back."""

import getpass
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.database import value
from monitor.locks import CONCLUDE, locked
from tests.monitor.cli.test_commands import invoke
from tests.monitor.comparing.chain_store import (
    MISSING,
    MISSING_BETTER,
    PRE_PROCEEDINGS,
    SUPERVISION,
    SUPERVISION_AGAIN,
    SUPERVISION_WEAK,
    URN,
    compare_all,
    database,
    story,
)
from tests.monitor.comparing.test_corrections import name_of, state, told


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = database(tmp_path / "data")
    story(db)
    compare_all(db)
    yield db
    db.close()


@pytest.fixture
def config(tmp_path: Path) -> list[str]:
    path = tmp_path / "config.yaml"
    path.write_text(
        f"contact: a@example.org\nwatch: [Westmere]\nauthorities: [{{urn: '{URN}', name: Westmere}}]\nalerts: [{{to: lead@example.org}}]\n"
    )
    return ["--config", str(path)]


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("status", [["not_mentioned"], ["not-mentioned"], ["not", "mentioned"], ["Not mentioned"]])
def test_it_is_heeded_at_once(config: list[str], db: Database, status: list[str]) -> None:
    name = name_of(db, 2, MISSING.text)
    done = invoke("judge", *config, name, *status, "--by", "A Reader")
    assert (done.exit_code, done.output) == (0, f"{name}: not mentioned: {MISSING.text}\nwe had said: improved\n")
    assert told(db, 2)[MISSING.text] == ("not_mentioned", "reader: A Reader")
    assert state(db, MISSING.text) == "open"


def test_without_a_name_it_is_the_login_that_says_so(
    config: list[str], db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "rowan")
    name = name_of(db, 2, MISSING.text)
    assert invoke("judge", *config, name, "mixed").exit_code == 0
    assert told(db, 2)[MISSING.text] == ("mixed", "reader: rowan")

    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    done = invoke("judge", *config, name, "mixed")
    assert done.exit_code == 2 and "say who you are with --by" in done.output


def test_the_sentence_must_stand_in_the_report(config: list[str], db: Database) -> None:
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    done = invoke("judge", *config, name, "improved", "--sentence", "The quality of supervision is variable.")
    assert done.exit_code == 2
    assert (
        f"does not stand in that report word for word; the nearest sentence there: “{SUPERVISION_WEAK.text}”"
        in words(done.output)
    )
    assert invoke("judge", *config, "list").output == "nothing has been judged yet\n"
    assert invoke("judge", *config, name, "improved", "--sentence", MISSING_BETTER.text).exit_code == 0
    assert value(db, "SELECT evidence FROM comparisons WHERE name = ?", [name]) == MISSING_BETTER.text


def test_what_is_taken_back_is_as_it_was_and_both_are_listed(config: list[str], db: Database) -> None:
    name = name_of(db, 2, PRE_PROCEEDINGS.text)
    invoke("judge", *config, name, "improved", "--by", "A Reader", "--sentence", MISSING_BETTER.text)
    done = invoke("judge", *config, name, "--withdraw", "--by", "Another")
    assert done.output == f"{name}: taken back: {PRE_PROCEEDINGS.text}\nwe had said: not mentioned\n"
    assert told(db, 2)[PRE_PROCEEDINGS.text] == ("not_mentioned", None)
    listed = invoke("judge", *config, "list").output.splitlines()
    assert listed[0].startswith(f"{name}  taken back, Another, ")
    assert listed[3].startswith(f"{name}  improved, A Reader, ") and listed[3].endswith("; said otherwise since")
    assert listed[4:] == [
        f"    {PRE_PROCEEDINGS.text} (we had said: not mentioned)",
        f"    “{MISSING_BETTER.text}”",
        "    Westmere, focused visit, 1 June 2021; asked for by the inspection, 1 March 2020",
    ]
    again = invoke("judge", *config, name, "--withdraw")
    assert again.exit_code == 2 and "nothing was said that could be taken back" in again.output


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            ["ffffffff", "improved"],
            "no comparison is called so; `ofsted-watch history AUTHORITY` and the page of each report name them",
        ),
        (
            ["NAME", "good"],
            "'good' is no status; it is one of: still needs improvement, improved, mixed, not mentioned",
        ),
        (["NAME"], "say what it should be"),
        (["NAME", "mixed", "--withdraw"], "say what it should be"),
        (["NAME", "mixed", "--by", ""], "who says so"),
        (["list", "mixed"], "`judge list` takes nothing else"),
        (["export", "--withdraw"], "`judge export` takes nothing else"),
    ],
)
def test_what_says_nothing_is_a_bad_argument(config: list[str], db: Database, more: list[str], why: str) -> None:
    name = name_of(db, 2, MISSING.text)
    done = invoke("judge", *config, *(name if word == "NAME" else word for word in more))
    assert done.exit_code == 2 and why in words(done.output)
    assert value(db, "SELECT count(*) FROM corrections") == 0


def test_while_another_process_concludes_it_is_kept_for_its_next_round(
    config: list[str], db: Database, tmp_path: Path
) -> None:
    name = name_of(db, 2, MISSING.text)
    with locked(tmp_path / "data", CONCLUDE):
        done = invoke("judge", *config, name, "mixed")
    assert done.exit_code == 0 and "it is heeded with its next round" in done.output
    assert told(db, 2)[MISSING.text] == ("improved", None)
    compare_all(db)
    assert told(db, 2)[MISSING.text][0] == "mixed"


def test_the_export_has_a_line_for_each_pair_in_the_shape_of_pairs_read_by_hand(
    config: list[str], db: Database
) -> None:
    invoke(
        "judge", *config, name_of(db, 2, MISSING.text), "mixed", "--sentence", MISSING_BETTER.text, "--by", "A Reader"
    )
    invoke("judge", *config, name_of(db, 2, SUPERVISION.text), "still needs improvement", "--by", "A Reader")
    invoke("judge", *config, name_of(db, 3, PRE_PROCEEDINGS.text), "improved", "--by", "A Reader")
    invoke("judge", *config, name_of(db, 3, PRE_PROCEEDINGS.text), "--withdraw", "--by", "A Reader")
    (line,) = invoke("judge", *config, "export").output.splitlines()
    by = {"sure": True, "by": "A Reader"}
    assert json.loads(line) == {
        "earlier": f"inspection__{URN}__2020-03-01",
        "later": f"focused_visit__{URN}__2021-06-01",
        "earlier_url": "https://reports.example/1",
        "later_url": "https://reports.example/2",
        "earlier_kind": "inspection",
        "later_kind": "focused_visit",
        "earlier_items": [
            {"n": 1, "text": SUPERVISION.text},
            {"n": 2, "text": MISSING.text},
            {"n": 3, "text": PRE_PROCEEDINGS.text},
        ],
        "later_items": [{"n": 1, "text": SUPERVISION_AGAIN.text}],
        "matches": [[1, 1, "same"]],
        "status": [
            {"earlier_n": 1, "status": "still_needs_improvement", "evidence": None, "page": None, "was": "still_needs_improvement"} | by,
            {"earlier_n": 2, "status": "mixed", "evidence": MISSING_BETTER.text, "page": 6, "was": "improved"} | by,
        ],
    }  # fmt: skip


def test_an_item_that_reads_otherwise_now_is_exported_as_it_was_judged(config: list[str], db: Database) -> None:
    invoke("judge", *config, name_of(db, 2, MISSING.text), "mixed")
    db.execute("UPDATE findings SET text = 'Another thing.' WHERE report_id = 1 AND text = ?", [MISSING.text])
    pair = json.loads(invoke("judge", *config, "export").output)
    assert [one["text"] for one in pair["earlier_items"]] == [
        SUPERVISION.text,
        "Another thing.",
        PRE_PROCEEDINGS.text,
        MISSING.text,
    ]
    assert [one["earlier_n"] for one in pair["status"]] == [4]


def test_the_history_names_what_the_last_visit_says_of_earlier_areas(config: list[str], db: Database) -> None:
    before, gone = name_of(db, 3, SUPERVISION_AGAIN.text), name_of(db, 3, PRE_PROCEEDINGS.text)
    invoke("judge", *config, gone, "improved", "--by", "A Reader")
    told_ = words(invoke("history", *config, "Westmere").output)
    assert (
        "earlier areas at the inspection published 1 January 2023; where one is wrong: `ofsted-watch judge NAME STATUS`"
        in told_
    )
    assert f"{before} [raised again] {SUPERVISION_AGAIN.text}" in told_
    assert f"{gone} [improved (reader: A Reader)] {PRE_PROCEEDINGS.text}" in told_
