"""Which documents are Ofsted's own, and which are about a visit of Ofsted's."""

import pytest

from scraper.items import Reading
from scraper.reports import is_ofsteds_own, report_within
from scraper.reports.reader import read
from tests.paths import FIXTURES

ADDRESS = "Ofsted\nPiccadilly Gate\nStore Street\nManchester\nT 0300 123 1231"
SAYS = "Ofsted regulates\nand inspects to achieve excellence.\n© Crown copyright 2024"
SIGNED = "Yours sincerely\nAmaris Kent\nHis Majesty’s Inspector"
LETTER, GRADED = "monitoring_visit", "inspection"


@pytest.mark.parametrize(
    ("kind", "pages", "lead", "own"),
    [
        (LETTER, (ADDRESS, "two", "three", "four"), None, True),
        (GRADED, ("one", "two", "three", SAYS), None, True),
        (LETTER, ("one", "two", SIGNED, "four"), None, True),
        (GRADED, ("one", "two"), "Amaris Kent", True),
        (LETTER, ("Yours sincerely\nRobin Thorne\nDirector", "Amaris Kent, His Majesty’s Inspector"), "Robin Thorne", False),
        (LETTER, ("Read it at www.gov.uk/ofsted", "two"), None, False),
        (LETTER, ("one", "two", ADDRESS, "four", "five"), None, False),
        (GRADED, (SIGNED,), None, False),
        (GRADED, (), None, False),
    ],
)  # fmt: skip
def test_it_is_ofsteds_own_by_what_ofsted_prints_about_itself_or_by_its_inspector(
    kind: str, pages: tuple[str, ...], lead: str | None, own: bool
) -> None:
    assert is_ofsteds_own(Reading(kind, "ILACS", page_texts=pages, lead_inspector=lead)) is own


def test_every_invented_report_and_letter_about_an_authority_is_its_own_unless_it_is_of_several_inspectorates() -> None:
    found = {path.parent.name for path in FIXTURES.glob("reports/*/page.pdf") if not is_ofsteds_own(read(path))}
    assert found == {"jtai-2016", "jtai-2023", "other-progress-2009"}


@pytest.mark.parametrize(("case", "page"), [("cabinet-pack", 57), ("minutes", None), ("the-letter", None)])
def test_where_a_letter_begins_among_other_papers(case: str, page: int | None) -> None:
    assert report_within(read(FIXTURES / "documents" / case / "page.pdf")) == page
