"""Values that would do nothing, or another thing than they seem to, are refused at load with what to do."""

from pathlib import Path

import pytest

from monitor.config import load_config, refuse_placeholders
from monitor.config.config_file import ConfigError
from monitor.config.refusals import is_loopback

HEAD = "contact: a@council.gov.uk\nwatch: [Brent, Camden]\n"
MAIL = "mail: {{from: a@council.gov.uk, {}}}\n"
FEEDS = (
    'sources: {{news: [{{name: "{}", feed: "https://a.example/1"}}, {{name: "{}", feed: "https://a.example/2"}}]}}\n'
)
NOT_TWO = "capitals and punctuation do not tell two apart"
OWN = "what the watch calls another source or a part of its own"


def load(folder: Path, text: str) -> None:
    path = folder / "config.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    load_config(path)


MAILS = [
    ("security: tls", "without `host`"),
    ("port: 465", "without `host`"),
    ("username: watch", "without `host`"),
    ("password_env: X", "without `host`"),
    ("password_file: x", "without `host`"),
    ("ca_file: config.yaml", "without `host`"),
    ('host: ""', "is empty"),
    ('host: "  "', "is empty"),
    ("host: mail.council.gov.uk, password_env: X", "does nothing without `username`"),
    ("host: mail.council.gov.uk, password_file: x", "does nothing without `username`"),
    ("host: mail.council.gov.uk, security: tls, username: w", "its password is missing"),
    ("host: mail.council.gov.uk, security: tls, username: w, password_env: X, password_file: x", "and not both"),
    ("host: mail.council.gov.uk, username: w, password_env: X", "unencrypted"),
    ("host: 192.0.2.1, security: none, username: w, password_env: X", "unencrypted"),
    ("host: mail.council.gov.uk, ca_file: config.yaml", "does nothing with `security: none`"),
    ("host: mail.council.gov.uk, security: tls, ca_file: not-there.pem", "there is no file"),
    ("host: mail.council.gov.uk, security: tls, ca_file: $CERTS/ca.pem", "variables are not filled in"),
    ("host: mail.council.gov.uk, security: tls, username: w, password_file: \"${HOME}/x\"", "variables are not filled in"),
    ("host: mail.council.gov.uk, password: secret", "never in this file: name it with `password_env` or `password_file`"),
    ("hots: mail.council.gov.uk", "is 'host' meant?; there are: from, host, port, security"),
]  # fmt: skip
OTHERS = [
    ("data: $HOME/watch", "data: variables are not filled in"),
    ("data: ${X}", "data: variables are not filled in"),
    ("data: ~nobody-of-this-name/watch", "nobody-of-this-name"),
    ("alerts: [{to: a@b.uk, about: []}]", "leave `about` out"),
    ("alerts: [{to: a@b.uk, watch: []}]", "leave `watch` out"),
    ("alerts: [{to: a@b.uk, watch: [Brent, Kent]}]", "Kent is not watched"),
    ("alerts: [{to: a@b.uk, watch: Barnet}]", "Barnet is not watched"),
    ("alerts: [{to: a@b.uk, abuot: [news]}]", "is 'about' meant?; there are: to, watch, about, when"),
    ("sources: {ofsted: {evry: 2h}}", "is 'every' meant?; there are: url, every, sweep, delay, recheck"),
    ("sources: {nws: []}", "is 'news' meant?; there are: ofsted, news"),
    ("sources: {news: [{name: A, feed: https://a.example/1, cover: [Brent]}]}", "is 'covers' meant?"),
    ("sources: {news: [{name: A}]}", "`feed` or `page` is expected"),
    ("sources: {news: [{name: A, feed: https://a.example/1, page: https://a.example/2}]}", "one of them only"),
    ("sources: {news: [{name: A, feed: https://a.example/1, links: a}]}", "`links` says which links of a `page`"),
    ('sources: {news: [{name: A, page: https://a.example/1, links: "a[["}]}', "a CSS selector is expected"),
    (
        "sources: {news: [{name: A, page: https://a.example/1}, {name: B, page: https://a.example/1}]}",
        "another source has this page too",
    ),
    ("wathc: [Kent]", "is 'watch' meant?; there are: data, contact"),
    ("zzz: 1", "no such key is known; there are: data, contact, timezone"),
    ("authorities: [{urn: 2999999, name: Kent}]", "the built-in list has 'Kent'"),
    ("authorities: [{urn: 2999999, name: kent}]", "the built-in list has 'Kent'"),
    ("authorities: [{urn: 2999999, name: Bucks}]", "the built-in list has 'Buckinghamshire'"),
    ("authorities: [{urn: 2999999, name: Kent, replaces: 80436}]", "the built-in list has 'Kent'"),
    ("authorities: [{urn: 2999999, name: New Shire, replaces: 1234}]", "no built-in authority has the URN 1234"),
    ("authorities: [{urn: 2999999, name: Ny, aliases: [Kent]}]", "the built-in list has 'Kent'"),
    ("authorities: [{urn: 2999999, name: Ny, aliases: [Bucks]}]", "the built-in list has 'Buckinghamshire'"),
    ("authorities: [{urn: 80476, name: Ny}]", "the built-in list has this URN"),
    ("authorities: [{urn: 2999999, name: All}]", "`all` is what all authorities are called"),
    ("authorities: [{urn: 2999999, name: Ny, aliases: [all]}]", "`all` is what all authorities are called"),
    (
        "authorities: [{urn: 2999999, name: Ny, aliases: [Zed]}, {urn: 2999998, name: Oy, aliases: [zed]}]",
        "called 'Zed' too",
    ),
    ("authorities: [{urn: 2999999, name: Ny}, {urn: 2999998, name: Oy, aliases: [NY]}]", "called 'Ny' too"),
    ("sources: {ofsted: {every: 9999999999999d}}", "no more than 366d is expected"),
    (
        "alerts: [{to: a@b.uk, about: [source], watch: [Brent]}]",
        "it does nothing in a rule that is about `source` alone",
    ),
    ("alerts: [{to: a@b.uk, about: [news]}]", "no news source is configured"),
    ("sources: {ofsted: {every: 367d}}", "no more than 366d is expected"),
    ("authorities: [{urn: 2999999, name: Ny}, {urn: 2999998, name: ny}]", "another authority is called 'Ny' too"),
    ("authorities: [{urn: 2999999, name: Ny}, {urn: 2999999, name: Oy}]", "has this URN too"),
    (FEEDS.format("Herald & Post", "Herald Post"), NOT_TWO),
    (FEEDS.format("BBC News: Bucks", "BBC News (Bucks)"), NOT_TWO),
    (FEEDS.format("The Argus", "the argus"), NOT_TWO),
    (FEEDS.format("A B", "AB"), NOT_TWO),
    (FEEDS.format("Straße", "STRASSE"), NOT_TWO),
    (FEEDS.format("X", "Ofsted"), OWN),
    (FEEDS.format("X", "MAIL"), OWN),
    (FEEDS.format("X", "Daemon."), OWN),
    (FEEDS.format("X", "conclude"), OWN),
    (FEEDS.format("X", "Watch"), OWN),
    (FEEDS.format("X", "Second reader"), OWN),
    (FEEDS.format("X", "?!"), "has no letter"),
]


