"""What a host may be asked for and when: its robots.txt, the pause between two requests, and when it has failed too often.

In: addresses, what came of them, and the time. Out: a yes or a `FetchFailed`, and when the next request may be sent.
It asks nobody and knows no clock; it leaves no rows.
"""

from scraper.politeness.failed import FetchFailed
from scraper.politeness.hosts import Host, Hosts
from scraper.politeness.robots import RobotsRules, readable, without
from scraper.politeness.waits import retry_after

__all__ = ["FetchFailed", "Host", "Hosts", "RobotsRules", "readable", "retry_after", "without"]
