"""`check`: one page of a source is tried; with `--feeds` the catalogue's feeds too, where a dead one is told without being a fault."""

from pathlib import Path

import pytest

from monitor.config import AlertRule, Config, NewsSource
from monitor.health import checks
from monitor.rounds import Crawled
from monitor.second_reader import Answer, Refused
from scraper.items import Verdict
from tests.conftest import Clock
from tests.monitor.conftest import SAYS_ITS_JOB, Child


@pytest.fixture
def config(tmp_path: Path) -> Config:
    news = [{"name": "BBC", "feed": "https://feeds.bbci.co.uk/news/england/london/rss.xml", "covers": ["Brent"]}]
    ops = {"to": "ops@example.org", "about": ["source"]}
    told = {
        "contact": "a@example.org",
        "watch": ["Brent"],
        "data": tmp_path,
        "sources": {"news": news},
        "alerts": [ops],
    }
    return Config.model_validate(told)


@pytest.fixture
def probed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sources that were tried; those with London in their name are refused."""
    names: list[str] = []

    def probe(config: Config, source: str, clock: Clock) -> tuple[Crawled, list[str]]:
        names.append(source)
        verdict = Verdict.BLOCKED if "London" in source else Verdict.OK
        return Crawled(1, source, verdict, "HTTP 403"), [f"link {number}" for number in range(12)]

    monkeypatch.setattr(checks, "_probe", probe)
    return names


def test_one_authoritys_page_is_tried_and_no_more(config: Config, child: Child, clock: Clock) -> None:
    child(SAYS_ITS_JOB)
    both = config.model_copy(update={"watch": ("Brent", "Camden")})
    assert (True, "ofsted (page of Brent): ok: Brent") in list(checks.check_lines(both, clock))


def test_feeds_of_the_catalogue_are_named_but_not_tried_unasked(
    config: Config, probed: list[str], clock: Clock
) -> None:
    told = list(checks.check_lines(config, clock))
    assert probed == ["ofsted", "BBC"]
    assert any("the catalogue knows" in line for _, line in told)


def test_of_a_page_is_told_what_would_be_read(config: Config, probed: list[str], clock: Clock) -> None:
    news = NewsSource.model_validate({"name": "Newsroom", "page": "https://brent.example/news"})
    sources = config.sources.model_copy(update={"news": (news, *config.sources.news)})
    told = [line for _, line in checks.check_lines(config.model_copy(update={"sources": sources}), clock)]
    at = told.index("Newsroom: ok: HTTP 403")
    assert told[at + 1 : at + 13] == [
        *(f"  link {number}" for number in range(10)),
        "  and 2 more",
        "BBC: ok: HTTP 403",
    ]


def test_feeds_of_the_catalogue_are_tried_when_asked(config: Config, probed: list[str], clock: Clock) -> None:
    told = list(checks.check_lines(config, clock, feeds=True))
    assert len(probed) > 4
    assert not any("feeds.bbci.co.uk/news/england/london" in line for _, line in told[6:])
    assert all(good for good, _ in told)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("weekly friday 07:05", "weekly on Friday at 07:05 Europe/London"),
        ("daily 7:30", "daily at 07:30"),
        ("weekly friday 07:05, even if nothing", "weekly on Friday at 07:05 Europe/London, even if there is nothing"),
        ("now", "at once"),
    ],
)
def test_a_rule_is_told_with_its_day(config: Config, probed: list[str], clock: Clock, when: str, words: str) -> None:
    rule = AlertRule.model_validate({"to": "a@example.org", "watch": ["all"], "when": when})
    told = [line for _, line in checks.check_lines(config.model_copy(update={"alerts": (rule,)}), clock)]
    assert f"alerts: a@example.org: amended, news, report, withdrawn of 1 authority, {words}" in "\n".join(told)


READER = {"url": "https://llm.example:8443/v1", "model": "m:8b", "at_most": 1}


def with_reader(config: Config, reader: dict[str, object]) -> Config:
    told = {"contact": "a@example.org", "watch": ["Brent"], "compare": {"second_reader": reader}}
    return config.model_copy(update={"compare": Config.model_validate(told).compare})


@pytest.mark.parametrize(
    ("outcome", "good", "words"),
    [
        (Answer("improved", (0,), "m:8b"), True, "m:8b at llm.example:8443 answers"),
        (
            Refused("it names no sentence", answered=True),
            False,
            "m:8b at llm.example:8443 answers, and not as it is asked to: it names no sentence",
        ),
        (Refused("HTTP 500"), False, "m:8b at llm.example:8443 cannot be used: HTTP 500"),
    ],
)
def test_a_second_reader_is_told_with_whom_texts_are_sent_to_and_whether_it_answers(
    config: Config,
    probed: list[str],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    outcome: Answer | Refused,
    good: bool,
    words: str,
) -> None:
    monkeypatch.setattr(checks, "probe", lambda *_: outcome)
    lines = [
        one for one in checks.check_lines(with_reader(config, READER), clock) if one[1].startswith("second reader")
    ]
    sent = "TEXTS OF REPORTS ARE SENT to llm.example:8443, for m:8b to read: at most 1 question a day"
    assert lines == [(True, f"second reader: {sent}"), (good, f"second reader: {words}")]


def test_a_key_that_is_missing_is_told_by_check(
    config: Config, probed: list[str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READER_KEY", raising=False)
    told = with_reader(config, READER | {"key_env": "READER_KEY"})
    assert any(
        not good and "environment variable READER_KEY (compare.second_reader.key_env) is not set" in line
        for good, line in checks.check_lines(told, clock)
    )


def test_of_a_second_reader_that_is_not_configured_nothing_is_said_and_nobody_asked(
    config: Config, probed: list[str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(checks, "probe", lambda *told: asked.append(told))
    assert not any("second reader" in line for _, line in checks.check_lines(config, clock))
    assert asked == []
