"""The small parts of reading: lines joined, labels, sentences, headings, names, grades."""

from datetime import date

import pytest

from scraper.items import Judgement
from scraper.reports.asks import items
from scraper.reports.blocks import Block, continues, split_label, tidy
from scraper.reports.front import kind_of, lead_inspector_of, since_of, visit_days
from scraper.reports.grades import judgements_of
from scraper.reports.on_site import OnSite
from scraper.reports.outline import Mode, rule_of, sections
from scraper.reports.sentences import sentences_of
from scraper.reports.who import authority_of, known_name, short_name


def paragraph(text: str, **others: object) -> Block:
    return Block(page=1, text=text, size=12.0, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("plans are multi-\r\nagency and clear", "plans are multi-agency and clear"),
        ("short- \r\nand long-term", "short- and long-term"),
        ("two \r\n lines\u00a0here ", "two lines here"),
    ],
)
def test_wrapped_lines_are_joined(printed: str, text: str) -> None:
    assert tidy(printed) == text


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("\uf06e Ensure that", "\uf06e", "Ensure that"),
        ("◼Ensure", "◼", "Ensure"),
        ("12. Ensure that", "12.", "Ensure that"),
        ("a) plans", "a)", "plans"),
        ("2.1 Adoption performance", "", "2.1 Adoption performance"),
        ("I. am", "", "I. am"),
    ],
)
def test_labels(text: str, label: str, rest: str) -> None:
    assert split_label(text) == (label, rest)


def test_sentences_end_at_stops_but_not_at_abbreviations() -> None:
    text = "Dr. Ayre, e.g. in 2019, was clear. ‘Too many wait.’ Is it so? It is (see Annex A)."
    assert sentences_of(text) == [
        "Dr. Ayre, e.g. in 2019, was clear.",
        "‘Too many wait.’",
        "Is it so?",
        "It is (see Annex A).",
    ]
    assert sentences_of("") == []


@pytest.mark.parametrize(
    ("before", "after", "goes_on"),
    [
        (paragraph("Plans are clear and most of them are shared with"), paragraph("families in good time."), True),
        (paragraph("Plans are clear."), paragraph("Families know them."), False),
        (
            paragraph("the recording of visits", depth=1, label="◼"),
            paragraph("the stability of staff", depth=1, label="◼"),
            False,
        ),
        (paragraph("the recording of", depth=1, label="◼"), paragraph("visits.", depth=1), True),
        (paragraph("Findings", bold=True, heading=True), paragraph("which go on"), False),
    ],
)
def test_what_goes_on_over_a_page(before: Block, after: Block, goes_on: bool) -> None:
    assert continues(before, after) is goes_on


@pytest.mark.parametrize(
    ("heading", "mode", "kind"),
    [
        ("What needs to improve?", Mode.ASK, "area_for_improvement"),
        ("What needs to improve in this area of social work practice?1", Mode.ASK, "area_for_improvement"),
        ("What does the LSCB need to improve?", Mode.ASK, "area_for_improvement"),
        ("What does the area partnership need to do better?", Mode.ASK, "area_for_improvement"),
        ("Areas for Improvement:", Mode.ASK, "area_for_improvement"),
        ("Areas for priority action", Mode.ASK, "priority_action"),
        ("Priority and immediate action", Mode.ASK, "priority_action"),
        ("Recommendations", Mode.ASK, "recommendation"),
        ("Information about this inspection", Mode.SKIP, None),
        ("Areas covered by the visit", Mode.SKIP, None),
        ("Headline findings", Mode.TELL, None),
        ("The experiences and progress of care leavers: good", Mode.TELL, None),
    ],
)
def test_headings_open_what_they_say(heading: str, mode: Mode, kind: str | None) -> None:
    assert rule_of(heading) == (mode, kind)


def test_a_heading_of_no_known_sort_has_no_rule() -> None:
    assert rule_of("The weather in the county") is None


