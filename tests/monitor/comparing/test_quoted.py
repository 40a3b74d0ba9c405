"""Words that are said to stand in a report: found there whatever breaks their lines, and refused with the nearest sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.comparing.quoted import NotSaid, as_it_stands, nearest, quotation, stands_in
from scraper.items import Finding
from tests.monitor.comparing.chain_store import MISSING_BETTER, add, database

PAGE = "Leaders know their ser-\nvices well. Children’s “life-\nstory” work\nis now timely and of good"
NEXT = "quality in most teams.\nOther work is late."


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    db = database(tmp_path)
    add(db, 2, "2021-06-01", [MISSING_BETTER])
    db.table("report_pages").insert_all(
        [{"report_id": 2, "page": 3, "text": PAGE}, {"report_id": 2, "page": 4, "text": NEXT}]
    )
    yield db
    db.close()


@pytest.mark.parametrize(
    "words",
    [
        "Leaders know their services well.",
        "children's 'life-story' work is now timely",
        "Children’s  life story\nwork",
        "of good",
    ],
)
def test_wrapped_lines_quotes_and_capitals_make_no_difference(words: str) -> None:
    assert stands_in(words, PAGE)


@pytest.mark.parametrize("words", ["Leaders know services well.", "eaders know", "is now time", "", "…"])
def test_words_left_out_and_halves_of_words_are_no_quotation(words: str) -> None:
    assert not stands_in(words, PAGE)


def test_a_quotation_has_its_page_also_where_it_goes_on_on_the_next(db: Database) -> None:
    text = "Children's life-story work is now timely and of good quality in most teams. [...] Other work is late."
    assert [(one.page, one.text) for one in quotation(db, 2, text)] == [
        (3, "Children's life-story work is now timely and of good quality in most teams."),
        (4, "Other work is late."),
    ]


def test_a_statement_that_was_found_keeps_its_section(db: Database) -> None:
    (one,) = quotation(db, 2, MISSING_BETTER.text)
    assert one == Finding(MISSING_BETTER.kind, MISSING_BETTER.section, MISSING_BETTER.text, 6)


def test_a_statement_is_quoted_in_its_own_words_however_they_were_typed(db: Database) -> None:
    (one,) = quotation(db, 2, "RETURN home interviews -- for children who go missing")
    assert one.text == "Return home interviews for children who go missing"
    (whole,) = quotation(db, 2, MISSING_BETTER.text.upper().removesuffix("."))
    assert whole.text == MISSING_BETTER.text


@pytest.mark.parametrize(
    ("said", "text", "stands"),
    [
        ("its strasse", "On ITS Straße.", "ITS Straße."),
        ("he said yes", "He said “yes”. Then no.", "He said “yes”."),
        ("then no", "He said “yes”. Then no", "Then no"),
        ("is it so", "Is\n it  so? Yes.", "Is it so?"),
        ("hen no", "Then no", None),
        ("", "Then no", None),
    ],
)
def test_words_are_found_whole_with_the_end_of_their_sentence(said: str, text: str, stands: str | None) -> None:
    assert as_it_stands(said, text) == stands


def test_what_does_not_stand_there_is_refused_with_the_nearest_sentence(db: Database) -> None:
    with pytest.raises(NotSaid, match="word for word; the nearest sentence there: “Leaders know their ser- vices well"):
        quotation(db, 2, "Leaders know well.")
    with pytest.raises(NotSaid, match=r"word for word$"):
        quotation(db, 2, "Zebras gallop swiftly.")


def test_nothing_shared_is_not_near() -> None:
    assert nearest("Zebras", ["One sentence. Another one."]) is None
    assert (
        nearest("another sentence", ["Nothing of it. Another one.", "Another sentence here."])
        == "Another sentence here."
    )
