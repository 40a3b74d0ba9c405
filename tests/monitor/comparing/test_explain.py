"""Why a comparison came out as it did: the sentences and what spoke for each. All texts are invented."""

from monitor.comparing.explain import BEST, as_json, in_words, why
from monitor.comparing.learnt import learnt
from monitor.comparing.outcomes import Past, compare
from scraper.items import Reading, Tone
from tests.monitor.comparing.chain_store import SUPERVISION, SUPERVISION_AGAIN, SUPERVISION_WEAK, ask, said

OTHERS = tuple(said(Tone.STRENGTH, f"In the {number} team plans are clear.", number) for number in range(1, 15))
LATER = Reading("inspection", "ILACS", findings=(ask("Life-story work."), SUPERVISION_AGAIN, *OTHERS, SUPERVISION_WEAK))


def test_what_is_explained_is_what_is_concluded() -> None:
    (told,), (outcome,) = why([SUPERVISION], LATER), compare([Past(1, SUPERVISION)], LATER).areas
    assert (told.verdict.status, told.verdict.confidence, told.verdict.certain) == (
        outcome.status, outcome.confidence, outcome.certain,
    )  # fmt: skip
    assert sum(told.verdict.likely.values()) == 1
    assert told.asks[0].finding is outcome.matched is SUPERVISION_AGAIN
    assert outcome.evidence[0] in [one.said.finding for one, _ in told.best[:2]]


def test_the_ten_best_sentences_stand_in_their_order_each_with_what_spoke_for_it() -> None:
    (told,) = why([SUPERVISION], LATER)
    assert len(told.best) == BEST
    assert told.best[0][0].said.finding in (SUPERVISION_WEAK, SUPERVISION_AGAIN)
    scores = [one.score for one, _ in told.best]
    assert scores == sorted(scores, reverse=True)
    assert all(parts and abs(parts[0][1]) >= abs(parts[-1][1]) for _, parts in told.best)


def test_as_plain_values_it_has_the_words_their_page_and_the_chances() -> None:
    plain = as_json(why([SUPERVISION], LATER)[0])
    first = plain["sentences"][0]
    assert {"text", "page", "decisive", "bears", "because"} <= set(first)
    assert 0.5 < first["bears"] <= 1
    assert plain["asks"][0]["text"] == SUPERVISION_AGAIN.text


def test_of_a_report_that_says_nothing_there_is_nothing_to_tell_but_that() -> None:
    (told,) = why([SUPERVISION], Reading("inspection", "ILACS"))
    assert (told.best, told.asks, told.status) == ((), (), ())
    assert told.verdict.status == "not_mentioned"


def test_every_feature_is_told_in_words_of_its_own_and_no_other_is() -> None:
    for told, models in (
        (in_words().sentence, [learnt().decisive]),
        (in_words().verdict, [learnt().mentioned, *learnt().status.values()]),
    ):
        assert all(set(told) == set(model.weights) for model in models)
        assert len(set(told.values())) == len(told)


def test_what_speaks_for_a_sentence_is_told_in_those_words() -> None:
    (told,) = why([SUPERVISION], LATER)
    assert {name for _, parts in told.best for name, _ in parts} <= set(in_words().sentence.values())
    assert {name for name, _ in (*told.mentioned, *told.status)} <= set(in_words().verdict.values())
