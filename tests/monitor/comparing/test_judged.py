"""A reader's word over what the program made of a report: what it changes, what stays, and that the last word is the one that counts."""

from hypothesis import given, settings
from hypothesis import strategies as some

from monitor.comparing.judged import Correction, Key, comparison_name, item_key, judged, key_of
from monitor.comparing.outcomes import Comparison, Outcome, Past
from monitor.comparing.verdict import IMPROVED, MIXED, NOT_MENTIONED, STILL
from scraper.items import Finding, Tone
from tests.monitor.comparing.chain_store import ask, said

STATUSES = (STILL, IMPROVED, MIXED, NOT_MENTIONED)
AGAIN, PART, NEW = (
    ask("Supervision of workers."),
    ask("Reflective supervision."),
    ask("The stability of the workforce."),
)
WEAK, WORD = said(Tone.WEAKNESS, "Supervision is late."), said(Tone.STRENGTH, "Supervision is regular now.", 7)
PAST = Past(1, ask("The quality of supervision."), 10)
RAISED = Outcome(PAST, STILL, AGAIN, (WEAK, AGAIN), (PART,), 0.4, certain=False)
FOUND = Comparison((RAISED,), (NEW,))
ASKS = (AGAIN, NEW, PART)


def heard(status: str, *evidence: Finding) -> Outcome:
    (one,) = judged(FOUND, {key_of(PAST): Correction(status, "A Reader", evidence)}, ASKS).areas
    return one


def test_the_readers_word_is_certain_and_says_whose_it_is() -> None:
    one = heard(MIXED)
    assert (one.status, one.confidence, one.certain, one.decided_by) == (MIXED, 1.0, True, "reader: A Reader")


def test_what_is_asked_for_again_stays_so_unless_it_improved_or_is_not_mentioned() -> None:
    for status in (STILL, MIXED):
        assert heard(status).asks == (AGAIN, PART)
    for status in (IMPROVED, NOT_MENTIONED):
        assert heard(status).asks == ()


def test_an_ask_that_nothing_raises_any_more_is_new_in_the_order_of_the_report() -> None:
    said_of = {key_of(PAST): Correction(IMPROVED, "A Reader")}
    assert judged(FOUND, said_of, ASKS).new == ASKS
    other = Outcome(Past(2, ask("Supervision that is regular."), 10), STILL, AGAIN, (AGAIN,))
    assert judged(Comparison((RAISED, other), (NEW,)), said_of, ASKS).new == (NEW, PART)


def test_the_evidence_is_the_sentence_that_was_named_else_what_was_found_and_none_of_silence() -> None:
    assert heard(IMPROVED, WORD).evidence == (WORD,)
    assert heard(MIXED).evidence == (WEAK, AGAIN)
    assert heard(IMPROVED).evidence == (WEAK,), "that it is asked for again shows no improvement"
    assert heard(NOT_MENTIONED).evidence == ()


def test_what_nobody_spoke_of_is_left_as_it_is() -> None:
    assert judged(FOUND, {}, ASKS) is FOUND
    assert judged(FOUND, {(11, item_key(PAST.finding.text)): Correction(IMPROVED, "A Reader")}, ASKS) is FOUND


def test_an_item_is_known_again_by_its_letters_and_digits() -> None:
    assert item_key("Children’s plans:\n  “clear”, time-bound.") == item_key("childrens plans clear timebound")
    assert item_key("Children's plans") != item_key("Children's planning")


def test_a_name_can_be_typed_and_stays() -> None:
    assert comparison_name(7, (3, item_key("Supervision."))) == comparison_name(7, (3, item_key("“supervision”")))
    names = {comparison_name(later, (earlier, item_key("Supervision."))) for later in (7, 8) for earlier in (3, 4)}
    assert len(names) == 4
    assert all(len(name) == 8 and int(name, 16) >= 0 for name in names)


CORRECTIONS = some.builds(
    Correction, some.sampled_from(STATUSES), some.sampled_from("AB"), some.sampled_from([(), (WORD,)])
)


@some.composite
def comparisons(draw: some.DrawFn) -> tuple[Comparison, tuple[Finding, ...]]:
    asks = tuple(ask(f"Ask {number}.") for number in range(draw(some.integers(0, 4))))
    areas = []
    for number in range(draw(some.integers(0, 4))):
        again = tuple(draw(some.lists(some.sampled_from(asks), unique=True, max_size=2))) if asks else ()
        past = Past(number, ask(f"Item {number}."), draw(some.sampled_from((10, 11))))
        areas.append(Outcome(past, STILL if again else NOT_MENTIONED, next(iter(again), None), (), again[1:]))
    raised = {id(one) for area in areas for one in area.asks}
    return Comparison(tuple(areas), tuple(one for one in asks if id(one) not in raised)), asks


@settings(deadline=None)
@given(comparisons(), some.lists(CORRECTIONS, min_size=8, max_size=8), some.lists(CORRECTIONS, min_size=8, max_size=8))
def test_judged_twice_the_last_word_counts_and_every_ask_is_raised_or_new(
    made: tuple[Comparison, tuple[Finding, ...]], first: list[Correction], last: list[Correction]
) -> None:
    found, asks = made
    keys: list[Key] = [key_of(one.past) for one in found.areas]
    once = judged(found, dict(zip(keys, first, strict=False)), asks)
    said_last = dict(zip(keys, last, strict=False))
    twice, alone = judged(once, said_last, asks), judged(found, said_last, asks)
    assert [(one.status, one.decided_by) for one in twice.areas] == [
        (one.status, one.decided_by) for one in alone.areas
    ]
    assert judged(alone, said_last, asks) == alone
    assert [one.past for one in alone.areas] == [one.past for one in found.areas]
    raised = {id(one) for area in alone.areas for one in area.asks}
    assert [one for one in asks if id(one) not in raised] == list(alone.new)
    assert not [one for one in alone.areas if one.matched and one.status in (IMPROVED, NOT_MENTIONED)]
