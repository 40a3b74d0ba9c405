"""The registry of what is graded: each area is found by its own name, each grade has one place, and a wrong file is refused with its line."""

from pathlib import Path

import pytest

from scraper.errors import RuleFileError
from scraper.items import ReportType
from scraper.reference import (
    area_name,
    area_of,
    document_kinds,
    earlier_areas,
    grade_of,
    grade_step,
    kind_name,
    scale_of,
    taken_over,
    told_order,
)
from scraper.reference.frameworks import FRAMEWORKS, Frameworks, GradedArea, frameworks
from scraper.reference.rule_files import read_rules


@pytest.mark.parametrize("area", frameworks().areas, ids=lambda area: area.key)
def test_each_area_is_found_by_its_own_name_and_told_somewhere(area: GradedArea) -> None:
    key, name = area.key, area.name
    assert area_of(name) == key
    assert area_name(key) == area_name(name) == name
    assert told_order(key) < len(frameworks().told)


def test_every_kind_of_document_is_in_the_file_and_no_other() -> None:
    assert list(document_kinds()) == [kind.value for kind in ReportType]
    assert [kind for kind in ReportType if not kind_name(kind)] == [ReportType.OTHER]
    assert kind_name("podcast") == ""


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
    assert (grade_step("not judged"), scale_of("not judged")) == (0, ())


def test_a_scale_is_told_from_its_best() -> None:
    assert [one.words for one in scale_of("adequate")] == ["outstanding", "good", "requires improvement", "inadequate"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("told: [overall, ", "told: [", "the area 'overall' is missing, which the code wants"),
        ("parts: [in_care, leavers]", "parts: [in_care, leaver]", "no area has the key 'leaver'"),
        (
            "key: leavers, name: Care leavers",
            "key: leavers, name: Older children",
            "does not find its own name 'Older children'",
        ),
        ("{grade: good, look: good}", "{grade: outstanding, look: good}", "'outstanding' stands for two grades"),
        ("look: bad", "look: worst", "bad"),
        (
            "kind: focused_visit,",
            "kind: focussed_visit,",
            "there is no kind 'focussed_visit'; is 'focused_visit' meant?",
        ),
        ("kind: jtai, framework: JTAI", "kind: jtai, framework: JTA", "there is no framework 'JTA'; is 'JTAI' meant?"),
        ("holds: ask, of: priority_action", "holds: ask", "`of` is what a list asks for"),
        ("holds: tell}", "holds: listen}", "tell"),
        ("key: adoption,", "key: leaders,", "another area is called 'leaders' too"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = FRAMEWORKS.read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "frameworks.yaml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleFileError) as told:
        read_rules(wrong, Frameworks)
    assert says in str(told.value)
    assert str(told.value).startswith(f"{wrong}:")
