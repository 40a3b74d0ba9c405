"""Two readings compared: what is asked again, what is said of each area, which words show it. All texts are invented."""

from dataclasses import replace

import pytest

from monitor.comparing.evidence import ranked
from monitor.comparing.features import item_of
from monitor.comparing.outcomes import Past, asks_of, compare, compare_pair
from monitor.comparing.said import all_said
from monitor.comparing.showing import borne_out, shown
from monitor.comparing.verdict import Verdict
from scraper.items import Finding, Judgement, Reading, Tone
from tests.monitor.comparing.chain_store import ask, said

STRENGTH, WEAKNESS, MIXED = Tone.STRENGTH, Tone.WEAKNESS, Tone.MIXED


def reading(*findings: Finding, kind: str = "inspection", grade: str = "good") -> Reading:
    graded = (Judgement("Overall effectiveness", grade),) if kind == "inspection" else ()
    return Reading(kind, "ILACS", judgements=graded, findings=findings)


def outcome(item: str, *later: Finding) -> tuple[str, str | None, str | None]:
    found = compare([Past(1, ask(item))], reading(*later)).areas[0]
    return found.status, found.matched.text if found.matched else None, found.quote


SAME = [
    ("The quality and frequency of supervision.", "Supervision, so that it helps workers to reflect."),
    ("Timeliness of return home interviews.", "The response to children who go missing from home and care."),
    (
        "Earlier allocation of personal advisers.",
        "The timeliness with which personal advisers are allocated to young people.",
    ),
    ("Ensure that audits lead to learning.", "Quality assurance, including auditing."),
    ("Improve the quality of child protection plans.", "Children’s plans, so that they are clear and timebound."),
    (
        "The voice of children in care at corporate parenting board.",
        "Care leavers’ part in the corporate parenting board.",
    ),
    ("The tracking of children in pre-proceedings.", "The timeliness of the Public Law Outline."),
    # what the reform calls otherwise
    ("The quality of early help assessments.", "The quality of family help assessments and plans."),
    ("The use of family group conferences.", "Family group decision-making, so that it is offered before proceedings."),
    ("The assessment of special guardians.", "The quality of kinship care assessments."),
    (
        "The independence and challenge of child protection conference chairs.",
        "The challenge of lead child protection practitioners.",
    ),
]
OTHER = [
    ("The quality of private fostering assessments.", "The quality of children’s assessments."),
    ("Life-story work for children in care.", "Foster carer recruitment."),
    ("Supervision of social workers, so that plans progress.", "The quality of children’s plans."),
    ("Health assessments for children in care.", "Care leavers’ understanding of the local offer."),
    ("The stability of the workforce.", "The stability of children’s placements."),
]


@pytest.mark.parametrize(("item", "again"), SAME)
def test_the_same_thing_in_other_words_is_asked_again(item: str, again: str) -> None:
    status, matched, _ = outcome(item, ask(again))
    assert (status, matched) == ("still_needs_improvement", again)


@pytest.mark.parametrize(("item", "other"), OTHER)
def test_another_thing_is_not(item: str, other: str) -> None:
    assert outcome(item, ask(other))[:2] == ("not_mentioned", None)


def test_silence_is_not_improvement() -> None:
    assert outcome("The quality of supervision.", said(STRENGTH, "Foster carers are well supported.")) == (
        "not_mentioned",
        None,
        None,
    )


def test_only_good_words_are_improvement() -> None:
    good = said(STRENGTH, "Supervision is regular, reflective and well recorded.")
    assert outcome("The quality of supervision.", good) == ("improved", None, good.text)


def test_only_bad_words_are_none() -> None:
    bad = said(WEAKNESS, "The quality of supervision is too variable.")
    assert outcome("The quality of supervision.", bad) == ("still_needs_improvement", None, bad.text)


def test_good_and_bad_words_are_mixed_and_both_are_quoted() -> None:
    good = said(STRENGTH, "Supervision is regular and workers value it.")
    bad = said(WEAKNESS, "Supervision does not challenge drift.")
    status, _, quote = outcome("The quality of supervision.", good, bad)
    assert status == "mixed"
    assert quote == f"{good.text} [...] {bad.text}"


