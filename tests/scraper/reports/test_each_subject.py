"""Each subject and group of subjects.yaml makes a difference: without its phrases an invented statement is about something else."""

from functools import cache
from typing import NamedTuple

import pytest

from scraper.reference import read_rules
from scraper.reports import subjects
from scraper.reports.subjects import SUBJECTS_FILE, catalogue_of, subjects_of
from scraper.reports.subjects_file import SubjectRows
from tests.paths import FIXTURES
from tests.scraper.table import table


class Row(NamedTuple):
    subject: str
    text: str
    whole: str
    without: str


ROWS = [Row(*cells) for cells in table(FIXTURES / "rules/subjects.txt", 4)]


@cache
def listed() -> SubjectRows:
    return read_rules(SUBJECTS_FILE, SubjectRows)


def list_without(name: str) -> SubjectRows:
    kept = [{key: row for key, row in part.items() if key != name} for part in (listed().subjects, listed().groups)]
    return listed().model_copy(update=dict(zip(("subjects", "groups"), kept, strict=True)))


def said(text: str) -> str:
    return "; ".join(subjects_of(text))


def test_the_table_names_every_subject_and_every_group_once() -> None:
    assert [row.subject for row in ROWS] == [*listed().subjects, *listed().groups]


@pytest.mark.parametrize("row", ROWS, ids=[row.subject for row in ROWS])
def test_without_its_phrases_a_statement_is_about_something_else(row: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    assert row.whole != row.without
    assert said(row.text) == row.whole
    less = catalogue_of(list_without(row.subject))
    monkeypatch.setattr(subjects, "subject_catalogue", lambda: less)
    assert said(row.text) == row.without


def test_without_the_words_that_end_a_head_a_reason_counts_as_what_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Oversight to ensure supervision."
    assert said(text) == "management oversight; supervision"
    less = catalogue_of(listed().model_copy(update={"heads": listed().heads.model_copy(update={"ends": ()})}))
    monkeypatch.setattr(subjects, "subject_catalogue", lambda: less)
    assert said(text) == "supervision; management oversight"
