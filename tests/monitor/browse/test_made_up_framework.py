"""A framework that nobody has yet, added by data alone: from its PDFs to chain, mail, terminal, pages and news, in its own words."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.cli import history
from monitor.database import rows
from monitor.facts import ReportFacts, report_facts
from scraper.articles import read_article
from scraper.items import Article, Judgement
from scraper.reports.reader import read
from tests.conftest import Clock
from tests.data_folders import new_database
from tests.made_up_registry import registry
from tests.monitor.browse.conftest import Site
from tests.monitor.browse.saltmarsh import CASES, REPORTS, SALTMARSH, mails, published

PAPER = "Social workers in Saltmarsh and Dunes have been told that the protection of children needs urgent improvement."


@dataclass(frozen=True)
class Told:
    """What readers are told of the three reports."""

    facts: dict[int, ReportFacts]
    mail: str
    history: str
    home: str
    authority: str
    report: str
    standing: dict[str, str]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with registry(tmp_path_factory.mktemp("registry")) as path:
        yield path


@pytest.fixture(scope="module")
def told(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The watch begins with a report of before; then two of the new framework come, one after the other."""
    data = tmp_path_factory.mktemp("watch") / "data"
    with closing(new_database(data)) as db:
        for _ in published(db, data, Clock()):
            pass
        site = Site(data)
        yield Told(
            facts={number: report_facts(db, number) for number in CASES},
            mail=mails(data, "lead@example.org"),
            history="\n".join(history.lines(db, SALTMARSH)),
            home=site.get("/").text,
            authority=site.get(f"/authority/{SALTMARSH.urn}").text,
            report=site.get("/report/9").text,
            standing={
                row["name"]: row["grade"] for row in rows(db, "SELECT name, grade FROM standing ORDER BY position")
            },
        )
        site.close()


def test_its_reports_are_read_right(made_up: Path) -> None:
    reading = read(REPORTS / "report-card-1/page.pdf")
    assert (reading.report_type, reading.framework, reading.authority) == ("inspection", "REPORT_CARD", SALTMARSH.name)
    assert reading.judgements == (
        Judgement("Family help", "expected standard"),
        Judgement("Protection", "needs attention"),
        Judgement("Children in care", "strong standard"),
        Judgement("Care leavers", "expected standard"),
        Judgement("Leadership", "needs attention"),
    )
    asked = [(one.kind, one.section, one.text) for one in reading.findings if one.kind == "next_step"]
    assert asked == [
        ("next_step", "Next steps for leaders", "The timeliness of child protection visits and the records of them."),
        (
            "next_step",
            "Next steps for leaders",
            "The quality assurance of practice, so that managers know how well children are helped.",
        ),
    ]
    assert reading.warnings == ()


def test_it_is_in_the_chain_of_inspections(told: Told) -> None:
    assert [ref.report_id for ref in told.facts[9].before] == [7, 8]
    assert [area.text for area in told.facts[8].earlier] == [
        "The help that families receive before a crisis (Outcome 1, national framework)",
        "The consistency of management oversight (Enabler 2, national framework).",
    ]
    (visits, quality) = told.facts[9].earlier
    assert (visits.status, visits.matched) == ("still_needs_improvement", "The timeliness of child protection visits.")
    assert quality.status == "improved"


def test_its_grades_are_compared_within_its_own_scale_only(told: Told) -> None:
    assert {change.change for change in told.facts[8].grades} == {"new"}
    assert {change.area: (change.earlier, change.change) for change in told.facts[9].grades} == {
        "Leadership": ("needs attention", "unchanged"),
        "Family help": ("expected standard", "improved"),
        "Protection": ("needs attention", "declined"),
        "Children in care": ("strong standard", "unchanged"),
        "Care leavers": ("expected standard", "unchanged"),
    }


def test_where_the_authority_stands_is_told_by_the_newest_framework(told: Told) -> None:
    assert told.standing == {
        "Leadership": "needs attention",
        "Family help": "strong standard",
        "Protection": "urgent improvement",
        "Children in care": "strong standard",
        "Care leavers": "expected standard",
    }


def test_the_mail_tells_it_in_its_own_words(told: Told) -> None:
    assert told.facts[9].headline == "protection urgent improvement, was needs attention; and 1 more"
    for words in (
        "Next steps for leaders (2)", "2 next steps now, 1 raised before and 1 new", "Inspection (report card)",
        "Protection", "Urgent improvement", "1 of 2 earlier next steps is raised again",
    ):  # fmt: skip
        assert words in told.mail


@pytest.mark.parametrize("words", ["Next steps for leaders", "urgent improvement", "Family help", "Leadership"])
def test_the_pages_tell_it_in_its_own_words(told: Told, words: str) -> None:
    assert words in told.report
    assert words in told.authority or words == "Next steps for leaders"


def test_the_pages_show_its_grades_by_their_looks(told: Told) -> None:
    for page in (told.home, told.authority, told.report):
        assert '<span class="w-grade bad">urgent improvement</span>' in page
        assert '<span class="w-grade best">strong standard</span>' in page


def test_the_terminal_tells_it_too(told: Told) -> None:
    assert "20 November 2026: inspection (report card)" in told.history
    assert "Protection: urgent improvement" in told.history


def test_news_that_name_its_grades_are_of_an_inspection(made_up: Path, clock: Clock) -> None:
    article = Article(
        "https://a.example/1",
        "Children's services 'need attention'",
        PAPER.replace("needs", "is rated"),
        "Gazette",
        None,
    )
    found = read_article(article, [SALTMARSH], [])
    assert (found.kind, found.clues.grade) == ("inspection", "urgent improvement")


def test_the_chart_ends_the_lines_of_the_framework_before(told: Told) -> None:
    label = told.authority.split('aria-label="', 2)
    assert "Help and protection: requires improvement in 2026, no longer given." in " ".join(label)
    assert "Protection: needs attention in 2026, urgent improvement in 2026." in " ".join(label)
