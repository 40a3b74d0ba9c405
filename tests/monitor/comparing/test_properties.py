"""What holds of every comparison, whatever the reports say."""

from hypothesis import given, settings
from hypothesis import strategies as some

from monitor.comparing.outcomes import Past, asks_of, compare
from monitor.comparing.verdict import IMPROVED, MIXED, NOT_MENTIONED, STILL
from scraper.items import Finding, Reading, Tone
from scraper.reference import ask_kinds, document_kinds

THINGS = ("supervision", "pathway plans", "children who go missing", "audits", "foster carers", "snow", "care leavers")
TEXTS = some.builds(
    "{} {}{}".format,
    some.sampled_from(("The quality of", "Improve", "Ensure that", "However,", "")),
    some.sampled_from(THINGS),
    some.sampled_from((".", ", so that plans improve.", " is good, although not always timely.", " remains weak.", "")),
)
FINDINGS = some.builds(
    Finding,
    some.sampled_from([*ask_kinds(), *Tone]),
    some.sampled_from(("What needs to improve", "Care leavers", "")),
    TEXTS | some.text(max_size=60),
    some.integers(1, 9),
    lscb=some.booleans(),
)
READINGS = some.builds(
    lambda kind, findings: Reading(kind, "ILACS", findings=tuple(findings)),
    some.sampled_from(list(document_kinds())),
    some.lists(FINDINGS, max_size=8),
)


@settings(max_examples=150, deadline=None)
@given(some.lists(FINDINGS, max_size=5), READINGS)
def test_every_item_gets_one_answer_and_every_ask_is_new_or_matched(findings: list[Finding], later: Reading) -> None:
    past = [Past(index, finding) for index, finding in enumerate(findings)]
    found = compare(past, later)
    assert [one.past for one in found.areas] == past
    asks, matched = asks_of(later), [ask for one in found.areas for ask in one.asks]
    assert all(any(match is ask for ask in asks) for match in matched)
    assert [ask for ask in asks if not any(ask is match for match in matched)] == list(found.new)


@settings(max_examples=150, deadline=None)
@given(some.lists(FINDINGS, max_size=5), READINGS)
def test_only_what_is_not_mentioned_has_no_evidence_and_all_evidence_is_the_reports_own(
    findings: list[Finding], later: Reading
) -> None:
    for one in compare([Past(index, finding) for index, finding in enumerate(findings)], later).areas:
        assert one.status in {STILL, IMPROVED, MIXED, NOT_MENTIONED}
        assert (one.quote is None) == (one.page is None)
        assert one.quote is None or not (one.certain and one.status == NOT_MENTIONED)
        assert 0.25 <= one.confidence <= 1
        assert not (one.matched and one.status in {IMPROVED, NOT_MENTIONED})
        assert all(any(quoted is finding for finding in later.findings) for quoted in one.evidence)


@settings(max_examples=80, deadline=None)
@given(READINGS)
def test_a_report_compared_with_itself_asks_for_the_same_things(reading: Reading) -> None:
    asks = asks_of(reading)
    found = compare([Past(index, ask) for index, ask in enumerate(asks)], reading)
    subjects_known = [one for one in found.areas if any(thing in one.past.finding.text for thing in THINGS[:5])]
    assert all(one.matched for one in subjects_known)
