"""config.yaml: what it may say, and how clearly it says what is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.config.config_file import ConfigError
from scraper.reference import find_authority, known_authorities
from tests.paths import ROOT

GOOD = """\
data: watch-data
contact: you@example.org
watch: [Buckinghamshire, 80489, Hull]
sources:
  ofsted: {url: "https://reports.ofsted.gov.uk/", every: 90m, delay: 0.5s}
  news:
    - {name: The Gazette, feed: "https://news.example/rss", covers: [Bucks], every: 1h, delay: 5s}
alerts:
  - {to: lead@example.org, about: [report], when: now}
  - {to: [board@example.org], watch: [Brent], when: weekly Monday 08:00}
  - {to: [board@example.org], when: daily 7:30}
mail: {from: watch@example.org, host: localhost, username: watch, password_file: secret.txt}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_config_is_read(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, GOOD))
    assert [authority.name for authority in config.watched] == ["Buckinghamshire", "Brent", "Kingston upon Hull"]
    assert config.data == tmp_path / "watch-data"
    assert config.sources.ofsted.every == timedelta(minutes=90)
    assert config.sources.ofsted.url == "https://reports.ofsted.gov.uk"
    assert config.alerts[0].to == ("lead@example.org",)
    assert (config.alerts[1].when.kind, config.alerts[1].when.weekday, config.alerts[1].when.hour) == ("weekly", 0, 8)
    assert (config.alerts[2].when.kind, config.alerts[2].when.minute) == ("daily", 30)
    assert config.alerts[1].about == {"report", "amended", "withdrawn", "news"}
    assert config.mail.password_file == tmp_path / "secret.txt"


@pytest.mark.parametrize(
    ("written", "even"),
    [
        ("when: daily 7:30, even if nothing", True),
        ("when: daily 7:30 even if nothing", True),
        ('when: "Daily 7:30, Even If Nothing"', True),
        ("when: daily 7:30,even if nothing", True),
        ("when: daily 7:30, even if nothing: true", True),
        ("when: daily 7:30, even if nothing: false", False),
        ("when: daily 7:30, even_if_nothing: true", True),
        ("even if nothing, when: daily 7:30", True),
        ("when: daily 7:30", False),
    ],
)
def test_a_digest_may_be_asked_for_even_if_there_is_nothing(tmp_path: Path, written: str, even: bool) -> None:
    rule = load_config(write(tmp_path, GOOD.replace("when: daily 7:30", written))).alerts[2]
    assert (rule.when.digest, rule.even_if_nothing) == ("daily 07:30", even)


def test_it_may_stand_on_a_line_of_its_own(tmp_path: Path) -> None:
    text = "contact: a@example.org\nwatch: [Brent]\nalerts:\n  - to: a@example.org\n    when: weekly friday 8:00, even if nothing\n"
    rule = load_config(write(tmp_path, text)).alerts[0]
    assert (rule.when.digest, rule.even_if_nothing) == ("weekly friday 08:00", True)


def test_a_page_is_looked_at_every_six_hours_and_a_feed_every_hour_where_nothing_is_said(tmp_path: Path) -> None:
    told = (
        "{name: A, page: https://a.example/news, links: h2 a}",
        "{name: B, feed: https://b.example/rss}",
        "{name: C, page: https://c.example/, every: 2h}",
    )
    text = f"contact: a@example.org\nwatch: [Brent]\nsources: {{news: [{', '.join(told)}]}}\n"
    news = load_config(write(tmp_path, text)).sources.news
    assert [(one.address, one.links, one.interval) for one in news] == [
        ("https://a.example/news", "h2 a", timedelta(hours=6)),
        ("https://b.example/rss", None, timedelta(hours=1)),
        ("https://c.example", None, timedelta(hours=2)),
    ]


def test_all_watches_every_authority(tmp_path: Path) -> None:
    assert len(load_config(write(tmp_path, "contact: a@example.org\nwatch: all\n")).watched) == 153


def test_an_authority_that_is_not_built_in_can_be_added(tmp_path: Path) -> None:
    text = "contact: a@example.org\nwatch: [New Shire]\nauthorities: [{urn: 2999999, name: New Shire}]\n"
    assert [a.urn for a in load_config(write(tmp_path, text)).watched] == ["2999999"]


