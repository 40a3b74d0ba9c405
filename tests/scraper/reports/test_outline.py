"""What is a finding, what an item, and what neither: the imprint, addressees, introductions, tables and the board's part."""

import pytest

from scraper.items import Tone
from scraper.reports.asks import asks_of, items
from scraper.reports.blocks import Block
from scraper.reports.narrative import narrative_of
from scraper.reports.outline import Mode, sections

PROSE = "Social workers know children well and visit them often, and plans are clear."


def paragraph(text: str, **others: object) -> Block:
    return Block(**{"page": 1, "size": 12.0, "text": text, **others})  # type: ignore[arg-type]


def heading(text: str, size: float = 14.0, **others: object) -> Block:
    return paragraph(text, size=size, bold=True, **others)


@pytest.mark.parametrize(
    "first",
    [
        "The Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects.",
        "If you would like a copy of this document in a different format, please telephone us.",
        "© Crown copyright 2031",
    ],
)
def test_the_imprint_holds_no_findings(first: str) -> None:
    last = paragraph("It regulates and inspects childcare and children’s social care, and makes them better.")
    blocks = [heading("The impact of leaders: good"), paragraph(PROSE), paragraph(first), heading("Our work"), last]
    told = list(narrative_of(sections(blocks)))
    assert [finding.text for finding in told] == [PROSE]


def test_a_finding_about_complaints_is_no_imprint() -> None:
    text = "Any complaints about staff are looked into well."
    assert [finding.text for finding in narrative_of(sections([heading("Findings"), paragraph(text)]))] == [text]


def test_findings_go_on_after_an_imprint_at_the_front() -> None:
    blocks = [paragraph("© Crown copyright 2031"), heading("Overall effectiveness"), paragraph(PROSE)]
    assert [finding.text for finding in narrative_of(sections(blocks, opens=Mode.TELL))] == [PROSE]


def test_those_a_joint_letter_is_sent_to_are_no_finding() -> None:
    to = paragraph(
        "Ann Other, Director of Children’s Services, Ditchley Borough Council and Bo Else, Chief Nurse, Larkhill"
    )
    blocks = [to, paragraph("Dear local partnership"), heading("Joint targeted area inspection"), paragraph(PROSE)]
    assert [finding.text for finding in narrative_of(sections(blocks, opens=Mode.TELL))] == [PROSE]


def test_the_findings_about_the_board_are_told_and_what_grades_mean_is_not() -> None:
    blocks = [
        heading("The Local Safeguarding Children Board (LSCB)", 16.0),
        heading("Inspection judgement about the LSCB"),
        paragraph("The board is effective and challenges its partners well.", label="162."),
        heading("What the inspection judgements mean", 16.0),
        heading("The LSCB"),
        paragraph("An outstanding LSCB is highly influential in improving the care of children."),
    ]
    told = [(finding.text, finding.lscb) for finding in narrative_of(sections(blocks))]
    assert told == [("The board is effective and challenges its partners well.", True)]


def test_the_boards_own_part_of_a_joint_letter_is_marked() -> None:
    blocks = [
        heading("Key strengths"),
        heading("Local Safeguarding Children Board", 13.0),
        paragraph(PROSE),
        heading("Leadership and management", 13.0),
        paragraph(PROSE),
    ]
    assert [finding.lscb for finding in narrative_of(sections(blocks, board_too=False))] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "The inspection did not find any areas for priority and immediate action.",
        "No areas were identified for immediate improvement.",
        "Inspectors found no priority actions.",
    ],
)
@pytest.mark.parametrize("label", ["", "14."])
def test_a_list_that_says_it_is_empty_has_no_items(text: str, label: str) -> None:
    blocks = [heading("Priority and immediate action"), paragraph(text, label=label)]
    assert asks_of(sections(blocks)) == []


def test_an_item_may_say_that_something_is_missing() -> None:
    text = "There are no areas of the county in which recommendations of reviews are followed up well enough."
    kept = items([paragraph(text, label="◼"), paragraph("Any areas for improvement are followed up.", label="◼")])
    assert [block.text for block in kept] == [text, "Any areas for improvement are followed up."]


def test_the_numbered_introduction_of_a_list_is_no_item() -> None:
    intro = "In order to improve care, the local authority should take the following action."
    blocks = [
        heading("Areas for improvement"),
        paragraph(intro, label="28.", left=86.0, depth=1),
        paragraph("Ensure that plans are clear.", label="◼", left=122.0, depth=1),
    ]
    assert [finding.text for finding in asks_of(sections(blocks))] == ["Ensure that plans are clear."]


def test_an_item_that_ends_in_a_colon_keeps_what_is_nested_in_it() -> None:
    blocks = [
        paragraph("Implement the following areas for improvement:", label="1.", left=72.0, depth=1),
        paragraph("legal advice is sought in time.", label="◼", left=100.0, depth=2),
    ]
    assert [block.text for block in items(blocks)] == [
        "Implement the following areas for improvement: legal advice is sought in time."
    ]


def test_bullets_that_end_a_sentence_are_part_of_it() -> None:
    blocks = [
        heading("Findings"),
        paragraph("Leaders have improved services well and have a clear plan:"),
        paragraph("to keep good staff", label="◼"),
        paragraph("to share good practice.", label="◼"),
        paragraph("Children are helped early and well.", label="◼"),
    ]
    assert [(finding.text, finding.kind) for finding in narrative_of(sections(blocks))] == [
        (
            "Leaders have improved services well and have a clear plan: to keep good staff to share good practice.",
            Tone.STRENGTH,
        ),
        ("Children are helped early and well.", Tone.STRENGTH),
    ]


def test_the_rows_of_the_table_of_grades_are_no_findings() -> None:
    blocks = [
        heading("Children’s services in Ditchley are good"),
        paragraph("Children who need help and protection", label="1.", cell=(1, 2, 3)),
        paragraph("strong and visible leadership", label="◼"),
    ]
    assert [finding.text for finding in narrative_of(sections(blocks))] == ["strong and visible leadership"]


def test_a_sentence_is_read_after_the_one_before_it_in_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[tuple[str, str]] = []
    monkeypatch.setattr("scraper.reports.narrative.tone_of", lambda sentence, before: read.append((sentence, before)))
    first, second, third = (
        "Visits to children are late.",
        "This is a worry to leaders.",
        "Plans are clear and are shared.",
    )
    blocks = [heading("Findings"), paragraph(first), paragraph(second), heading("Plans"), paragraph(third)]
    assert not list(narrative_of(sections(blocks)))
    assert read == [(first, ""), (second, first), (third, "")]