def test_a_sentence_with_two_sides_is_mixed_whatever_its_tone() -> None:
    both = said(STRENGTH, "Supervision has improved, although it is not yet consistent in all teams.")
    assert outcome("The quality of supervision.", both) == ("mixed", None, both.text)


def test_asked_again_with_word_of_progress_is_mixed() -> None:
    again = ask("The quality of supervision in all teams.")
    better = said(STRENGTH, "The frequency of supervision has improved since the last inspection.")
    assert outcome("The quality and frequency of supervision.", again, better)[0] == "mixed"


def test_asked_again_where_something_is_merely_good_is_still_needed() -> None:
    again = ask("The quality of supervision in all teams.")
    valued = said(MIXED, "Workers value their supervision, but its quality varies.")
    assert outcome("The quality and frequency of supervision.", again, valued)[0] == "still_needs_improvement"


def test_without_a_sentence_the_ask_itself_is_the_evidence() -> None:
    again = ask("The quality of supervision in all teams.", page=4)
    found = compare([Past(1, ask("The quality of supervision."))], reading(again)).areas[0]
    assert (found.quote, found.page) == (again.text, 4)


def test_what_is_said_of_other_children_comes_later() -> None:
    item = item_of("The quality of direct work with children in need.")
    of_leavers = said(STRENGTH, "The direct work with care leavers is sensitive.")
    of_all = said(STRENGTH, "The direct work with children is sensitive.")
    heard = ranked(item, all_said([of_leavers, of_all]))
    assert [one.said.finding for one in heard] == [of_all, of_leavers]


def test_a_sentence_that_leans_on_the_one_before_is_shown_with_it_and_makes_the_verdict_unsure() -> None:
    held = said(STRENGTH, "Core group meetings are held regularly and are well attended.")
    late = said(WEAKNESS, "They are not always recorded, so that nobody knows who is to do what.")
    found = compare([Past(1, ask("The quality of core group meetings."))], reading(held, late)).areas[0]
    assert (found.quote, found.certain) == (f"{held.text} [...] {late.text}", False)
    alone = compare([Past(1, ask("The quality of core group meetings."))], reading(held)).areas[0]
    assert (alone.status, alone.certain) == ("improved", True)


def test_however_goes_with_the_sentence_before_it() -> None:
    held = said(STRENGTH, "Core group meetings are held regularly and are well attended.")
    however = said(WEAKNESS, "However, take-up has been patchy.")
    assert outcome("The quality of core group meetings.", held, however)[0] == "mixed"
    assert outcome("The quality of core group meetings.", held, ask("Something else."), however)[0] == "improved"


def test_good_and_bad_words_side_by_side_are_mixed() -> None:
    good = said(STRENGTH, "Core group meetings are held regularly and are well attended.")
    bad = said(WEAKNESS, "Core group meetings are poorly recorded.")
    follows = said(WEAKNESS, "This means that parents do not know what is expected of them.")
    more = said(WEAKNESS, "They start late and lack an agenda.")
    assert outcome("The quality of core group meetings.", good, bad, follows)[0] == "mixed"
    worse = compare([Past(1, ask("The quality of core group meetings."))], reading(good, bad, more)).areas[0]
    assert (worse.status, worse.certain) == ("mixed", False)


def test_a_passing_remark_in_a_visit_with_a_narrow_scope_settles_nothing() -> None:
    past = [Past(1, ask("Access to mental health services."))]
    remark = said(STRENGTH, "Workers listen well and arrange CAMHS where parents wish.")
    assert compare(past, reading(remark, kind="focused_visit")).areas[0].status == "not_mentioned"
    assert compare(past, reading(remark)).areas[0].status == "improved"


def test_what_no_earlier_item_raised_is_new() -> None:
    late, new = ask("The quality of supervision."), ask("Life-story work for children in care.")
    assert compare([Past(1, ask("Reflective supervision."))], reading(late, new)).new == (new,)


def test_one_later_item_may_answer_two_earlier_ones() -> None:
    again = ask("Supervision and the use of audits.")
    found = compare(
        [Past(1, ask("The quality of supervision.")), Past(2, ask("The learning from audits."))], reading(again)
    )
    assert [one.matched for one in found.areas] == [again, again]
    assert found.new == ()


