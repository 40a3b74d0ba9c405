"""Which documents are Ofsted's own, and which are about a visit of Ofsted's."""

import pytest

from scraper.items import Finding, Reading
from scraper.reports import is_ofsteds_own, lacks_its_issuer, report_within
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


@pytest.mark.parametrize(
    "end",
    [
        "sincerely\nAmaris Kent\nSenior His Majesty’s Inspector",
        "sincerely, Amaris Kent, His Majesty's Inspector",
        "sincerely\nAmaris Kent HMI\nOfsted",
        "faithfully\nAmaris Kent\nSenior HMI",
        "sincerely\n[signature]\nAmaris Kent\nHer Majesty’s Inspector",
        "sincerely\nAmaris Kent (lead inspector)\nHis Majesty’s Inspector",
        "sincerely\nAmaris Kent and Jo van Lydgate\nHis Majesty’s Inspectors",
        "sincerely\nAmaris Kent\nHis Majestys Inspector",
        "sincerely\nAmaris Kent\nHis Majesty`s Senior Inspector",
        "sincerely\nAmaris Kent\nOfsted Senior Inspector",
    ],
)
def test_an_inspector_signs_in_many_ways(end: str) -> None:
    assert is_ofsteds_own(Reading(LETTER, "ILACS", page_texts=("one", f"Yours {end}")))


@pytest.mark.parametrize(
    "end",
    [
        "Robin Thorne\nDirector of Children’s Services\nAmaris Kent HMI",
        "Robin Thorne\nChief Executive\nAmaris Kent HMI",
        "Robin Thorne\nCopy to Amaris Kent HMI",
        "Robin Thorne\ncc Amaris Kent, His Majesty’s Inspector",
        "Robin Thorne\ncc: Amaris Kent, HMI",
    ],
)
def test_an_inspector_who_is_sent_a_copy_has_not_signed(end: str) -> None:
    assert not is_ofsteds_own(Reading(LETTER, "ILACS", page_texts=("one", f"Yours sincerely\n{end}")))


@pytest.mark.parametrize(
    ("kind", "findings", "pages", "lacks"),
    [
        (LETTER, 3, ("one",), True),
        (LETTER, 2, ("one",), False),
        (LETTER, 3, (ADDRESS,), False),
        ("other", 3, ("one",), False),
    ],
)
def test_what_reads_as_a_report_throughout_and_does_not_show_whose_it_is(
    kind: str, findings: int, pages: tuple[str, ...], lacks: bool
) -> None:
    found = tuple(Finding("strength", "Practice", f"Sentence {number}.", 1) for number in range(findings))
    assert lacks_its_issuer(Reading(kind, "ILACS", page_texts=pages, findings=found)) is lacks


def test_every_invented_report_and_letter_about_an_authority_is_its_own_unless_it_is_of_several_inspectorates() -> None:
    found = {path.parent.name for path in FIXTURES.glob("reports/*/page.pdf") if not is_ofsteds_own(read(path))}
    assert found == {"jtai-2016", "jtai-2023", "other-progress-2009"}


@pytest.mark.parametrize(("case", "page"), [("cabinet-pack", 57), ("minutes", None), ("the-letter", None)])
def test_where_a_letter_begins_among_other_papers(case: str, page: int | None) -> None:
    assert report_within(read(FIXTURES / "documents" / case / "page.pdf")) == page
