"""What is not certain, as readers are told it, and as a second reader says: it settles nothing. All texts are invented."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlite_utils import Database

from monitor.comparing import read_again
from monitor.comparing.areas import Asked, Met, follow
from monitor.comparing.corrections import comparison_named, corrections
from monitor.comparing.second import questions
from monitor.database import rows, writing
from monitor.facts import phrases, report_facts
from monitor.reading import Visit, visits_of
from scraper.items import Tone
from tests.monitor.comparing.chain_store import NOW, add, ask, compare_all, database, said
from tests.monitor.comparing.test_corrections import name_of, say, told
from tests.monitor.second_reader.server import Handler, Server, content, says

MEETINGS = ask("The quality of core group meetings.")
HELD = said(Tone.STRENGTH, "Core group meetings are held regularly and are well attended.", 4)
LATE = said(Tone.WEAKNESS, "They are not always recorded, so that nobody knows who is to do what.", 5)


@pytest.fixture
def db(tmp_path: Path) -> Database:
    db = database(tmp_path)
    add(db, 1, "2020-03-01", [MEETINGS], "inspection")
    add(db, 2, "2021-06-01", [HELD, LATE])
    compare_all(db)
    return db


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        yield found
        found.shutdown()


def stored(db: Database) -> dict[str, Any]:
    (row,) = rows(db, "SELECT status, certain, evidence, page, decided_by FROM comparisons WHERE report_id = 2")
    return dict(row)


def test_what_is_not_certain_is_told_with_its_sentences_and_no_verdict(db: Database) -> None:
    facts = report_facts(db, 2)
    (area,) = facts.earlier
    assert (area.certain, area.told, phrases.became(area)) == (False, "unclear", "unclear")
    assert 0.25 < (area.confidence or 0) < 0.7
    assert area.evidence == f"{HELD.text} [...] {LATE.text}"
    assert "1 earlier area for improvement is unclear" in facts.headline
    assert not any("improved" in sentence or "mixed" in sentence for sentence in facts.summary)


def test_what_is_not_certain_closes_no_area(db: Database) -> None:
    (visit, later) = visits_of(db)
    asked = [Asked(1, MEETINGS, visit)]
    assert follow([visit, later], asked, {2: [Met(1, None, "")]})[0].open
    assert not follow([visit, later], asked, {2: [Met(1, None, "improved")]})[0].open


@pytest.mark.parametrize(("surely", "before"), [(True, (1,)), (False, ())])
def test_raised_before_rests_on_sure_matches_alone(db: Database, surely: bool, before: tuple[int, ...]) -> None:
    visits: list[Visit] = visits_of(db)
    asked = [Asked(1, MEETINGS, visits[0]), Asked(9, ask("Core groups."), visits[1])]
    first, again = follow(visits, asked, {2: [Met(1, 9, "", surely)]})
    assert (first.state, again.before) == ("raised_again", before)


def test_what_a_composite_item_links_is_no_line_of_the_same_thing(db: Database) -> None:
    add(db, 3, "2022-06-01", [ask("The quality of case recording and of supervision.")])
    add(db, 4, "2023-06-01", [ask("The frequency of supervision.")])
    visits = visits_of(db)
    texts = ["The quality of case recording.", "The quality of supervision."]
    first = [Asked(number, ask(text), visits[0]) for number, text in enumerate(texts, start=1)]
    asked = [
        *first,
        Asked(5, ask("The quality of case recording and of supervision."), visits[2]),
        Asked(6, ask("The frequency of supervision."), visits[3]),
    ]
    met = {3: [Met(1, 5, ""), Met(2, 5, "")], 4: [Met(5, 6, "")]}
    found = {area.asked.key: area for area in follow(visits, asked, met)}
    assert [one.key for one in found[5].line] == [1, 2]
    assert [one.key for one in found[6].line] == [2, 5]
    assert found[6].before == (1, 3)


def test_without_a_second_reader_nothing_is_asked_and_nothing_changes(db: Database, server: Server) -> None:
    before = stored(db)
    assert read_again(db, None, lambda: NOW, Event()) == 0
    assert (stored(db), server.asked) == (before, [])


def test_a_second_readers_word_stays_when_a_reader_corrects_another_comparison(db: Database, server: Server) -> None:
    visits = ask("The timeliness of statutory visits.")
    add(db, 1, "2020-03-01", [MEETINGS, visits], "inspection")
    compare_all(db)
    server.behaviours = [says({"status": "mixed", "sentences": [LATE.text]})]
    read_again(db, server.reader, lambda: NOW, Event())
    before = told(db, 2)
    assert before[MEETINGS.text] == ("mixed", "second reader: m:8b")
    say(db, name_of(db, 2, visits.text), "improved")
    assert told(db, 2) == before | {visits.text: ("improved", "reader: A Reader")}


def test_another_second_reader_is_asked_though_the_word_of_the_first_stands_there(db: Database, server: Server) -> None:
    server.behaviours = [
        says({"status": "mixed", "sentences": [LATE.text]}),
        says({"status": "improved", "sentences": [HELD.text]}),
    ]
    read_again(db, server.reader, lambda: NOW, Event())
    with writing(db):
        db.conn.execute("UPDATE compared SET input = ''")
    compare_all(db)
    other = server.reader.model_copy(update={"model": "better"})
    assert read_again(db, other, lambda: NOW + timedelta(days=1), Event()) == 1
    assert (stored(db)["status"], stored(db)["decided_by"]) == ("improved", "second reader: better")


def test_the_page_of_a_second_readers_sentence_is_that_of_the_present_reading(db: Database, server: Server) -> None:
    server.behaviours = [says({"status": "mixed", "sentences": [LATE.text]})]
    read_again(db, server.reader, lambda: NOW, Event())
    add(db, 2, "2021-06-01", [replace(HELD, page=8), replace(LATE, page=9)])
    compare_all(db)
    read_again(db, server.reader, lambda: NOW, Event())
    assert (stored(db)["decided_by"], stored(db)["page"], len(server.asked)) == ("second reader: m:8b", 9, 1)


def test_a_second_readers_word_goes_when_what_it_was_asked_about_has_changed(db: Database, server: Server) -> None:
    server.behaviours = [says({"status": "mixed", "sentences": [LATE.text]})]
    read_again(db, server.reader, lambda: NOW, Event())
    add(db, 2, "2021-06-01", [HELD, said(Tone.WEAKNESS, "They are sometimes cancelled at short notice.", 5)])
    compare_all(db)
    assert stored(db)["decided_by"] is None


def test_what_we_had_said_is_ours_also_where_a_second_reader_said_otherwise(db: Database, server: Server) -> None:
    own = stored(db)["status"]
    other = "improved" if own != "improved" else "still_needs_improvement"
    server.behaviours = [says({"status": other, "sentences": [LATE.text]})]
    read_again(db, server.reader, lambda: NOW, Event())
    assert stored(db)["status"] == other
    one = comparison_named(db, name_of(db, 2, MEETINGS.text))
    assert (one.status, one.certain) == (own, False)
    say(db, one.name, "not_mentioned")
    again = comparison_named(db, one.name)
    assert (again.status, again.certain) == (own, False)
    assert [row.of.status for row in corrections(db)] == [own]


def test_a_second_readers_word_is_shown_as_its_own_and_settles_nothing(db: Database, server: Server) -> None:
    server.behaviours = [says({"status": "mixed", "sentences": [LATE.text]})]
    assert read_again(db, server.reader, lambda: NOW, Event()) == 1
    assert stored(db) == {
        "status": "mixed", "certain": 0, "evidence": LATE.text, "page": 5, "decided_by": "second reader: m:8b",
    }  # fmt: skip
    (area,) = report_facts(db, 2).earlier
    assert (phrases.became(area), area.told) == ("mixed (second reader: m:8b)", "unclear")
    assert rows(db, "SELECT state FROM areas") == [{"state": "open"}]
    sent = json.dumps(server.asked[0][2], ensure_ascii=False)
    assert all(text in sent for text in (MEETINGS.text, HELD.text, LATE.text))


def test_it_is_asked_once_and_its_word_stays_when_all_is_compared_again(db: Database, server: Server) -> None:
    server.behaviours = [says({"status": "mixed", "sentences": [LATE.text]})]
    read_again(db, server.reader, lambda: NOW, Event())
    with writing(db):
        db.conn.execute("UPDATE compared SET input = ''")
    compare_all(db)
    assert stored(db)["decided_by"] == "second reader: m:8b"
    assert read_again(db, server.reader, lambda: NOW + timedelta(days=1), Event()) == 0
    assert (stored(db)["decided_by"], len(server.asked)) == ("second reader: m:8b", 1)


def silent(handler: Handler) -> None:
    handler.close_connection = True


@pytest.mark.parametrize(
    "behaviour",
    [
        says({"status": "mixed", "sentences": ["Core groups are held on the moon on Mondays."]}),
        says({"status": "excellent", "sentences": [LATE.text]}),
        says("It has improved a lot."),
        says({"status": "mixed", "sentences": []}),
        silent,
        lambda handler: handler.answer(b"", 500),
        lambda handler: handler.answer(content("{"), 200),
    ],
)
def test_what_does_not_count_changes_nothing(db: Database, server: Server, behaviour: Any) -> None:
    before = stored(db)
    server.behaviours = [behaviour]
    assert read_again(db, server.reader, lambda: NOW, Event()) == 1
    assert stored(db) == before


def test_only_the_last_visit_is_asked_about_and_what_is_certain_never(db: Database) -> None:
    assert len(questions(db)) == 1
    add(db, 3, "2022-06-01", [HELD])
    compare_all(db)
    assert questions(db) == {}
