"""Which headlines say the same."""

import pytest

from scraper.text import alike

HEADLINE = "Harrowdale council's children's services rated good by Ofsted inspectors"


@pytest.mark.parametrize(
    "other",
    [
        "UPDATED: Harrowdale council’s children’s services rated good by Ofsted inspectors",
        "Harrowdale council's children's services rated good by Ofsted inspectors | Harrowdale News",
        "Harrowdale council's children's services rated good by Ofsted inspecters",
        "Ofsted inspectors: Harrowdale council's children's services rated 'good'",
    ],
)
def test_a_few_words_more_or_a_slip_of_spelling_make_no_other_headline(other: str) -> None:
    assert alike(HEADLINE, other)
    assert alike(other, HEADLINE)


@pytest.mark.parametrize(
    "other",
    [
        "Harrowdale council's children's services rated inadequate by Ofsted inspectors",
        "Harrowdale council's children's services director quits after being rated by Ofsted inspectors",
        "Harrowdale council",
        "Summer fair returns to the park",
        "",
    ],
)
def test_another_word_in_the_place_of_one_makes_another_headline(other: str) -> None:
    assert not alike(HEADLINE, other)
    assert not alike(other, HEADLINE)


def test_the_next_of_a_row_has_another_headline() -> None:
    third = "Inspectors see progress on third visit to Harrowdale council"
    assert not alike(third, third.replace("third", "fourth"))
