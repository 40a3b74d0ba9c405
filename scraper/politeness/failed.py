"""A request of which nothing usable came, and whose matter that is: the address's own, or its host's."""

from scraper.errors import ScraperError
from scraper.items import Verdict
from scraper.looks import Answer

GONE = frozenset({404, 410})


class FetchFailed(ScraperError):
    """Nothing usable came. `verdict` is how a page ends for which this is the last word; `again` whether to try once more.

    `wait` are the seconds that the server asks for before that. `host` is False where the trouble is with this one address and
    tells nothing about the others of its host. `final`: robots.txt forbids it, so that no later crawl will fare better. `answer` is what
    came instead.
    """

    def __init__(
        self,
        verdict: Verdict,
        reason: str,
        *,
        status: int = 0,
        again: bool = False,
        wait: float = 0.0,
        host: bool = True,
        final: bool = False,
        answer: Answer | None = None,
    ) -> None:
        super().__init__(reason)
        self.verdict, self.reason, self.status = verdict, reason, status
        self.again, self.wait, self.host, self.final = again, wait, host, final
        self.answer = answer

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page."""
        return self.status in GONE

    @property
    def lasting(self) -> bool:
        """Whether it is the matter of this one address, and not of its host or of us: the crawl is none the worse for it."""
        return not self.host
