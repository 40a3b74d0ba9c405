"""The dead man's switch: an address that is asked after each round, so that somebody else notices when no round comes any more.

By the convention of Healthchecks (https://healthchecks.io/docs/http_api/): the address itself after a good round, `/fail` after it after a bad one; what is
sent along says why.
"""

import logging
from collections.abc import Sequence
from http.client import HTTPException
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from monitor.config import Config
from monitor.rounds.crawls import Crawled
from monitor.rounds.round import Concluded
from scraper.items import GOOD

log = logging.getLogger(__name__)
SECONDS = 10
LONGEST = 10_000  # bytes; what comes after is not kept there


def ping(config: Config, crawled: Sequence[Crawled], concluded: Concluded) -> None:
    """Tell how a round went, where the config names an address. That nobody answers is a line in the log: they notice the silence."""
    if config.ping is None:
        return
    wrong = [f"{one.source}: {one.verdict}: {one.message}" for one in crawled if one.verdict not in GOOD]
    wrong += [f"the step {step} failed" for step in concluded.failed]
    address = f"{config.ping.rstrip('/')}/fail" if wrong else config.ping
    said = "; ".join(wrong) or "; ".join(f"{one.source}: {one.message}" for one in crawled)
    try:
        with urlopen(Request(address, data=said.encode()[:LONGEST]), timeout=SECONDS):  # noqa: S310 - checked to be http(s)
            pass
    except (OSError, HTTPException, ValueError) as error:
        log.warning("%s, which `ping` names, could not be told of the round: %s", urlsplit(address).hostname, error)
