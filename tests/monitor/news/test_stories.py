"""Which articles are one story."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from monitor.news.stories import LONG, Piece, own_text, start_of, story_of
from scraper.text.shingles import shingles

COPY = "Inspectors from Ofsted have praised the way in which social workers at the council help children who come into care late in life"
PIECE = Piece("https://a.example/1", "1", date(2024, 3, 1), "Inspectors praise council", shingles(COPY))


def piece(url: str, text: str = "", days: int = 1, **other: object) -> Piece:
    changed = replace(PIECE, url=url, day=PIECE.day + timedelta(days=days), shingles=shingles(text), headline=url)
    return replace(changed, **other)  # type: ignore[arg-type]


def test_the_same_copy_in_several_outlets_is_one_story() -> None:
    second = piece("https://b.example/2", f"A new first line is here. {COPY} and a last one.")
    assert story_of(second, [PIECE]) == PIECE.url
    third = piece("https://c.example/3", f"{COPY} and a last one.", days=3)
    assert story_of(third, [PIECE, replace(second, story=PIECE.url)]) == PIECE.url


@pytest.mark.parametrize(
    "other",
    [
        piece(
            "https://b.example/2",
            "Quite another text of the same length about a bridge that is closed for the summer while it is painted in green",
        ),
        piece("https://b.example/2", COPY, days=61),
        piece("https://b.example/2", COPY, urn="2"),
        piece("https://b.example/2"),
    ],
)
def test_other_stories_stay_apart(other: Piece) -> None:
    assert story_of(other, [PIECE]) == other.url


def test_the_owners_number_and_the_same_headline_join_too() -> None:
    numbered = replace(PIECE, owner_id=("reach", "28000001"))
    assert story_of(piece("https://b.example/2", owner_id=("reach", "28000001")), [numbered]) == PIECE.url
    untold = piece("https://b.example/2", headline="Inspectors praise council!")
    assert story_of(untold, [PIECE]) == PIECE.url
    assert story_of(replace(untold, day=PIECE.day + timedelta(days=8)), [PIECE]) == untold.url


def test_the_first_article_is_its_own_story() -> None:
    assert story_of(PIECE, []) == PIECE.url


OURS = " ".join(
    f"{start} is told by the Gazette of the town, which is printed each {day} by a family firm near the old {place}."
    for start, day, place in (("What", "Monday", "mill"), ("News", "Friday", "church"), ("Sport", "Sunday", "station"))
)
GOOD, BAD = (
    "Ofsted praises the council's children's services",
    "Council's children's services rated inadequate by Ofsted",
)
ONE_PAPER = "https://www.bucksfreepress.co.uk"
SISTER = "https://www.theargus.co.uk"
ANOTHERS = "https://www.birminghammail.co.uk"
LONG_COPY = " ".join(f"word{number} and{number * 3}" for number in range(LONG))


def told(url: str, headline: str, text: str, days: int = 0, **other: object) -> Piece:
    return piece(url, text, days, headline=headline, **other)


@pytest.mark.parametrize("days", [0, 1, 21])
@pytest.mark.parametrize("paper", [ONE_PAPER, SISTER])
@pytest.mark.parametrize("own", ["", "The mayor has cut a ribbon. ", COPY])
def test_what_the_papers_of_a_publisher_print_under_any_headline_makes_no_copy(days: int, paper: str, own: str) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, OURS)
    assert story_of(told(f"{paper}/2", GOOD, own + OURS, days), [first]) == f"{paper}/2"


@pytest.mark.parametrize(
    ("url", "headline", "days"),
    [
        (
            f"{ANOTHERS}/2",
            "Inspectors see progress",
            7,
        ),  # an agency's text: the publishers have nothing else in common
        (f"{SISTER}/2", f"{BAD} - The Argus", 6),
        (f"{ONE_PAPER}/2", f"UPDATED: {BAD}", 1),
        (f"{ONE_PAPER}/2", BAD, 40),
    ],
)
def test_a_text_is_a_copy_in_papers_of_others_and_under_a_headline_alike(url: str, headline: str, days: int) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, COPY)
    assert story_of(told(url, headline, f"Corrected. {COPY}", days), [first]) == first.url


@pytest.mark.parametrize(
    ("paper", "days", "same"),
    [(SISTER, 1, True), (SISTER, 7, True), (SISTER, 8, False), (ONE_PAPER, 2, True), (ONE_PAPER, 3, False)],
)
def test_a_rewritten_headline_is_no_matter_where_the_text_says_the_same_of_a_visit(
    paper: str, days: int, same: bool
) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, COPY, said=frozenset({"2024-01", "leaders are proud"}))
    second = told(f"{paper}/2", GOOD, f"New. {COPY}", days, said=frozenset({"leaders are proud"}))
    assert (story_of(second, [first]) == first.url) is same
    unsaid = replace(second, said=frozenset({"2014"}))
    assert story_of(unsaid, [first]) == unsaid.url


@pytest.mark.parametrize(
    ("paper", "days", "same"), [(SISTER, 1, True), (SISTER, 2, True), (SISTER, 3, False), (ONE_PAPER, 0, False)]
)
def test_a_long_text_that_a_sister_paper_has_as_a_whole_is_a_copy(paper: str, days: int, same: bool) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, LONG_COPY)
    second = told(f"{paper}/2", GOOD, LONG_COPY, days)
    assert (story_of(second, [first]) == first.url) is same
    with_more = told(f"{paper}/2", GOOD, LONG_COPY[: len(LONG_COPY) // 2] + LONG_COPY.upper()[::-1], days)
    assert story_of(with_more, [first]) == with_more.url


@pytest.mark.parametrize("days", [8, 21, 45])
@pytest.mark.parametrize("own", ["", "The mayor has cut a ribbon. ", COPY])
@pytest.mark.parametrize("text", [OURS, LONG_COPY])
def test_what_papers_not_known_as_sisters_print_weeks_apart_makes_no_copy(text: str, own: str, days: int) -> None:
    said = frozenset({"2024-01"})
    first = told(f"{ONE_PAPER}/1", BAD, text, said=said)
    assert story_of(told(f"{ANOTHERS}/2", GOOD, own + text, days, said=said), [first]) == f"{ANOTHERS}/2"


@pytest.mark.parametrize("paper", [ONE_PAPER, SISTER, ANOTHERS])
@pytest.mark.parametrize("days", [0, 1, 2])
def test_stories_that_have_less_in_common_than_apart_are_two_whatever_both_say_of_a_visit(
    paper: str, days: int
) -> None:
    said = frozenset({"2024-01", "2022-03"})
    own = (f"{COPY}. {LONG_COPY}", " ".join(f"other{number} words{number}" for number in range(60)))
    first = told(f"{ONE_PAPER}/1", BAD, f"{own[0]} {OURS}", said=said)
    assert story_of(told(f"{paper}/2", GOOD, f"{own[1]} {OURS}", days, said=said), [first]) == f"{paper}/2"
    assert story_of(told(f"{paper}/3", GOOD, OURS, days, said=said), [first]) == f"{paper}/3"


@pytest.mark.parametrize("paper", [ONE_PAPER, SISTER])
@pytest.mark.parametrize(
    "own",
    [
        "The mayor has cut a ribbon. ",
        "A leader has resigned over it. ",
        "MPs want the minister to act now. ",
        "Parents of two boys have gone to court. ",
        "More money is to be spent on social workers. ",
        "A strike of social workers has begun today. ",
    ],
)
def test_a_papers_own_text_that_names_a_visit_makes_no_copy(own: str, paper: str) -> None:
    said = frozenset({"2024-01"})
    first = told(f"{ONE_PAPER}/1", BAD, f"Inspectors have given their verdict on the council. {OURS}", said=said)
    assert story_of(told(f"{paper}/2", GOOD, own + OURS, said=said), [first]) == f"{paper}/2"


@pytest.mark.parametrize(
    ("paper", "starts", "same"),
    [
        (ONE_PAPER, (COPY, f"{COPY} again"), True),
        (SISTER, (COPY, f"{COPY} again"), True),
        (ANOTHERS, (COPY, f"{COPY} again"), True),
        (ONE_PAPER, (COPY, OURS), False),
        (SISTER, (COPY, OURS), False),
        (ANOTHERS, (COPY, OURS), False),
        (ONE_PAPER, (COPY, "Too short"), False),
    ],
)
def test_where_the_starts_are_known_they_tell_whether_a_longer_text_is_the_same_story(
    paper: str, starts: tuple[str, str], same: bool
) -> None:
    said = frozenset({"2024-01"})
    more = " ".join(f"more{number}" for number in range(40))
    first = told(f"{ONE_PAPER}/1", BAD, LONG_COPY, said=said, start=start_of(starts[0]))
    second = told(f"{paper}/2", GOOD, f"{LONG_COPY} {more}", said=said, start=start_of(starts[1]))
    assert (story_of(second, [first]) == first.url) is same


def school(number: int, paper: str = ONE_PAPER) -> Piece:
    text = " ".join(f"school{number} {word}" for word in range(60))
    return told(f"{paper}/school{number}", f"School {number} rated", text, relevant=False)


@pytest.mark.parametrize(
    ("others", "same"),
    [
        ([school(number) for number in range(3)], True),
        ([school(number) for number in range(2)], False),
        ([school(number, SISTER) for number in range(3)], False),
        ([replace(school(number), shingles=shingles("A few words only")) for number in range(3)], False),
        ([replace(school(number), headline=BAD) for number in range(3)], False),
        (
            [replace(school(number), shingles=school(number).shingles | shingles(LONG_COPY)) for number in range(3)],
            False,
        ),
    ],
)
def test_a_text_that_no_other_article_of_the_paper_has_is_a_story_under_any_headline(
    others: list[Piece], same: bool
) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, LONG_COPY)
    second = told(f"{ONE_PAPER}/2", GOOD, f"{LONG_COPY} too", 2)
    assert (story_of(second, [first, *others]) == first.url) is same
    later = replace(second, day=PIECE.day + timedelta(days=3))
    assert story_of(later, [first, *others]) == later.url
    shorter = told(f"{ONE_PAPER}/2", GOOD, LONG_COPY[: len(LONG_COPY) // 2], 2)
    assert story_of(shorter, [first, *others]) == shorter.url


def test_papers_that_share_a_site_are_told_apart_by_name() -> None:
    first = told("https://one.example/1", BAD, LONG_COPY, outlet="Gazette")
    assert story_of(told("https://one.example/2", GOOD, LONG_COPY, outlet="Herald"), [first]) == first.url
    assert story_of(told("https://one.example/2", GOOD, LONG_COPY, outlet="Gazette"), [first]) != first.url


@pytest.mark.parametrize(
    "third",
    [
        told(f"{SISTER}/3", "School is rated good", LONG_COPY, relevant=False),
        told(f"{SISTER}/3", "Harrowdale's services praised", LONG_COPY, urn="2"),
        told(f"{ONE_PAPER}/3", "Leader resigns", LONG_COPY, days=-20),
    ],
)
@pytest.mark.parametrize("second", [told(f"{SISTER}/2", GOOD, LONG_COPY), told(f"{ANOTHERS}/2", GOOD, LONG_COPY)])
def test_a_third_article_about_something_else_shows_what_is_the_papers_own(second: Piece, third: Piece) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, LONG_COPY)
    assert story_of(second, [first]) == first.url
    assert story_of(second, [third, first]) != first.url


@pytest.mark.parametrize(
    "third",
    [
        told(f"{ANOTHERS}/3", "School is rated good", COPY, relevant=False),
        told(f"{SISTER}/3", BAD, COPY, relevant=False),
        told(f"{SISTER}/3", "Leader resigns", COPY, days=-20, said=frozenset({"2024-01"})),
        told(f"{SISTER}/3", "Leader resigns", COPY),
    ],
)
def test_what_may_be_the_same_story_takes_nothing_from_a_text(third: Piece) -> None:
    first = told(f"{ONE_PAPER}/1", BAD, COPY, said=frozenset({"2024-01"}))
    assert own_text(first, [third]) == first.shingles


def test_of_a_text_the_papers_own_runs_are_left_out_and_too_few_are_none() -> None:
    school = told(f"{ONE_PAPER}/3", "School is rated good", OURS, relevant=False)
    first = told(f"{ONE_PAPER}/1", BAD, f"{COPY} {OURS}")
    assert own_text(first, [school]) >= shingles(COPY)
    assert not own_text(first, [school]) & school.shingles
    assert own_text(told(f"{ONE_PAPER}/1", BAD, f"By Ann. {OURS}"), [school]) == frozenset()


def test_the_same_headline_joins_where_a_text_is_only_the_papers_own() -> None:
    school = told(f"{ONE_PAPER}/3", "School is rated good", OURS, relevant=False)
    first = told(f"{ONE_PAPER}/1", BAD, OURS)
    second = told(f"{ANOTHERS}/2", BAD, COPY)
    assert story_of(second, [first, school]) == first.url
    assert story_of(second, [first]) == second.url


@pytest.mark.parametrize(
    ("path", "other", "text", "days", "same"),
    [
        ("/news/4242.bad-news/", "/politics/4242.weeks-late/", f"{LONG_COPY} and more", 9, True),
        ("/news/4242.bad-news/", "/news/4243.weeks-late/", f"{LONG_COPY} and more", 9, False),
        ("/news/visits-are-weeks-late/", "/politics/visits-are-weeks-late/amp", "", 9, False),
        ("/news/visits-are-weeks-late/", "/politics/visits-are-weeks-late", LONG_COPY, 9, True),
        ("/section/4242/bad-news", "/section/4242/weeks-late", OURS, 9, False),
        ("/news/4242.bad-news/", "/news/4242.bad-news/#:~:text=Weeks", "", 6, True),
        ("/news/4242.bad-news/", "/news/4242.bad-news/#:~:text=Weeks", "", 8, False),
        ("/updates", "/updates#:~:text=Weeks", "", 6, False),
    ],
)
def test_on_one_site_the_place_of_a_story_tells_that_it_was_rewritten(
    path: str, other: str, text: str, days: int, same: bool
) -> None:
    """With a text that has half in common; where one could not be had, at the same page and within a week."""
    first = told(f"{ONE_PAPER}{path}", BAD, f"{LONG_COPY} {OURS}")
    second = told(f"{ONE_PAPER}{other}", GOOD, text, days)
    assert (story_of(second, [first]) == first.url) is same


@pytest.mark.parametrize(
    "path", ["/a?site=50123&slug={}", "/a?site=50123&id=98{}", "/ayford-365/visit-{}/", "/ayford/4242/visit-{}/"]
)
def test_a_sections_number_and_a_papers_own_text_make_no_one_story_of_two(path: str) -> None:
    papers = [f"paper{number}" for number in range(122)]
    texts = (" ".join([*(f"{start}{number}" for number in range(100)), *papers]) for start in ("one", "two"))
    first, second = (told(ONE_PAPER + path.format(n), f"{n} {n} {n}", text, 9 * n) for n, text in enumerate(texts))
    assert story_of(second, [first]) == second.url
