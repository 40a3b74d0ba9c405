"""The subjects of statements: what an item is mainly about, however it is worded. All texts are invented."""

import itertools
import time
from pathlib import Path

import pytest

from scraper.errors import RuleFileError
from scraper.reference import read_rules
from scraper.reports.subjects import (
    SUBJECTS_FILE,
    mentions,
    names_in,
    phrase_book,
    stemmed_words,
    subject_catalogue,
    subjects_of,
)
from scraper.reports.subjects_file import SubjectRows

MAIN = {
    "The frequency and quality of supervision, so that plans for children do not drift.": "supervision",
    "Ensure that return-home interviews are offered promptly to children who go missing.": "missing children",
    "Managers’ oversight of private fostering assessments.": "private fostering",
    "The oversight of care plans by independent reviewing officers between reviews.": "independent reviewing officers",
    "Recording of strategy meetings, to ensure that decisions are clear.": "strategy discussions",
    "The quality of case recording, including records of supervision.": "case recording",
    "Help for young people aged 16 and 17 who present as homeless.": "homeless 16- and 17-year-olds",
    "The assessment of, and planning for, disabled children.": "disabled children",
    "Work with schools’ partners to prevent the homelessness of 16- and 17-year-olds.": "homeless 16- and 17-year-olds",
    "Partnership working, so that information is shared.": "partnership working",
    "Practice in planning, underpinned by reflective supervision.": "plans",
    "Consultation with other local authorities before children move there.": "placements at a distance",
    "The participation of the police in meetings.": "police",
    "The participation of children in meetings.": "participation",
    "Care leavers’ knowledge of their health histories.": "health histories of care leavers",
    "The welfare of children who are missing education.": "children missing education",
    "The understanding and reduction of re-referrals.": "re-referrals",
    "Contingency planning for children in need of protection.": "contingency planning",
    "The support given to older care leavers.": "care leavers",
    "Help for children on the edge of care, so that fewer come into care.": "edge of care and family support",
    "The timeliness of age assessments.": "unaccompanied asylum-seeking children",
    "The help for children who show harmful sexual behaviour.": "sexual abuse",
    "Assessments that hear children’s wishes and feelings.": "assessments",
    "How often children’s wishes and feelings are written down.": "child's voice",
    "Formal escalation by reviewing officers.": "independent reviewing officers",
    "The use of the escalation policy between agencies.": "professional challenge and escalation",
    "Work with the safeguarding partnership on neglect.": "neglect",
    "Reporting to the safeguarding children board.": "safeguarding partnership and board",
    "The risk assessment of abusive partners.": "domestic abuse",
    "Planning for those who need permanent care.": "permanence",
    "The quality of applications for supervision orders.": "court work",
    "Family finding for those who wait.": "matching",
    "The morale of staff in the duty team.": "working culture and staff support",
    "Reduce the time that children wait for a speech and language assessment.": "waiting times for assessment and therapy",
}


@pytest.mark.parametrize(("text", "main"), MAIN.items())
def test_the_main_subject_comes_first(text: str, main: str) -> None:
    assert subjects_of(text)[0] == main


def test_what_comes_after_so_that_is_not_the_head() -> None:
    found = mentions(stemmed_words("The quality of supervision, so that pathway plans are up to date."))
    assert [(mention.subject.name, mention.head) for mention in found] == [
        ("supervision", True),
        ("pathway plans", False),
    ]


def test_an_opening_verb_does_not_end_the_head() -> None:
    assert subjects_of("Ensure that children’s views inform pathway plans.")[0] == "child's voice"


def test_the_longer_phrase_holds() -> None:
    assert subjects_of("Personal education plans are late.") == ("education of children in care",)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The quality and timeliness of family help assessments.", "family help"),
        ("The oversight of family help lead practitioners.", "family help"),
        ("The capacity of multi-agency child protection teams.", "multi-agency child protection teams"),
        ("The experience of lead child protection practitioners.", "multi-agency child protection teams"),
        ("Family group decision-making is offered too late.", "family networks"),
        ("Family network meetings before proceedings.", "family networks"),
        ("The support for kinship families.", "special guardianship and kinship care"),
        ("Best Start Family Hubs do not reach all parents.", "best start"),
        ("Child protection teams are stretched.", "children in need of protection"),
    ],
)
def test_the_words_of_the_reform_are_subjects(text: str, subject: str) -> None:
    assert subjects_of(text)[0] == subject


