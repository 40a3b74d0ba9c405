"""What strangers write takes time with its length and no more in what goes over it by program too, and not by expressions alone."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from trafilatura import load_html

from monitor.comparing.matching import profile
from monitor.comparing.sides import credit, tells_progress
from monitor.facts.phrases import one_line
from scraper.articles import clean_lines, read_article
from scraper.articles.visit_days import visit_time
from scraper.items import Article, Tone
from scraper.pages.article import _headline, _untagged
from scraper.pages.decoding import readable
from scraper.pages.likeness import title_parts
from scraper.pages.linked_data import articles_told
from scraper.reference import area_of, known_authorities
from scraper.reference.authorities import name_key
from scraper.reports.asks import items
from scraper.reports.blocks import Block, joined_in_page, joined_over_pages, tidy
from scraper.reports.doubts import _heads_a_list
from scraper.reports.front import front_of, judgement_month
from scraper.reports.sentences import sentences_of
from scraper.reports.subjects import mentions_in
from scraper.reports.tone import tone_of
from scraper.reports.who import authority_of, short_name, titles_in
from scraper.text import words_of
from scraper.text.wording import sentences
from tests.expressions.growth import power, seconds

LINEAR = 1.5
SHORTEST = 2000
LONGEST = 1000
"""Characters of a line that is looked at as one that may be a caption."""


def read(text: str) -> object:
    article = Article("https://ayford.example/1", "Ofsted on Ayford", text, "", datetime(2024, 6, 1, tzinfo=UTC), "")
    return read_article(article, known_authorities(), ("80480",))


def days(text: str) -> object:
    return visit_time([text], date(2024, 6, 1))


def lines(text: str) -> object:
    return clean_lines("\n".join(text[at : at + LONGEST - 1] for at in range(0, len(text), LONGEST - 1)))


def front(text: str) -> object:
    return front_of([Block(1, text), Block(1, "Lead inspector: Ann Ayford")])


def first_page(text: str) -> object:
    return authority_of([Block(1, text)])


def titles(text: str) -> object:
    return titles_in([text])


def page(text: str) -> object:
    return readable(text.encode())


def blocks(text: str) -> list[Block]:
    return [Block(1, text[at : at + 80], item=1, left=1.0) for at in range(0, len(text), 80)]


def joined(text: str) -> object:
    return joined_in_page(blocks(text))


def over_pages(text: str) -> object:
    pages = [Block(at, block.text) for at, block in enumerate(blocks(text))]
    return joined_over_pages(pages)


def one_item(text: str) -> object:
    first, *others = blocks(text)
    return items([Block(1, first.text, label="•", item=1), *others])


def credited(text: str) -> object:
    return credit.__wrapped__(Tone.STRENGTH, text), tells_progress(text)


def about(text: str) -> object:
    return profile.__wrapped__(text)


CASES: dict[Callable[[str], object], tuple[str, ...]] = {
    sentences: ('Dr. "', "Dr. A", "a. A ", '."'),
    lines: ('"', "click here ", "read more!", "contact us ", "follow a ", "(c) ", "aab" * 8, "a "),
    read: ('Dr. "', '"', "visited on 1 May 2023, ", "first visit ", "Kent council ", "was rated good ", "'a ", "in May ", "since ", " "),
    days: ("visited 1 May 2023. ", "will 1 May meet ", "visited ", "1 May 2023, 2 June 2022. "),
    _untagged: ("<", "<br ", "< ", "<br><p>", "</"),
    title_parts: ("a | ", "  ", " - ", "|"),
    sentences_of: ("Dr. A", "A. ", ".’ ", 'e.g. "'),
    tidy: ("a-\n", "\n", "a- \r\n \n", "-\n"),
    judgement_month: ("May 2020 ", "visit May 2020 ", "judged "),
    front: ("the first monitoring visit ", "visit to ", "since May 2020 ", "HMI ", ", ", "inspection of ", "1 May ", "yours sincerely "),
    first_page: ("'", "Kent ", "joint targeted area inspection of the multi-agency a in ", "visit to the a ", "council council "),
    titles: ("a'", "' ", "county "),
    short_name: (" council", "royal ", "council of "),
    name_key: (" council", "the royal ", "a, county of "),
    joined: ("word of ", "a-", ") ", "words and more of "),
    over_pages: ("word of ", "’) ", "1 "),
    one_item: ("word of ", "the following ", "a-"),
    mentions_in: ("audit ", "supervision by manager ", "one to one ", "plan. A "),
    about: ("audit ", "audit and supervision, ", "children "),
    tone_of: ("but not ", ", but ", "it is ", "a-", "; ", "not good ", "high ", "fewer "),
    credited: ("improvements but ", "prevent a a ", "more ", "not "),
    area_of: ("services in ", "services for children in a are", "overal "),
    one_line: (" ", "a ", "\u202e"),
    words_of: ("a'", "  ", "A "),
    _heads_a_list: ("\n", " \n", "recommendations", "what does the need to "),
    page: ("<?xml ", "&#1;", "&#", "charset= "),
}  # fmt: skip


@pytest.mark.speed
@pytest.mark.parametrize("line", ['"' * 999, "“" * 999, "click here " * 90, "read more!" * 99, "ab" * 499])
def test_the_longest_lines_that_may_be_junk_take_no_second_in_an_article_full_of_them(line: str) -> None:
    assert min(seconds(clean_lines, f"{line}\n" * 40) for _ in range(2)) < 1


@pytest.mark.speed
def test_many_headings_are_not_each_compared_with_many_articles_that_the_page_tells_of() -> None:
    heading = "<h1>Ofsted on Ayford</h1><h2>Ayford council</h2>"
    told = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Something else altogether"}</script>'
    )
    tree = load_html("<html><head><title>Other</title></head><body>" + (heading + told) * 3000)

    def headline(tree: Any) -> object:
        return _headline(tree, articles_told(tree, "https://ayford.example/1"), "https://ayford.example/1", "", None)

    assert seconds(headline, tree) < 3


@pytest.mark.speed
@pytest.mark.parametrize(
    ("use", "unit"),
    [
        pytest.param(use, unit, id=f"{getattr(use, '__name__', 'it')} {unit!r}")
        for use, units in CASES.items()
        for unit in units
    ],
)
def test_it_takes_time_with_the_length_of_the_text(use: Callable[[str], object], unit: str) -> None:
    def measured(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size] + "~a"
        return min(seconds(use, text) for _ in range(2))

    assert power(measured, SHORTEST) < LINEAR