def test_an_item_whose_parts_are_asked_for_one_by_one_is_the_same_as_each() -> None:
    oversight, supervision, other = (
        ask(text)
        for text in ("The quality of management oversight.", "Reflective supervision of workers.", "Life-story work.")
    )
    earlier = reading(ask("Management oversight and supervision."))
    found = compare([Past(1, earlier.findings[0])], reading(oversight, supervision, other))
    assert set(map(id, found.areas[0].asks)) == {id(oversight), id(supervision)}
    assert found.new == (other,)
    matched = compare_pair(earlier, reading(oversight, supervision))["areas"][0]["matched"]
    assert sorted(matched) == sorted([oversight.text, supervision.text])


def test_nothing_before_nothing_to_compare() -> None:
    only = ask("The quality of supervision.")
    found = compare([], reading(only))
    assert (found.areas, found.new) == ((), (only,))


def test_what_is_asked_of_the_board_is_not_asked_of_the_authority() -> None:
    board = Finding("recommendation", "Recommendations", "Supervision in all agencies.", 9, lscb=True)
    assert asks_of(reading(board)) == ()


SEND = "What does the area partnership need to do better?"


def test_send_bullets_are_asks_only_where_there_is_no_list() -> None:
    bullet = Finding(Tone.WEAKNESS, SEND, "Children wait too long for a speech and language assessment.", 4)
    listed = Finding("area_for_improvement", "Areas for improvement", "Leaders should cut waiting times.", 5)
    send = Reading("area_send", "AREA_SEND", findings=(bullet,))
    both = Reading("area_send", "AREA_SEND", findings=(bullet, listed))
    assert asks_of(send) == (bullet,)
    assert asks_of(both) == (listed,)


def test_of_two_reports_read_in_part_nothing_is_concluded_but_what_is_asked_again() -> None:
    scan = "page 2 has no text: it may be a scan"
    earlier = reading(ask("The quality of supervision."), ask("Life-story work."), ask("Return home interviews."))
    later = reading(
        ask("The quality of supervision."), said(STRENGTH, "Life-story work is excellent."), ask("Housing.")
    )
    whole, in_part = (
        compare_pair(earlier, later),
        compare_pair(earlier, replace(later, warnings=(scan,), missing=(scan,))),
    )
    assert [area["status"] for area in whole["areas"]] == ["still_needs_improvement", "improved", "not_mentioned"]
    assert [area["status"] for area in in_part["areas"]] == ["still_needs_improvement", *["could_not_be_seen"] * 2]
    assert (in_part["new"], in_part["perhaps_new"], in_part["doubts"]) == ([], ["Housing."], {"later": [scan]})
    assert "doubts" not in whole
    assert compare_pair(earlier, replace(later, warnings=("8 grades were found",))) == whole
    before = compare_pair(replace(earlier, warnings=(scan, "no dates were found"), missing=(scan,)), later)
    assert [area["status"] for area in before["areas"]] == [area["status"] for area in whole["areas"]]
    assert (before["new"], before["doubts"]) == ([], {"earlier": [scan]})


def test_the_json_of_two_reports() -> None:
    earlier = reading(ask("The quality of supervision.", 2), ask("Life-story work.", 3), grade="inadequate")
    better = said(STRENGTH, "Supervision is regular and reflective.", 7)
    later = reading(better, ask("The stability of the workforce.", 4), grade="good")
    found = compare_pair(earlier, later)
    assert all(0.7 < area["confidence"] < 1 for area in found["areas"])
    for area in found["areas"]:
        area["confidence"] = 0.0
    assert found == {
        "areas": [
            {
                "text": "The quality of supervision.",
                "page": 2,
                "subjects": ["supervision"],
                "status": "improved",
                "matched": None,
                "evidence": "Supervision is regular and reflective.",
                "evidence_page": 7,
                "surely_matched": False,
                "confidence": 0.0,
                "certain": True,
            },
            {
                "text": "Life-story work.",
                "page": 3,
                "subjects": ["life-story work"],
                "status": "not_mentioned",
                "matched": None,
                "evidence": None,
                "evidence_page": None,
                "surely_matched": False,
                "confidence": 0.0,
                "certain": True,
            },
        ],
        "new": ["The stability of the workforce."],
        "judgements": [{"area": "Overall effectiveness", "from": "inadequate", "to": "good", "change": "improved"}],
        "comparer": "6",
    }


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("The quality and frequency of supervision.", "not_mentioned"),
        ("The quality and frequency of the supervision.", "not_mentioned"),
        ("The quality and frequency of supervision are good.", "improved"),
    ],
)
def test_a_sentence_that_repeats_what_was_asked_is_no_evidence(said: str, status: str) -> None:
    found = outcome(
        "The quality and frequency of supervision.", Finding(Tone.STRENGTH, "Summary", said, 2, ("supervision",))
    )
    assert found[0] == status