def test_an_aspect_of_practice_comes_after_the_service_and_a_group_last() -> None:
    assert subjects_of("The voice of care leavers at the corporate parenting board.") == (
        "corporate parenting",
        "child's voice",
        "care leavers",
    )


def test_the_head_of_several_sentences_is_in_the_first() -> None:
    text = "Audits are not yet used well. Managers should see that pathway plans are part of them."
    assert subjects_of(text)[0] == "quality assurance"


def test_words_in_a_gap_can_name_a_subject_of_their_own() -> None:
    assert set(subjects_of("changes of their adviser on early help adviser")) >= {"workforce stability", "early help"}


def test_a_statement_about_nothing_known_has_no_subjects() -> None:
    assert subjects_of("The council should follow its own procedures.") == ()
    assert subjects_of("") == ()


@pytest.mark.parametrize("text", ["pathway plans", "PATHWAY PLAN", "pathway-plan’s", "pathway plans’"])
def test_case_plurals_possessives_and_hyphens_make_no_difference(text: str) -> None:
    assert subjects_of(text) == ("pathway plans",)


def test_a_gap_in_a_phrase_stands_for_at_most_three_words() -> None:
    assert "workforce stability" in subjects_of("too many changes of their young person adviser")
    assert "workforce stability" not in subjects_of("changes of plan that a very young person and the adviser")


def test_no_phrase_names_two_subjects() -> None:
    rows = read_rules(SUBJECTS_FILE, SubjectRows)
    named: dict[tuple[str, ...], set[str]] = {}
    for name, row in (rows.subjects | rows.groups).items():
        for phrase in (one for one in row.phrases if not {"*", "."} & set(one)):
            for words in itertools.product(*(part.split("|") for part in phrase.split())):
                named.setdefault(stemmed_words(" ".join(words)), set()).add(name)
    assert len(named) > 1000
    assert {words: names for words, names in named.items() if len(names) > 1} == {}


def test_the_names_of_a_book_are_those_that_the_longest_phrases_give() -> None:
    book = phrase_book({"riding": ["ride", "ride slowly"], "walking": ["walk*", "go .. foot"], "slowness": ["slowly"]})
    assert names_in(stemmed_words("They ride slowly"), book) == {"riding"}
    assert names_in(stemmed_words("They ride, then slowly go on one foot"), book) == {"riding", "walking", "slowness"}
    assert names_in(stemmed_words("walkers"), book) == {"walking"}
    assert names_in(stemmed_words("They sit"), book) == names_in((), book) == frozenset()


def test_a_phrase_of_two_words_ends_a_text_where_one_of_three_begins_so() -> None:
    book = phrase_book({"two": ["go on"], "three": ["go on foot"]})
    assert names_in(stemmed_words("They go on"), book) == {"two"}
    assert names_in(stemmed_words("They go on foot"), book) == {"three"}


def test_a_list_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("subjects: {bicycles: {phrases: [bicycl*, two wheel*]}}\ngroups: {}\nheads: {ends: [so that]}\n")
    found = mentions(stemmed_words("Ensure bicycling so that two wheels turn"), book=subject_catalogue(path))
    assert [(mention.subject.name, mention.head) for mention in found] == [("bicycles", True), ("bicycles", False)]


def test_a_list_of_ones_own_that_is_wrong_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("subjects: {x: [a]}\ngroups: {}\nheads: {ends: [so that]}\n")
    with pytest.raises(RuleFileError, match=f"{path}:1: subjects: x: keys with values are expected"):
        subject_catalogue(path)


@pytest.mark.speed
def test_thousands_of_sentences_a_second() -> None:
    text = "Most children who go missing from care are offered a return home interview, and managers have oversight of plans."
    started = time.process_time()
    for _ in range(1000):
        subjects_of(text)
    assert time.process_time() - started < 1