def test_closing_words_end_a_list() -> None:
    blocks = [
        paragraph("What needs to improve", bold=True),
        paragraph("the plans.", label="◼", depth=1),
        paragraph("Ofsted will take the findings from this visit into account."),
        paragraph("Yours sincerely"),
    ]
    assert [section.mode for section, _ in sections(blocks)] == [Mode.ASK, Mode.SKIP, Mode.SKIP]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Inspection of Kingston upon Hull City Council children’s services", "Kingston upon Hull"),
        ("Focused visit to the London Borough of Hackney children’s services", "Hackney"),
        ("Inspection of West Ditchley local authority children’s services", "West Ditchley"),
        ("Joint targeted area inspection of Telford & Wrekin", "Telford and Wrekin"),
        ("Area SEND inspection of Bedford Borough Local Area Partnership", "Bedford"),
        ("Inspection of West Surrey local authority children’s services", "West Surrey"),
    ],
)
def test_the_authority_is_that_of_the_title(title: str, name: str) -> None:
    assert authority_of([paragraph("Ofsted"), paragraph("Manchester"), paragraph(title)]) == name


def test_names_without_council_words() -> None:
    assert short_name("Royal Borough of Ditchley") == "Ditchley"
    assert short_name("Ditchley Metropolitan Borough Council") == "Ditchley"
    assert known_name("London Borough of Nowhere") is None
    assert known_name("the City of London Corporation") == "City of London"


def test_a_letter_without_closing_words_is_signed_above_the_rank() -> None:
    letter = [
        paragraph("Focused visit to Ditchley children’s services"),
        paragraph("Ann Other"),
        paragraph("His Majesty’s Inspector"),
    ]
    kind, framework = kind_of(letter)
    assert (kind, framework) == ("focused_visit", "ILACS")
    assert lead_inspector_of(letter, kind) == "Ann Other"


def test_which_monitoring_visit_since_when() -> None:
    text = "This was the fourth monitoring visit since the local authority was judged inadequate in May 2021."
    assert since_of([paragraph(text)], "monitoring_visit") == (4, "2021-05")
    assert since_of([paragraph("This was a monitoring visit.")], "monitoring_visit") == (None, None)


@pytest.mark.parametrize(
    ("text", "number", "since"),
    [
        (
            "This was the second monitoring visit, carried out in October 2019, since the authority was judged inadequate in January 2018.",
            2,
            "2018-01",
        ),
        ("Services were judged inadequate in May 2021. This is the 3rd monitoring visit, of June 2022.", 3, "2021-05"),
        ("After the January 2018 inspection, this is the first monitoring visit. It was in July 2018.", 1, "2018-01"),
        ("This was the third monitoring visit since the inspection in March 2017.", 3, "2017-03"),
        ("This was the third monitoring visit since January 2018.", 3, "2018-01"),
        ("This was the second monitoring visit and took place in October 2019.", 2, None),
        ("This was the fifth monitoring visit since the visit of May 2020.", 5, None),
        # since April 2026 no judgement is of the services as a whole
        (
            "This was the first monitoring visit since services for children who need help and protection were judged inadequate in October 2026.",
            1,
            "2026-10",
        ),
        (
            "This is the authority’s second monitoring visit since help and protection was judged inadequate in October 2026.",
            2,
            "2026-10",
        ),
        (
            "This was the second monitoring visit since children’s services were graded as ‘urgent improvement’ in October 2027.",
            2,
            "2027-10",
        ),
        (
            "This was the fifth visit to monitor progress since services for care leavers were found to be inadequate in October 2026.",
            5,
            "2026-10",
        ),
        (
            "The visit to Carrow on 3 and 4 February 2027 was the third monitoring visit since two areas were judged inadequate in October 2026.",
            3,
            "2026-10",
        ),
    ],
)
def test_the_month_since_which_is_the_judgements_and_not_the_visits(text: str, number: int, since: str | None) -> None:
    assert since_of([paragraph(text)], "monitoring_visit") == (number, since)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Inspection of Plymouth and South Hams local authority children’s services", "Plymouth and South Hams"),
        ("Inspection of South Hams and Plymouth local authority children’s services", "South Hams and Plymouth"),
        ("Inspection of Kent, Medway and Swale children’s services", "Kent, Medway and Swale"),
        ("Focused visit to Leicestershire and Rutland children’s services", "Leicestershire and Rutland"),
        ("Focused visit to Kent County Council children’s services", "Kent"),
        ("Focused visit to the Royal Borough of Windsor & Maidenhead children’s services", "Windsor and Maidenhead"),
    ],
)
def test_a_title_that_holds_a_known_name_and_more_is_a_new_one(title: str, name: str) -> None:
    assert authority_of([paragraph(title), paragraph("Plymouth City Council, Kent, Leicestershire")]) == name