HELD = said(STRENGTH, "Core group meetings are held regularly and are well attended.")
LATE = said(WEAKNESS, "Core group meetings are often late and are poorly recorded.")


@pytest.mark.parametrize(
    ("status", "of_each", "out"),
    [
        ("improved", [1.0, 1.0], True),
        ("improved", [1.0, 0.0], True),
        ("improved", [0.0], False),
        ("still_needs_improvement", [0.0, 0.5], True),
        ("still_needs_improvement", [1.0], False),
        ("mixed", [1.0, 0.0], True),
        ("mixed", [0.5], True),
        ("mixed", [1.0, 1.0], False),
        ("mixed", [0.0], False),
        ("not_mentioned", [], True),
        ("improved", [], False),
    ],
)
def test_a_verdict_is_borne_out_by_what_is_shown_or_is_none(status: str, of_each: list[float], out: bool) -> None:
    assert borne_out(status, of_each) is out


def surely(status: str, chance: float = 1.0) -> Verdict:
    return Verdict(status, {status: chance}, {})


def test_of_what_is_surely_mixed_each_side_is_shown_though_the_first_two_are_of_one() -> None:
    said_of_it = all_said([HELD, said(STRENGTH, "Core group meetings are effective."), LATE])
    heard = ranked(item_of("The quality of core group meetings."), said_of_it)
    one_sided = sorted(heard, key=lambda one: one.said.finding is LATE)
    assert LATE not in [one.said.finding for one in shown(one_sided, surely("improved"))]
    assert [one.said.credit for one in shown(one_sided, surely("mixed"))] == [1.0, 0.0]
    assert [one.said.credit for one in shown(one_sided, surely("mixed", 0.5))] == [1.0, 1.0]


def test_what_is_hardly_about_an_item_is_not_shown() -> None:
    heard = ranked(
        item_of("The quality of core group meetings."), all_said([said(STRENGTH, "Foster carers are well supported.")])
    )
    assert shown(heard, surely("improved")) == shown([], surely("mixed")) == ()


REGULAR = said(STRENGTH, "Supervision is regular.")
HELPS = said(STRENGTH, "This helps them to reflect.")
RECORDED = said(STRENGTH, "Supervision is recorded well.")


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ([HELPS, RECORDED, REGULAR], [REGULAR, HELPS]),
        ([REGULAR, HELPS, RECORDED], [REGULAR, HELPS]),
        ([RECORDED, HELPS, REGULAR], [RECORDED, REGULAR]),
        ([HELPS, RECORDED], [HELPS, RECORDED]),
        ([RECORDED, HELPS], [RECORDED, HELPS]),
        ([HELPS], [HELPS]),
    ],
)
def test_a_sentence_that_nobody_understands_alone_goes_with_the_one_before_it_or_last(
    order: list[Finding], told: list[Finding]
) -> None:
    heard = ranked(
        item_of("The regularity of supervision."),
        all_said([REGULAR, HELPS, said(STRENGTH, "Plans are clear."), RECORDED]),
    )
    by_rank = [one._replace(bears=0.9) for finding in order for one in heard if one.said.finding is finding]
    assert [one.said.finding for one in shown(by_rank, surely("improved"))] == told


def test_a_sentence_under_another_heading_is_not_the_one_before() -> None:
    elsewhere = replace(REGULAR, section="The impact of leaders")
    heard = ranked(item_of("The regularity of supervision."), all_said([RECORDED, elsewhere, HELPS]))
    by_rank = [
        one._replace(bears=0.9)
        for finding in (HELPS, RECORDED, elsewhere)
        for one in heard
        if one.said.finding is finding
    ]
    assert [one.said.finding for one in shown(by_rank, surely("improved"))] == [HELPS, RECORDED]