WRONG = [
    ("every: 90m", "evry: 90m", 5, "sources.ofsted.evry"),
    ("every: 90m", "every: 90 minutes", 5, "2h"),
    ("every: 90m", "every: 0s", 5, "at least 1s"),
    ("https://news.example/rss", "ftp://news.example/rss", 7, "http://"),
    ("covers: [Bucks]", "covers: [Buckinghamshir]", 7, "is 'Buckinghamshire' meant?"),
    ("name: The Gazette", "name: ofsted", 7, "another source"),
    ("watch: [Brent], when", "watch: [Kent], when", 10, "Kent is not watched: add it to `watch` at the top"),
    ("about: [report]", "about: []", 9, "about nothing"),
    ("watch: [Brent], when", "watch: [], when", 10, "names nobody"),
    (
        "covers: [Bucks], every: 1h, delay: 5s}",
        'covers: [Bucks]}\n    - {name: Herald, feed: "https://news.example/rss", covers: [Bucks]}',
        8,
        "another source has this feed too",
    ),
    ("[report]", "[reports]", 9, "alerts.0.about.0"),
    ("weekly Monday 08:00", "weekly Moonday 08:00", 10, "weekly monday 08:00"),
    ("daily 7:30", "daily 25:30", 11, "alerts.2.when"),
    (
        "daily 7:30",
        "daily 7:30, even if nothng",
        11,
        "alerts.2.even if nothng: no such key is known; is 'even if nothing' meant?",
    ),
    ("daily 7:30", "daily 7:30 even if nothng", 11, "behind one of the last two `, even if nothing` may stand"),
    ("daily 7:30", "daily 7:30, even if nothing: maybe", 11, "nothing is expected behind it"),
    ("daily 7:30", "daily 7:30 even if nothing at all", 11, "alerts.2.when: now, daily 08:00 or weekly"),
    (
        "daily 7:30",
        "now, even if nothing",
        11,
        "alerts.2.when: `even if nothing` belongs to a digest: write `daily 08:00, even if nothing`",
    ),
    ("lead@example.org", '"lead@example.org, other@example.org"', 9, "mail address"),
    ("lead@example.org", '"lead@example.org\\nBcc: x@example.org"', 9, "mail address"),
    ("from: watch@example.org", "from: watch", 12, "mail.from"),
    ("watch: [Buckinghamshire, 80489, Hull]", "watch: [Narnia]", 3, "no authority is called 'Narnia'"),
    ("watch: [Buckinghamshire, 80489, Hull]", "watch: []", 3, "watch"),
    ("contact: you@example.org", "contact: you@example.org\ncontact: me@example.org", 3, "given twice"),
    ("contact: you@example.org", "contact: [you", 3, "is not YAML"),
]


@pytest.mark.parametrize(("good", "bad", "line", "says"), WRONG)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, good: str, bad: str, line: int, says: str) -> None:
    assert good in GOOD
    path = write(tmp_path, GOOD.replace(good, bad))
    with pytest.raises(ConfigError) as told:
        load_config(path)
    assert f"config.yaml:{line}:" in str(told.value)
    assert says in str(told.value)


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace("every: 90m", "evry: 90m").replace("[report]", "[reports]"))
    with pytest.raises(ConfigError) as told:
        load_config(path)
    assert len(str(told.value).splitlines()) == 2


@pytest.mark.parametrize("text", ["", "- a list\n", "just text\n"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="a mapping of keys is expected"):
        load_config(write(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_config(tmp_path / "absent.yaml")


def test_the_projects_own_config_is_good() -> None:
    config = load_config(ROOT / "config.yaml")
    assert [authority.name for authority in config.watched] == ["Buckinghamshire"]


def test_an_authority_takes_the_place_of_a_built_in_one_and_what_news_calls_that_one_is_it(tmp_path: Path) -> None:
    old = find_authority("Kent", known_authorities())
    assert old
    extra = f"authorities: [{{urn: 2999999, name: Kent, replaces: {old.urn}}}]\n"
    config = load_config(write(tmp_path, f"contact: a@example.org\nwatch: [Kent]\n{extra}"))
    (watched,) = config.watched
    assert (watched.urn, watched.name, watched.region, watched.names) == ("2999999", "Kent", old.region, old.names)
    assert old not in config.known
    assert len(config.known) == len(known_authorities())
