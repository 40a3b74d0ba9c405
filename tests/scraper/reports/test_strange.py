"""What nobody has described yet is told with its words, and nothing of it is claimed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scraper.reports.blocks import Block
from scraper.reports.front import kind_of
from scraper.reports.outline import Mode, Section
from scraper.reports.reader import read
from scraper.reports.strange import TOLD, strange_grades, strange_headings, title_of, told_in
from tests.made_up_registry import REPORT_CARD, registry
from tests.paths import FIXTURES

REPORTS = FIXTURES / "reports"


def table(*rows: tuple[str, str], page: int = 1, number: int = 1) -> Iterator[Block]:
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            yield Block(page, text, cell=(number, row, 10 * row + column), size=12.0)


def warned(case: str) -> str:
    return "; ".join(read(REPORTS / case / "page.pdf").warnings)


def test_a_report_of_a_framework_that_is_not_known_tells_its_title_its_grades_and_its_lists() -> None:
    reading = read(REPORTS / "report-card-1/page.pdf")
    assert (reading.report_type, reading.judgements) == ("other", ())
    said = warned("report-card-1")
    assert "its title is “Inspection of Saltmarsh and Dunes children and family services”" in said
    assert "“Family help: Expected standard”" in said and "“Leadership: Needs attention”" in said
    assert "lists under headings that are not known: “Next steps for leaders”" in said


def test_one_grade_of_another_scale_among_known_ones_is_a_doubt() -> None:
    reading = read(REPORTS / "changed-scale/page.pdf")
    assert [judgement.grade for judgement in reading.judgements] == ["good", "good", "good"]
    assert "children who need help and protection: Causing concern”" in warned("changed-scale")


@pytest.mark.parametrize(
    "case",
    ["ilacs-2024", "ilacs-2026", "sif-2015", "looked-after-2013", "area-send-2024", "focused-visit-2025", "jtai-2023"],
)
def test_in_a_report_that_is_known_nothing_is_strange(case: str) -> None:
    assert "no scale" not in warned(case) and "not known" not in warned(case)


def test_a_table_of_two_rows_or_of_long_cells_holds_no_grades() -> None:
    assert strange_grades(list(table(("Protection", "Weak"), ("Help", "Strong"))), "OTHER", any_area=True) == []
    long = [("Protection", "Children who are at risk are seen on the same day by a social worker")] * 3
    assert strange_grades(list(table(*long)), "OTHER", any_area=True) == []


def test_where_grades_were_read_only_the_lines_of_areas_are_looked_at() -> None:
    rows = list(table(("The impact of leaders", "Secure"), ("Team size", "12"), ("Region", "North")))
    assert strange_grades(rows, "ILACS", any_area=False) == [("The impact of leaders", "Secure")]
    assert len(strange_grades(rows, "ILACS", any_area=True)) == 3


def test_headings_that_end_alike_in_words_are_grades_where_there_is_no_table() -> None:
    titles = [
        "Protection: needs attention",
        "Family help: expected standard",
        "Leadership: strong standard",
        "Findings",
    ]
    parts = [(Section(title, Mode.TELL, rank=14.0), Block(1, "Text.")) for title in titles]
    assert [words for _, words in strange_headings(parts)] == [
        "needs attention",
        "expected standard",
        "strong standard",
    ]
    assert strange_headings(parts[2:]) == []
    known = [(Section(f"{area}: good", Mode.TELL, rank=14.0), Block(1, "Text.")) for area in "abcd"]
    assert strange_headings(known) == []


def test_many_words_are_cut_and_counted() -> None:
    assert told_in([str(number) for number in range(TOLD + 2)]).endswith("“5” and 2 more")
    assert title_of([]) == title_of([Block(1, "Dear Ms Thorne", size=12.0), Block(1, "A letter", size=12.0)]) == ""


def test_where_two_frameworks_have_the_same_front_page_the_time_of_the_visit_decides(tmp_path: Path) -> None:
    page = [Block(1, "Inspection of Saltmarsh local authority children’s services")]
    added = tmp_path / "added.yaml"
    added.write_text(
        REPORT_CARD.read_text(encoding="utf-8").replace(
            "children and family services'", "local authority children’s services'"
        ),
        encoding="utf-8",
    )
    with registry(tmp_path, added):
        assert kind_of(page, date(2026, 5, 8)) == ("inspection", "ILACS")
        assert kind_of(page, date(2026, 6, 1)) == ("inspection", "REPORT_CARD")


def test_a_front_page_that_was_out_of_force_is_a_doubt(tmp_path: Path) -> None:
    with registry(tmp_path):
        assert "it has the front page of ILACS, which was not in force at the time of the visit" in warned(
            "changed-scale"
        )