def test_a_letter_of_january_about_december_is_of_the_year_before() -> None:
    letter = (
        "I am writing to summarise the visit to Seaford on 10 and 11 December, and what was found there by inspectors."
    )
    today = date(2020, 2, 1)
    assert visit_days([paragraph(letter)], date(2020, 1, 14), today) == OnSite(date(2019, 12, 10), date(2019, 12, 11))
    assert visit_days([paragraph(letter)], None, today) == OnSite()


def test_grades_of_headline_and_table_and_board() -> None:
    blocks = [
        paragraph("Children’s services in Ditchley require improvement to be good"),
        paragraph("Children who need help and protection", label="1."),
        paragraph("Good"),
        paragraph("2.1 Adoption performance Outstanding"),
        paragraph("The Local Safeguarding Children Board requires improvement"),
    ]
    assert judgements_of(blocks, "SIF") == (
        Judgement("Children’s services in Ditchley require improvement to be good", "requires improvement"),
        Judgement("1. Children who need help and protection", "good"),
        Judgement("2.1 Adoption performance", "outstanding"),
        Judgement("The Local Safeguarding Children Board requires improvement", "requires improvement"),
    )


def test_a_sentence_with_a_grade_is_no_judgement() -> None:
    assert judgements_of([paragraph("The experiences and progress of children in care are now good.")], "ILACS") == ()


def test_the_outcome_of_an_area_inspection() -> None:
    text = "The partnership’s arrangements lead to inconsistent experiences and outcomes for children."
    assert judgements_of([paragraph(text)], "AREA_SEND") == (
        Judgement("Inspection outcome", "lead to inconsistent experiences and outcomes"),
    )
    assert judgements_of([paragraph("No outcome here.")], "AREA_SEND") == ()


def test_rows_that_begin_alike_and_go_on_with_bullets_are_one_item_each() -> None:
    rows = [
        paragraph("Leaders should ensure that:", cell=(1, 2, 3)),
        paragraph("plans are clear; and", cell=(1, 2, 3), label="▪", depth=1),
        paragraph("families know them.", cell=(1, 2, 3), label="▪", depth=1),
        paragraph("Health leaders should reduce waiting times.", cell=(1, 5, 6)),
    ]
    assert [item.text for item in items(rows)] == [
        "Leaders should ensure that: plans are clear; and families know them.",
        "Health leaders should reduce waiting times.",
    ]


def test_bullets_in_one_large_cell_are_items() -> None:
    cell = [
        paragraph("The authority should:", cell=(1, 2, 3)),
        paragraph("reduce caseloads", cell=(1, 2, 3), label="▪", depth=1),
        paragraph("audit plans.", cell=(1, 2, 3), label="▪", depth=1),
    ]
    assert [item.text for item in items(cell)] == ["reduce caseloads", "audit plans."]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Her Majesty’s Inspectors for this visit to the service were Amaris Kent and Ann Other", None),
        ("Progress check: visit to Kent children’s services", "Kent"),
        ("Visit to Leicester City and its partners", "Leicester"),
        ("Visit to Milton Keynes and its partners", "Milton Keynes"),
    ],
)
def test_an_inspectors_name_is_no_authority(line: str, name: str | None) -> None:
    assert authority_of([paragraph("Progress check"), paragraph(line)]) == name


def test_a_title_with_an_unknown_name_is_believed_before_any_other_line() -> None:
    letter = [paragraph("Focused visit to Ditchley children’s services"), paragraph("A visit to Kent was made before.")]
    assert authority_of(letter) == "Ditchley"


@pytest.mark.parametrize("label", ["Inspection dates:", "Dates of review:", "Date of the visit:", "Review dates"])
def test_days_stand_after_their_label(label: str) -> None:
    found = visit_days([paragraph(f"{label} 2 to 13 March 2026")], None, date(2026, 11, 1))
    assert (found.first, found.last) == (date(2026, 3, 2), date(2026, 3, 13))


@pytest.mark.parametrize("label", ["Lead inspector:", "Lead reviewer:", "Reporting inspector"])
def test_who_led_stands_after_a_label(label: str) -> None:
    assert lead_inspector_of([paragraph(f"{label} Ann Other")], "inspection") == "Ann Other"
