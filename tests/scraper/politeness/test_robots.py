"""robots.txt as it is understood: without a network."""

import pytest
from protego import Protego

from scraper.items import Verdict
from scraper.politeness import FetchFailed
from scraper.politeness.robots import READ, RobotsRules, readable, without


def test_robots_rules() -> None:
    rules = RobotsRules("User-agent: *\nCrawl-delay: 10\nDisallow: /search\n")
    assert (
        rules.delay == 10
        and rules.allow("https://a.example/provider/1")
        and not rules.allow("https://a.example/search?q=")
    )
    assert RobotsRules().delay == 0 and RobotsRules().allow("https://a.example/x")
    named = RobotsRules("User-agent: ofsted-watch\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert not named.allow("https://a.example/x")


NOT_PRIVATE = "User-agent: *\nDisallow: /private\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_the_first_group_counts_whatever_mark_the_file_begins_with(encoding: str) -> None:
    marked = NOT_PRIVATE if not encoding.endswith("-mark") else f"\ufeff{NOT_PRIVATE}"
    rules = RobotsRules(readable(marked.encode(encoding.removesuffix("-mark"))))
    assert rules.allow("https://a.example/1") and not rules.allow("https://a.example/private/1")


def test_of_a_file_that_is_too_long_the_first_500_kib_count_and_no_half_line() -> None:
    padding = b"# padding line\n" * 40_000
    assert not RobotsRules(readable(NOT_PRIVATE.encode() + padding)).allow("https://a.example/private/1")
    assert RobotsRules(readable(padding + NOT_PRIVATE.encode())).allow("https://a.example/private/1")
    cut = b"User-agent: *\n" + b"#" * (READ - 14 - 12) + b"\nDisallow: /private\n"
    assert RobotsRules(readable(cut)).allow("https://a.example/1")
    assert readable(b"x" * READ) == "x" * READ


@pytest.mark.parametrize(
    "agent", ["ofsted-watch/0.1.0", "Ofsted-Watch", "ofsted-watch 1.0 (bot)", "ofsted-watch*", "*", "* # all"]
)
def test_a_group_binds_us_by_our_name_whatever_stands_after_it(agent: str) -> None:
    rules = RobotsRules(f"User-agent: {agent}\nDisallow: /\n")
    assert not rules.allow("https://a.example/x")


@pytest.mark.parametrize("agent", ["ofsted", "watch", "o", "ofsted-watcher", "my-ofsted-watch", "*bot", ""])
def test_a_group_for_others_does_not_bind_us(agent: str) -> None:
    rules = RobotsRules(f"User-agent: {agent}\nDisallow: /\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /x\n")
    assert rules.allow("https://a.example/1") and not rules.allow("https://a.example/x") and rules.delay == 0


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: a\nSitemap: https://a.example/s\nUser-agent: ofsted-watch\nDisallow: /\n", "/x", False),
        ("User-agent: ofsted-watch\nUnknown: 1\nUser-agent: b\nDisallow: /\n", "/x", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n", "/x", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: ofsted-watch\nDisallow: /a\n", "/x", True),
        ("User-agent: ofsted-watch\nDisallow: /a\n\nUser-agent: ofsted-watch\nDisallow: /x\n", "/x", False),
        ("User-agent: *\nAllow: /x/y\nDisallow: /x\n", "/x/y", True),
        ("User-agent: *\nDisallow: /x/y\nAllow: /x\n", "/x/y", False),
        ("User-agent: *\nAllow: /x\nDisallow: /x\n", "/x", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/a.pdf?x=1", True),
        ("User-agent: *\nDisallow: /caf\u00e9\n", "/caf%C3%A9", False),
        ("User-agent: *\nDisallow: /%62%61%7A\n", "/baz", False),
        ("User-agent: *\nDisallow:\n", "/x", True),
        ("Disallow: /\n", "/x", True),
        ("user-agent:*\rDISALLOW : /x\r", "/x", False),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
        ("User-agent: *\nDisallow: /X\n", "/x", True),
        ("<html><body>Not found: User-agent</body></html>", "/x", True),
    ],
)
def test_groups_and_rules_mean_what_rfc_9309_says(text: str, path: str, allowed: bool) -> None:
    assert RobotsRules(text).allow(f"https://a.example{path}") is allowed


