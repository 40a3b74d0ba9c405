"""The registry of kinds, frameworks and grades: each area is found by its own name, each grade has one place, and a wrong file is refused with its line."""

from pathlib import Path

import pytest

from scraper.errors import RuleFileError
from scraper.reference import (
    area_name,
    area_of,
    as_graded,
    ask_kinds,
    document_kinds,
    earlier_areas,
    framework_of,
    frameworks,
    grade_of,
    grade_step,
    kind_name,
    kind_of_document,
    look_of,
    read_rules,
    taken_over,
    told_order,
    unknown_kind,
    usual_ask,
)
from scraper.reference.frameworks import registry_path
from scraper.reference.frameworks_file import Frameworks

AREAS = [(row.key, key) for row in frameworks().frameworks for key in row.areas]


@pytest.mark.parametrize(("framework", "key"), AREAS)
def test_each_area_is_found_by_its_own_name_and_told_somewhere(framework: str, key: str) -> None:
    name = area_name(key)
    assert area_of(name, framework) == key
    assert area_name(name, framework) == name
    assert told_order(key) < len(frameworks().told)


def test_one_kind_has_no_name_the_unknown_one_and_stands_for_those_that_the_file_does_not_have() -> None:
    assert [kind for kind in document_kinds() if not kind_name(kind)] == [unknown_kind()]
    assert kind_of_document("podcast").key == kind_of_document(None).key == unknown_kind()
    assert kind_name("podcast") == ""


def test_what_is_asked_has_words_for_people() -> None:
    assert [row.one for row in ask_kinds().values()] == ["priority action", "area for improvement", "recommendation"]
    assert usual_ask().key == "area_for_improvement"


def test_a_framework_is_in_force_from_its_first_month_to_its_last() -> None:
    sif = framework_of("SIF")
    assert [sif.in_force(month) for month in ("2013-10", "2013-11", "2018-07", "2018-08")] == [False, True, True, False]
    assert framework_of("ILACS").in_force("2099-01")


def test_a_heading_belongs_to_the_areas_of_its_framework_only() -> None:
    assert area_of("Outcomes for looked after children", "LAC") == "outcomes for looked after children"
    assert area_of("Inspection outcome", "AREA_SEND") == "outcome"


def test_a_grade_is_told_in_the_words_of_its_scale() -> None:
    assert as_graded("Require improvement to be good", "ILACS") == "requires improvement"
    assert as_graded("Adequate", "LAC") == "adequate"
    assert (look_of("outstanding"), look_of("not judged"), look_of(None)) == ("best", "plain", "plain")


def test_a_heading_that_is_no_area_of_ours_keeps_its_words() -> None:
    assert (area_of("Kinship & belonging"), area_name("Kinship & belonging")) == (
        "kinship belonging",
        "Kinship & belonging",
    )
    assert told_order("kinship belonging") == len(frameworks().told)
    assert earlier_areas("kinship belonging") == ()


def test_what_was_graded_together_is_compared_with_what_is_graded_apart() -> None:
    assert earlier_areas("in_care_and_leavers") == ("in_care",)
    assert earlier_areas("leavers") == ("in_care_and_leavers",)
    assert taken_over("in_care_and_leavers") == {"in_care", "leavers"}


@pytest.mark.parametrize(
    ("words", "step", "look"),
    [
        ("inadequate", 1, "bad"),
        ("Inadequate", 1, "bad"),
        ("adequate", 2, "fair"),
        ("requires improvement to be good", 2, "fair"),
        ("good", 3, "good"),
        ("outstanding", 4, "best"),
        ("the arrangements typically lead to positive experiences and outcomes", 3, "good"),
    ],
)
def test_a_grade_has_its_place_and_its_look(words: str, step: int, look: str) -> None:
    grade = grade_of(words)
    assert grade is not None
    assert (grade.step, grade.look, grade_step(words)) == (step, look, step)