@pytest.mark.parametrize(("text", "says"), [*((MAIL.format(mail), says) for mail, says in MAILS), *OTHERS])
def test_it_is_refused_with_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError) as told:
        load(tmp_path, text)
    assert says in str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        MAIL.format("host: localhost, username: w, password_env: X"),
        MAIL.format('host: "::1", port: 2525, username: w, password_file: x'),
        MAIL.format("host: mail.council.gov.uk, security: tls, ca_file: config.yaml"),
        MAIL.format("host: mail.council.gov.uk"),
        "alerts: [{to: a@b.uk, about: source}, {to: a@b.uk, watch: all}, {to: a@b.uk, watch: [80489]}]",
        "authorities: [{urn: 2999999, name: New Shire, aliases: [NS]}]",
        FEEDS.format("Herald One", "Herald Two"),
        FEEDS.format("Новости", "Вести"),
        FEEDS.format("Ofsted news of gov.uk", "Mail Online"),
    ],
)
def test_what_does_something_is_taken(tmp_path: Path, text: str) -> None:
    load(tmp_path, text)


def test_the_home_folder_is_filled_in_in_every_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "ca.pem").touch()
    path = tmp_path / "config.yaml"
    mail = MAIL.format("host: x.uk, security: tls, username: w, password_file: ~/secret, ca_file: ~/ca.pem")
    path.write_text(f"{HEAD}data: ~/watch\n{mail}")
    config = load_config(path)
    home = tmp_path / "home"
    assert (config.data, config.mail.password_file, config.mail.ca_file) == (
        home / "watch",
        home / "secret",
        home / "ca.pem",
    )


def test_paths_are_relative_to_where_a_symlink_lies_and_not_to_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "..data_1").mkdir()
    (tmp_path / "..data_1" / "config.yaml").write_text(f"{HEAD}data: data\n")
    (tmp_path / "config.yaml").symlink_to(tmp_path / "..data_1" / "config.yaml")
    assert load_config(tmp_path / "config.yaml").data == tmp_path / "data"


PLACEHOLDERS = [
    "you@example.org",
    "me@example.com",
    "me@mail.example.net",
    "me@council.example",
    "me@council.invalid",
    "ME@EXAMPLE.ORG",
]


@pytest.mark.parametrize("address", PLACEHOLDERS)
def test_no_stranger_is_asked_under_a_placeholder(tmp_path: Path, address: str) -> None:
    path = tmp_path / "config.yaml"
    near = 'sources: {ofsted: {url: "http://127.0.0.1:1"}}\n'
    path.write_text(f"contact: {address}\nwatch: [Brent]\n")
    with pytest.raises(ConfigError, match=r"contact: .* is a placeholder"):
        refuse_placeholders(load_config(path))
    path.write_text(f"contact: {address}\nwatch: [Brent]\n{near}")
    refuse_placeholders(load_config(path))
    path.write_text(
        f"contact: a@council.gov.uk\nwatch: [Brent]\nmail: {{from: {address}, host: mail.council.gov.uk}}\n"
    )
    with pytest.raises(ConfigError, match=r"mail\.from: .* is a placeholder"):
        refuse_placeholders(load_config(path))


@pytest.mark.parametrize("address", ["a@council.gov.uk", "a@example.org.uk", "a@myexample.org", "a@localhost"])
def test_an_own_address_is_none(tmp_path: Path, address: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(f"contact: {address}\nwatch: [Brent]\nmail: {{from: {address}, host: mail.council.gov.uk}}\n")
    refuse_placeholders(load_config(path))


@pytest.mark.parametrize(
    ("host", "it_is"),
    [
        ("localhost", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("[::1]", True),
        ("LOCALHOST.", True),
        ("10.0.0.1", False),
        ("local", False),
        ("", False),
    ],
)
def test_what_is_this_machine(host: str, it_is: bool) -> None:
    assert is_loopback(host) is it_is
