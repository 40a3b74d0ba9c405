"""Which documents that a page links may be reports of Ofsted's, by what they are called."""

from datetime import UTC, datetime

import pytest

from scraper.pages.documents import linked_documents
from scraper.pages.tasks import Page
from tests.scraper.pages import golden

NOW = datetime(2024, 3, 13, 9, tzinfo=UTC)
URL = "https://democracy.westmarch.example/mgAi.aspx?ID=8052"


def linked(body: str) -> tuple[str, ...]:
    return linked_documents(Page(body.encode(), URL, NOW))


def test_the_appendix_of_an_agenda_is_one() -> None:
    [folder] = golden.cases("news_page", "agenda")
    assert linked_documents(Page(golden.page(folder), URL, NOW)) == (
        "https://democracy.westmarch.example/documents/s4410/Appendix%20A%20Ofsted%20letter.pdf",
    )


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/files/12.pdf">Letter of 6 March</a>',
        '<a href="/files/ofsted-monitoring-visit.PDF">Read it here</a>',
        '<a href="/documents/s4411/Annex.docx.pdf" title="Ofsted inspection report">Annex</a>',
        '<a href="/documents/s99">Focused visit</a>',
        '<a href="/FinalLetter.pdf">Read it here</a>',
        '<a href="/a.pdf">Our newsletter on the Ofsted visit</a>',
    ],
)
def test_what_is_called_so_is_one(link: str) -> None:
    assert len(linked(f"<p>{link}</p>")) == 1


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/files/budget-2024.pdf">The budget</a>',
        '<a href="/newsletter-may.pdf">Read it here</a>',
        '<a href="/a.pdf">Foster carers’ news-letter</a>',
        '<a href="/a.pdf">Guide for visitors</a>',
        '<a href="/news/ofsted-letter">Ofsted’s letter</a>',
        '<a href="mailto:ofsted.pdf">Letter</a>',
        "<a>Ofsted letter</a>",
        "",
    ],
)
def test_what_is_no_pdf_or_is_called_otherwise_is_none(link: str) -> None:
    assert linked(f"<p>{link}</p>") == ()


def test_each_is_named_once_and_a_page_full_of_them_is_cut() -> None:
    assert linked('<a href="/a.pdf">Letter</a><a href="/a.pdf?utm_source=x">The letter</a>') == (
        "https://democracy.westmarch.example/a.pdf",
    )
    assert len(linked("".join(f'<a href="/{n}.pdf">Letter</a>' for n in range(50)))) == 20
