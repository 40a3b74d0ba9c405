"""A round from crawl to mail: crawls as child processes, what follows them, when each is due; and what the daemon has its children do.

In: the config and a clock. Out: a round done, each step of it by its own room. Leaves a row in `crawls` before each crawl, and its end
where the child could not write it; `issues`.
"""

from monitor.rounds.crawls import Clock, Crawled, crawl, lock_of
from monitor.rounds.look import MAILED_WITHIN
from monitor.rounds.round import Left, Round, crawl_and_conclude
from monitor.rounds.schedule import next_crawl
from monitor.rounds.starting import ConfigFile, looks_unmounted
from monitor.rounds.stopping import Stop
from monitor.rounds.sweeps import SWEEP

__all__ = [
    "MAILED_WITHIN",
    "SWEEP",
    "Clock",
    "ConfigFile",
    "Crawled",
    "Left",
    "Round",
    "Stop",
    "crawl",
    "crawl_and_conclude",
    "lock_of",
    "looks_unmounted",
    "next_crawl",
]
