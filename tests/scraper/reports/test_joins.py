"""Text that a page break, a false tag or a footnote cuts in two, made whole."""

import pytest

from scraper.reports.blocks import Block, joined_over_pages, split_label, tagged_blocks
from scraper.reports.glyphs import Run
from scraper.reports.layout import blocks_of, with_notes
from scraper.reports.tags import Role

LONG = "Social workers visit children often and know them well, and plans are clear to all. " * 3


def run(text: str, mcid: int = 0, *, top: float = 700.0, size: float = 12.0, left: float = 72.0) -> Run:
    return Run(text, mcid, left, top - size, left + 5 * len(text), top, top - size + 2, size, bold=False)


def paragraph(text: str, **others: object) -> Block:
    return Block(**{"page": 1, "size": 12.0, "text": text, **others})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "rest", "believed"),
    [
        ("joined", "-up work helps them.", False),
        ("lives.", " They do well.", False),
        ("A", " plan is made.", False),
        ("\uf06e", "Plans are made.", True),
        ("12.", "Plans are made.", True),
        ("iv)", "Plans are made.", True),
        ("n", "Plans are made.", True),
    ],
)
def test_a_word_that_is_tagged_as_a_label_stays_in_the_text(label: str, rest: str, *, believed: bool) -> None:
    runs = [run(label, 1), run(rest, 2)]
    roles = {1: Role(block=1, item=1, depth=1, label=True), 2: Role(block=1, item=1, depth=1)}
    (block,) = tagged_blocks(1, runs, roles)
    assert (block.label, block.text) == ((label, rest) if believed else ("", label + rest))


def test_a_word_tagged_as_a_label_is_joined_to_the_page_before() -> None:
    first = paragraph("Plans are made with families, and they are", label="7.", depth=1, item=3)
    top = tagged_blocks(
        2,
        [run("shared", 1), run(" with them.", 2)],
        {1: Role(block=1, item=1, depth=1, label=True), 2: Role(block=1, item=1, depth=1)},
    )
    assert [block.text for block in joined_over_pages([first, *top])] == [
        "Plans are made with families, and they are shared with them."
    ]


def test_paragraphs_tagged_as_headings_are_joined() -> None:
    roles = {1: Role(block=1, heading=True), 2: Role(block=2, heading=True), 3: Role(block=3, heading=True)}
    first = tagged_blocks(1, [run("Help", 3, size=14.0), run(LONG, 1), run("Critical thinking", 2)], roles)
    second = tagged_blocks(2, [run("is rare." + LONG, 1)], {1: Role(block=1, heading=True)})
    assert not any(block.heading for block in first)
    assert "Critical thinking is rare." in joined_over_pages([*first, *second])[-1].text


def test_a_heading_tag_is_believed_among_paragraphs() -> None:
    roles = {1: Role(block=1, heading=True), 2: Role(block=2)}
    assert [block.heading for block in tagged_blocks(1, [run("Help", 1), run(LONG, 2)], roles)] == [True, False]


def test_an_untagged_footnote_does_not_end_the_page() -> None:
    page = with_notes(
        [paragraph("The records of visits do not"), paragraph("Children under five.", size=9.0, bottom=60.0)]
    )
    assert [block.aside for block in page] == ["", "Note"]
    whole = joined_over_pages([*page, paragraph("show what was said.", page=2)])
    assert whole[0].text == "The records of visits do not show what was said."


def test_small_type_in_a_table_is_no_footnote() -> None:
    cell = paragraph("Good", size=9.0, cell=(1, 2, 3))
    assert with_notes([paragraph(LONG), cell])[-1].aside == ""


def test_the_raised_number_of_a_footnote_does_not_break_its_line() -> None:
    runs = [
        run("The team"),
        Run("4", 0, 114.0, 696.0, 117.0, 701.0, 696.0, 8.0, bold=False),
        run(" works well.", left=118.0),
    ]
    assert [block.text for block in blocks_of(1, runs)] == ["The team works well."]


def test_a_number_without_a_blank_is_a_label() -> None:
    assert split_label("28.Plans are clear.") == ("28.", "Plans are clear.")
    assert split_label("2.5 of them") == ("", "2.5 of them")