def test_words_on_no_scale_are_no_grade() -> None:
    assert grade_of("not judged") is None
    assert grade_step("not judged") == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("told: [overall, ", "told: [", "the area 'overall' has no place in it"),
        ("parts: [in_care, leavers]", "parts: [in_care, leaver]", "there is no area 'leaver'; is 'leavers' meant?"),
        (
            "key: leavers, name: Care leavers",
            "key: leavers, name: Older children",
            "'leavers' is not found by its own name 'Older children'",
        ),
        (
            "areas: [in_care_and_leavers, leavers,",
            "areas: [leavers, in_care_and_leavers,",
            "'in_care_and_leavers' is not found by its own name 'Children in care and care leavers': 'leavers' finds it first",
        ),
        ("{grade: good, look: good", "{grade: outstanding, look: good", "'outstanding' stands for two grades"),
        ("look: bad", "look: worst", "bad"),
        (
            "kind: focused_visit,",
            "kind: focussed_visit,",
            "there is no kind 'focussed_visit'; is 'focused_visit' meant?",
        ),
        ("kind: jtai, framework: JTAI", "kind: jtai, framework: JTA", "there is no framework 'JTA'; is 'JTAI' meant?"),
        ("holds: ask, of: priority_action", "holds: ask", "`of` is what a list asks for"),
        ("of: priority_action", "of: priority_actions", "there is no ask 'priority_actions'"),
        ("holds: tell}", "holds: listen}", "tell"),
        ("key: adoption,", "key: leaders,", "another of the areas is called 'leaders' too"),
        (
            "  - {key: AREA_SEND, ",
            "  - {key: NEW, scale: area SEND, areas: [outcome]}\n  - {key: AREA_SEND, ",
            "nothing comes to 'NEW'",
        ),
        ("  - {key: JTAI, ", "  - {key: JTAI, scale: area SEND, ", "`areas` and `scale` belong together"),
        ("grades: [1, 1]", "grades: [2, 1]", "least and most of the grades"),
        ("areas: [lscb, adoption, ", "areas: [lscb, ", "nothing comes to 'adoption'"),
        (
            "scales:\n",
            "scales:\n  thumbs: [{grade: up, look: good}, {grade: down, look: bad}]\n",
            "no framework has this scale",
        ),
        ("asks:\n", "asks:\n  - {key: wish, title: Wishes, one: wish, more: wishes}\n", "nothing comes to 'wish'"),
        ("name: focused visit, ", "", "'focused_visit' has no name for people"),
        ("unknown: true, ", "", "one kind has `unknown: true`"),
        ("    numbered: 'monitoring visit|visit to monitor'\n", "", "are said of visits that are `numbered`"),
        (
            "chain: children's services, letter: true, narrow",
            "chain: childrens services, letter: true, narrow",
            'is "children\'s services" meant?',
        ),
        ("{grade: inadequate, look: bad}", "{grade: inadequate, look: best}", "no better one has a worse look"),
        (
            "printed: 'requir",
            "printed: 'good|requir",
            "the `printed` of 'requires improvement' finds 'requires improvement', 'good'",
        ),
        (
            "{grade: good, look: good",
            "{grade: good, also: [Outstanding], look: good",
            "'outstanding' stands for two grades",
        ),
        (" borough of (.{3,40})$'", " borough of .{3,40}$'", "one part in brackets is the authority's name"),
        ("alike: [[SIF, ILACS]]", "alike: [[SIF, AREA_SEND]]", "have the same scale"),
        (
            "leaders, help, overall], grades: [3, 5]}",
            "leaders, help, overall]}",
            "how many of its `areas` a report of ILACS grades",
        ),
        ('until: "2018-07"', 'until: "2012-07"', "it ends before it begins"),
        (", marked: for priority action", "", "`urgent` and `marked` belong together"),
        ("alike: [[SIF, ILACS]]", "alike: [[SIF, ILAC]]", "there is no framework 'ILAC'; is 'ILACS' meant?"),
        ('from: "2016-05"', 'from: "May 2016"', "should match pattern"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = registry_path().read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "frameworks.yaml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleFileError) as told:
        read_rules(wrong, Frameworks)
    assert says in str(told.value)
    assert str(told.value).startswith(f"{wrong}:")
