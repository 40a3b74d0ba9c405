"""Lists that ask for something under headings that nobody has described are told, and are no praise."""

import pytest

from scraper.items import Finding, Tone
from scraper.reports.blocks import Block
from scraper.reports.outline import sections
from scraper.reports.requests import asks_for
from scraper.reports.strange_lists import strange_lists, without_items

ASKS = (
    "The timeliness of visits to children.",
    "Supervision of social workers, so that it is regular.",
    "Ensure that plans are clear.",
)
TELLS = (
    "Children are seen regularly.",
    "Most plans are clear and up to date.",
    "The quality of assessments has improved.",
)


def heading(text: str) -> Block:
    return Block(1, text, size=14.0, bold=True)


def items(*texts: str, label: str = "•") -> list[Block]:
    return [Block(1, text, label=label, size=12.0, left=20.0) for text in texts]


PROSE = [
    heading("Main findings"),
    *(Block(1, f"Social workers know their children well, as was seen {n}.", size=12.0) for n in range(9)),
]


def found(*blocks: Block) -> list[str]:
    document = [*blocks, *PROSE]
    return [one.heading for one in strange_lists(document, list(sections(document)))]


@pytest.mark.parametrize("text", ASKS)
def test_a_thing_named_or_a_command_asks(text: str) -> None:
    assert asks_for(text)


@pytest.mark.parametrize("text", [*TELLS, "There is no delay.", "Leaders are rightly proud of their staff."])
def test_a_sentence_says(text: str) -> None:
    assert not asks_for(text)


@pytest.mark.parametrize(
    "title",
    ["Actions for leaders", "What leaders should do next", "Priorities for improvement", "Improvements required"],
)
def test_a_renamed_list_is_found(title: str) -> None:
    assert found(heading(title), *items(*ASKS)) == [title]
    assert found(heading(title), Block(1, "Leaders should now see to these:", size=12.0), *items(*ASKS)) == [title]
    assert found(heading(title), *items(*ASKS, label="1.")) == [title]


def test_one_beside_a_list_that_is_known_is_found_too() -> None:
    known = [heading("What needs to improve?"), *items("The sufficiency of foster homes.")]
    assert found(*known, heading("Further actions"), *items(*ASKS)) == ["Further actions"]
    assert found(*known) == []


def test_what_says_something_or_stands_under_a_known_heading_is_no_such_list() -> None:
    assert found(heading("What we saw"), *items(*TELLS)) == []
    assert found(heading("Strengths"), *items(*ASKS)) == []
    assert found(heading("Areas covered by the visit"), *items(*ASKS)) == []
    assert (
        found(heading("Actions"), *(Block(1, "We looked at this.", size=12.0) for _ in range(2)), *items(*ASKS)) == []
    )


def test_next_steps_are_a_list_only_where_there_is_no_other() -> None:
    steps = [heading("Next steps"), *items(*ASKS)]
    assert found(*steps) == ["Next steps"]
    assert found(heading("Areas for improvement"), *items("The sufficiency of foster homes."), *steps) == []


def test_lines_of_a_table_of_grades_and_numbered_prose_are_none() -> None:
    rows = items("Adoption performance", "Experiences and progress of care leavers", label="2.1")
    assert found(heading("Children looked after and achieving permanence"), *rows) == []
    prose = items(
        "The support that care leavers receive from the team lacks consistency and " + "more " * 12, ASKS[0], label="4."
    )
    assert found(heading("Young people"), *prose) == []


def test_their_items_are_no_findings() -> None:
    document = [heading("Actions for leaders"), *items(*ASKS), *PROSE]
    lists = strange_lists(document, list(sections(document)))
    praise = [Finding(Tone.STRENGTH, "Summary", text, 1) for text in (*ASKS, *TELLS)]
    assert [one.text for one in without_items(praise, lists)] == list(TELLS)
