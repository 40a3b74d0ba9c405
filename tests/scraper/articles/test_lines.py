"""Lines of a page: what is put between the paragraphs of an article, and paragraphs that only begin like it."""

import pytest

from scraper.articles import clean_lines


@pytest.mark.parametrize(
    "line",
    [
        "Recommended changes include better records of strategy meetings.",
        "Related services for care leavers were found to be weak.",
        "More from early help would be needed, inspectors said.",
        "‘See more of the families whom you help.’",
        "Loading social workers with 30 cases each is not safe.",
        "Read more widely, the report tells managers.",
        "Visit Ayford! That was what the leader told ministers.",
        "Live on less: what families told inspectors.",
    ],
)
def test_a_sentence_that_begins_like_what_is_put_between_paragraphs_is_kept(line: str) -> None:
    assert clean_lines(line) == line


@pytest.mark.parametrize(
    "line",
    [
        "READ MORE: Council leader quits",
        "Read more",
        "Read more about the council here.",
        "More from the Gazette",
        "More on this story",
        "Recommended",
        "Recommended reading: ten walks",
        "Related topics Ayford Council",
        "Related: Council leader quits",
        "Loading...",
        "Loading comments",
        "See more stories from Ayford",
        "Watch more of our videos on Reels!",
        "and live on Freeview channel 276",
        "Visit Reels! now",
        "Watch Reels! TV",
    ],
)
def test_what_is_put_between_paragraphs_is_left_out(line: str) -> None:
    assert clean_lines(line) == ""
