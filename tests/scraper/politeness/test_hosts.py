"""Whether a host may be asked, and when: no clock but the numbers here."""

import pytest

from scraper.items import Verdict
from scraper.politeness import FetchFailed, Host, Hosts, RobotsRules

URL = "https://a.example/private/1?x=1"
REFUSED = FetchFailed(Verdict.BLOCKED, "HTTP 401", status=401)
ABSENT = FetchFailed(Verdict.BROKEN, "HTTP 404", status=404, host=False)


def asks_for(delay: object) -> RobotsRules:
    return RobotsRules(f"User-agent: *\nCrawl-delay: {delay}\n")


def test_a_host_that_was_never_asked_may_be_asked_at_once() -> None:
    assert Host("a.example", 3).next_at <= 0


@pytest.mark.parametrize(
    ("rules", "pause"), [(None, 3), (REFUSED, 3), (RobotsRules(), 3), (asks_for(1), 3), (asks_for(10), 10)]
)
def test_the_longer_of_our_delay_and_its_crawl_delay_lies_between_two_requests(
    rules: RobotsRules | FetchFailed | None, pause: float
) -> None:
    host = Host("a.example", 3)
    host.sent = 100.0  # for robots.txt, before anybody knew what it says
    host.rules = rules
    assert host.next_at == 100 + pause


def test_hosts_are_told_apart_by_name_and_port_and_each_has_its_own_pause() -> None:
    hosts = Hosts(3)
    host = hosts.of("https://a.example/1")
    assert all(
        hosts.of(f"{url}/2?q=1") is host for url in ("http://A.example", "https://a.example:443", "http://a.example:80")
    )
    others = ["https://b.example/1", "https://www.a.example/1", "https://a.example:8080/1", "https://a.example:8443/1"]
    assert len({id(hosts.of(url)) for url in others}) == 4 and host not in map(hosts.of, others)
    host.sent = 100.0
    assert hosts.of(others[0]).next_at <= 0
    assert host.name == "a.example"


def test_the_longest_crawl_delay_of_a_crawl_is_known() -> None:
    hosts = Hosts(3)
    assert hosts.crawl_delay == 0
    for number, rules in enumerate((asks_for(5), asks_for(20), asks_for(1), REFUSED, None)):
        hosts.of(f"https://a{number}.example/").rules = rules
    assert hosts.crawl_delay == 20


def test_a_host_is_asked_no_more_after_three_failures_running_with_the_last_reason() -> None:
    host = Host("a.example", 3)
    for _ in range(3):
        host.check_patience()
        host.failed(REFUSED)
    with pytest.raises(
        FetchFailed, match="not asked for, because its host failed 3 times running: HTTP 401"
    ) as given_up:
        host.check_patience()
    assert given_up.value.verdict is Verdict.BLOCKED and not given_up.value.lasting and not given_up.value.again


@pytest.mark.parametrize("answer", ["answered", "absent"])
def test_an_answer_between_failures_makes_them_none_running(answer: str) -> None:
    host = Host("a.example", 3)
    for _ in range(4):
        host.failed(REFUSED)
        host.failed(REFUSED)
        host.check_patience()
        if answer == "answered":
            host.answered()
        else:
            host.failed(ABSENT)
    assert host.failures == []


def test_what_robots_txt_forbids_is_that_addresses_matter_and_will_be_forbidden_next_time_too() -> None:
    host = Host("a.example", 3, RobotsRules("User-agent: *\nDisallow: /private\n"))
    host.check_rules("https://a.example/1", 60)
    with pytest.raises(FetchFailed, match=r"^robots\.txt of a\.example does not allow /private/1$") as failed:
        host.check_rules(URL, 60)
    assert failed.value.final and failed.value.lasting and failed.value.verdict is Verdict.BLOCKED


def test_a_robots_txt_that_could_not_be_had_is_its_hosts_matter() -> None:
    host = Host("a.example", 3, FetchFailed(Verdict.TIMED_OUT, "https://a.example/robots.txt: no answer", again=True))
    with pytest.raises(FetchFailed, match=r"https://a\.example/robots\.txt: no answer") as failed:
        host.check_rules(URL, 60)
    told = failed.value
    assert (told.verdict, told.lasting, told.final, told.again) == (Verdict.TIMED_OUT, False, False, False)


def test_nothing_is_allowed_while_nobody_knows_what_robots_txt_says() -> None:
    with pytest.raises(FetchFailed):
        Host("a.example", 3).check_rules(URL, 60)


@pytest.mark.parametrize("delay", ["30", "30.5", "45", "59.5", "60", "900", "1e9"])
def test_a_crawl_delay_that_fits_no_crawl_is_a_no_with_its_reason(delay: str) -> None:
    host = Host("a.example", 3, asks_for(delay))
    words = rf"robots\.txt asks for {float(delay):.12g} s between requests, and a crawl has 60 s"
    with pytest.raises(FetchFailed, match=words.replace("+", r"\+")) as failed:
        host.check_rules(URL, 60)
    assert failed.value.verdict is Verdict.BLOCKED and not failed.value.lasting
    Host("a.example", 3, asks_for(29.5)).check_rules(URL, 60)


def test_a_host_waits_as_a_whole_before_what_failed_is_asked_for_again() -> None:
    host = Host("a.example", 3)
    host.sent = 100.0
    passing = FetchFailed(Verdict.BROKEN, "HTTP 503", again=True, wait=20)
    assert host.tries_again(passing, 1, 101.0) and host.next_at == 121
    assert not host.tries_again(passing, 3, 200.0) and host.next_at == 121
    assert not host.tries_again(ABSENT, 1, 200.0) and host.next_at == 121
