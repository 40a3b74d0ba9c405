"""What of a thing a statement speaks of, and who is to act: the words of aspects.yaml, and what is refused in it. All texts are invented."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.comparing.aspects import ASPECTS_FILE, AspectRows, actors_in, aspect_rows, aspects_in
from tests.scraper.rule_file_changes import refusal

ASPECTS = {
    "timeliness": "Strategy meetings are held too late.",
    "quality": "The quality of life-story work.",
    "consistency": "Supervision varies between teams.",
    "impact": "Audits make little difference.",
    "frequency": "Visits are infrequent.",
    "attendance at": "Police seldom attend conferences.",
    "take-up": "The uptake of return-home interviews.",
    "access": "Therapy is not easily accessed.",
    "awareness": "Few care leavers know about the local offer.",
    "recording of": "The recording of supervision.",
    "analysis in": "Assessments lack critical evaluation.",
    "being up to date": "Chronologies are out of date.",
    "identification of": "Privately fostered children are overlooked.",
    "sufficiency": "There is a shortage of foster homes.",
    "stability": "Turnover leaves children with new workers.",
    "child's voice in": "Plans do not reflect children’s wishes and feelings.",
    "challenge": "Partners are not held firmly to account.",
    "follow-up": "What audits ask for is not acted upon.",
    "oversight of": "Management grip on unallocated work.",
    "decision-making": "The rationale for closing cases.",
    "working together": "Services are not joined up.",
}

ACTORS = {
    "leaders": "The director of children’s services is new.",
    "elected members": "Councillors visit children’s homes.",
    "managers": "Line managers are new.",
    "social workers": "Practitioners are kind.",
    "independent reviewing officers": "IROs meet children between reviews.",
    "conference chairs": "Child protection chairs are kind.",
    "personal advisers": "Personal advisors keep in touch.",
    "foster carers": "Foster families feel alone.",
    "adopters": "Adopters feel alone.",
    "kinship carers": "Special guardians feel alone.",
    "parents": "Fathers feel alone.",
    "partners": "Other agencies stay away.",
    "police": "The police stay away.",
    "health services": "Health visitors stay away.",
    "schools": "Designated teachers stay away.",
    "courts and lawyers": "Judges praise what is written.",
    "commissioners": "The commissioning team is small.",
    "housing services": "The housing department is slow.",
    "voluntary sector": "Charities fill the gap.",
    "independent visitors and advocates": "Independent visitors are few.",
    "designated officer": "The LADO is new.",
    "safeguarding partnership": "The safeguarding children partnership is new.",
}

WRONG = [
    ("\n\naspects:\n", "\n\naspect:\n", "aspect: no such key is known"),
    ("\n\naspects:\n", "\n\naspect:\n", "aspects: is missing"),
    (
        "designated officer: [designated officer, lado]",
        "designated officer: []",
        "designated officer: must not be empty",
    ),
    (
        "designated officer: [designated officer, lado]",
        "designated officer: lado",
        "designated officer: a list is expected",
    ),
    (
        "[designated officer, lado]",
        "[designated-officer, lado]",
        "0: 'designated-officer' is not a word in small letters",
    ),
    ("[designated officer, lado]", "[.. officer, lado]", "0: `..` stands between words"),
    ("  designated officer:", "  impact:", "actors: impact: an aspect is called so too"),
]


@pytest.mark.parametrize(("aspect", "text"), ASPECTS.items())
def test_an_aspect_is_found(aspect: str, text: str) -> None:
    assert aspect in aspects_in(text)


@pytest.mark.parametrize(("actor", "text"), ACTORS.items())
def test_an_actor_is_found(actor: str, text: str) -> None:
    assert actors_in(text) == {actor}


def test_the_tables_name_every_aspect_and_actor() -> None:
    assert list(aspect_rows().aspects) == list(ASPECTS)
    assert list(aspect_rows().actors) == list(ACTORS)


def test_a_statement_can_name_several_and_none() -> None:
    assert aspects_in("The timeliness and quality of assessments by social workers.") == {"timeliness", "quality"}
    assert actors_in("The timeliness and quality of assessments.") == frozenset()
    assert aspects_in("") == actors_in("") == frozenset()


def test_the_longer_phrase_holds() -> None:
    assert actors_in("Senior managers are new.") == {"leaders"}
    assert "quality" not in aspects_in("Police are kept well informed of children who go missing.")
    assert aspects_in("Plans are up to date.") == {"being up to date"}


def test_a_word_counts_that_stands_beside_the_longer_phrase_too() -> None:
    assert actors_in("Senior managers and managers are new.") == {"leaders", "managers"}


def test_what_inspectors_identified_is_no_identification_by_the_service() -> None:
    assert aspects_in("Inspectors identified positive work.") == frozenset()
    assert aspects_in("Privately fostered children are not identified.") == {"identification of"}


def test_case_plurals_and_hyphens_make_no_difference() -> None:
    assert aspects_in("TAKE-UP of the offer") == aspects_in("take up of the offer")
    assert actors_in("MANAGER’S") == actors_in("managers’") == {"managers"}


@pytest.mark.parametrize(("good", "bad", "says"), WRONG, ids=[says[:60] for *_, says in WRONG])
def test_a_wrong_file_is_refused_with_its_place_and_what_is_wrong(
    tmp_path: Path, good: str, bad: str, says: str
) -> None:
    assert says in refusal(tmp_path, ASPECTS_FILE, AspectRows, good, bad)


@pytest.mark.speed
@pytest.mark.parametrize("ask", [aspects_in, actors_in])
def test_thousands_of_sentences_a_second(ask: Callable[[str], frozenset[str]]) -> None:
    words = "Most children are seen promptly by social workers and managers, but the quality of what is recorded varies, child"
    ask("warm")
    started = time.process_time()
    for number in range(5000):
        ask(f"{words} {number}.")
    assert time.process_time() - started < 0.5