def test_a_file_is_parsed_once_however_often_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = Protego.parse

    def counted(text: str) -> Protego:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(Protego, "parse", counted)
    rules = RobotsRules(NOT_PRIVATE)
    assert [rules.allow(f"https://a.example/{number}") for number in range(9)] == [True] * 9
    assert rules.delay == 0 and len(parsed) == 1


@pytest.mark.parametrize(
    ("status", "verdict", "words"),
    [
        (404, None, ""),
        (403, None, ""),
        (429, Verdict.BLOCKED, "HTTP 429"),
        (500, Verdict.BLOCKED, "HTTP 500"),
        (302, Verdict.BLOCKED, "HTTP 302"),
        (0, Verdict.TIMED_OUT, "no complete answer"),
    ],
)
def test_a_robots_txt_that_does_not_come_is_a_no_unless_the_host_says_that_there_is_none(
    status: int, verdict: Verdict | None, words: str
) -> None:
    failure = FetchFailed(Verdict.TIMED_OUT, words, status=status)
    found = without("https://a.example/robots.txt", failure)
    if verdict is None:
        assert found == RobotsRules() and found.allow("https://a.example/x")
        return
    assert isinstance(found, FetchFailed) and not found.lasting
    assert (found.verdict, found.reason) == (verdict, f"https://a.example/robots.txt: {words}")


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "soon", ""])
def test_a_crawl_delay_that_is_none_is_left(delay: str) -> None:
    rules = RobotsRules(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /private\n")
    assert rules.delay == 0 and rules.allow("https://a.example/1")


@pytest.mark.parametrize(("delay", "seconds"), [("10s", 10), ("1,5", 1.5), ("2.5 sec", 2.5), ("7", 7), ("0.5", 0.5)])
def test_a_crawl_delay_is_read_however_it_is_written(delay: str, seconds: float) -> None:
    assert RobotsRules(f"User-agent: *\nCrawl-delay: {delay}\nDisallow: /private\n").delay == seconds


@pytest.mark.parametrize(
    "body",
    [
        NOT_PRIVATE.encode("utf-32"),
        NOT_PRIVATE.encode("utf-16-le"),
        NOT_PRIVATE.encode("utf-16-be"),
        b"\xef\xbb\xbf\xef\xbb\xbf" + NOT_PRIVATE.encode(),
        b"\n\xef\xbb\xbf" + NOT_PRIVATE.encode(),
        "\u200b".encode() + NOT_PRIVATE.encode(),
        b"\0" + NOT_PRIVATE.encode(),
    ],
)
def test_marks_and_wide_encodings_hide_no_rule(body: bytes) -> None:
    assert not RobotsRules(readable(body)).allow("https://a.example/private/1")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("User-agent: *\nDisallow: /a\nDisallow: /b\n", "User-agent: *\nDisallow: /b"),
        ("User-agent: other\nDisallow: /\n\nUser-agent: ofsted-watch\nDisallow: /*.pdf\nDisallow: /\n",
         "User-agent: ofsted-watch\nDisallow: /"),
        ("User-agent: *\nCrawl-delay: 900\nDisallow: /a\n", "User-agent: *\nCrawl-delay: 900.0"),
        ("User-agent: *\nAllow: /\n", "User-agent: *\nAllow: /"),
    ],
)  # fmt: skip
def test_the_lines_are_shown_that_object_to_an_address(text: str, shown: str) -> None:
    assert RobotsRules(text).objecting("https://a.example/b/1") == shown
