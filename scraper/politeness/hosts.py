"""The hosts of one crawl: may this one be asked for an address, and when may it be asked next.

Times are seconds of a monotonic clock that whoever asks has read.
"""

import math
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from scraper.items import NOT_ASKED, Verdict
from scraper.looks import HEAD, Answer
from scraper.politeness.failed import FetchFailed
from scraper.politeness.robots import RobotsRules
from scraper.politeness.waits import before_retry

PATIENCE = 3
PAGES = 2
"""A crawl has to have time for so many after robots.txt: a page that lists and one that is listed. With less each would end unfinished."""


@dataclass(slots=True)
class Host:
    """One host in one crawl; `failures` are those running, `sent` is when it was asked last.

    `delay` are our own seconds between two requests. `rules` are None until its robots.txt was asked for, and a failure where
    that could not be had.
    """

    name: str
    delay: float
    rules: RobotsRules | FetchFailed | None = None
    failures: list[FetchFailed] = field(default_factory=list)
    sent: float = -math.inf
    not_before: float = -math.inf

    @property
    def crawl_delay(self) -> float:
        """What its robots.txt asks for, in seconds; 0 where it asks for none."""
        return self.rules.delay if isinstance(self.rules, RobotsRules) else 0.0

    @property
    def next_at(self) -> float:
        """When it may be asked next."""
        return max(self.sent + max(self.delay, self.crawl_delay), self.not_before)

    def check_patience(self) -> None:
        """Raise `FetchFailed` where it has failed too often to be asked any more."""
        if len(self.failures) >= PATIENCE:
            last = self.failures[-1]
            reason = f"{NOT_ASKED}, because its host failed {PATIENCE} times running: {last.reason}"
            raise FetchFailed(last.verdict, reason)

    def check_rules(self, url: str, whole: float) -> None:
        """Raise `FetchFailed` where robots.txt forbids the address, could not be had, or leaves a `whole` crawl no time."""
        if isinstance(self.rules, FetchFailed):
            raise FetchFailed(self.rules.verdict, self.rules.reason, answer=self.rules.answer)
        if self.rules is None or not self.rules.allow(url):
            reason = f"robots.txt of {self.name} does not allow {urlsplit(url).path}"
            raise FetchFailed(Verdict.BLOCKED, reason, host=False, final=True, answer=_robots(self.rules, url))
        if self.crawl_delay * PAGES >= whole:
            reason = f"robots.txt asks for {self.crawl_delay:.12g} s between requests, and a crawl has {whole:g} s"
            raise FetchFailed(Verdict.BLOCKED, reason, answer=_robots(self.rules, url))

    def tries_again(self, failure: FetchFailed, failed: int, at: float) -> bool:
        """Whether to ask once more for what has `failed` so often; it is not asked for anything before the wait is over."""
        wait = before_retry(failed, self.delay, failure.wait) if failure.again else None
        if wait is not None:
            self.not_before = at + wait
        return wait is not None

    def answered(self) -> None:
        """It gave what it was asked for, or led to where that is."""
        self.failures.clear()

    def failed(self, failure: FetchFailed) -> None:
        """It did not; a page that is not there is an answer all the same."""
        if failure.host:
            self.failures.append(failure)
        else:
            self.failures.clear()


def _robots(rules: RobotsRules | None, url: str) -> Answer | None:
    """The robots.txt that says no to an address, or asks for too long a wait."""
    if rules is None:
        return None
    lines = rules.objecting(url).encode("utf-8", "replace")
    there = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/robots.txt"
    return Answer(status=200, final_url=there, content_type="text/plain", size=len(rules.text), head=lines[:HEAD])


@dataclass(frozen=True, slots=True)
class Hosts:
    """Those of one crawl, each made when it is first asked for."""

    delay: float
    known: dict[str, Host] = field(default_factory=dict)

    def of(self, url: str) -> Host:
        """That of a web address; another port than the usual ones is another host, as it is for robots.txt."""
        name = urlsplit(url).netloc.lower().removesuffix(":443").removesuffix(":80")
        return self.known.setdefault(name, Host(name, self.delay))

    @property
    def crawl_delay(self) -> float:
        """The longest that a robots.txt has asked for so far."""
        return max((host.crawl_delay for host in self.known.values()), default=0.0)
