"""When what is done: the schedule, a round from crawl to mail, crawls as child processes, and the locks that keep two apart.

In: the config and a clock. Out: a round done, each step of it by its own room. Leaves a row in `crawls` before each crawl, and its end
where the child could not write it; `issues`.
"""

from monitor.config import INTERVALS, OFSTED, interval, seen_every, sources
from monitor.daemon.crawls import Clock, Crawled, crawl, lock_of
from monitor.daemon.locks import Locked, held_since, locked
from monitor.daemon.look import MAILED_WITHIN
from monitor.daemon.process import DAEMON, run_daemon, utc_now
from monitor.daemon.rounds import Left, Round, crawl_and_conclude
from monitor.daemon.scheduler import next_crawl
from monitor.daemon.starting import ConfigFile
from monitor.daemon.stopping import Stop
from monitor.daemon.sweeps import SWEEP
from monitor.database import last_good

__all__ = [
    "DAEMON",
    "INTERVALS",
    "MAILED_WITHIN",
    "OFSTED",
    "SWEEP",
    "Clock",
    "ConfigFile",
    "Crawled",
    "Left",
    "Locked",
    "Round",
    "Stop",
    "crawl",
    "crawl_and_conclude",
    "held_since",
    "interval",
    "last_good",
    "lock_of",
    "locked",
    "next_crawl",
    "run_daemon",
    "seen_every",
    "sources",
    "utc_now",
]
