"""`python -m monitor.rounds`: one piece of the watch's work. The order comes as JSON on stdin, the `Answer` goes as one line of JSON to stdout."""

import asyncio
import json
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from monitor import log
from monitor.config import load_config, read_config_file
from monitor.errors import UserError
from monitor.mail import send_directly
from monitor.orders import Answer, Order
from monitor.rounds.reloading import reloaded
from monitor.rounds.schedule import plan_of
from monitor.rounds.starting import ConfigFile, start
from monitor.rounds.stopping import Stop, in_thread
from monitor.rounds.work import Work
from scraper.clock import utc_now
from scraper.database import DatabaseFault, NoDatabase
from scraper.errors import ScraperError
from scraper.own_process import end_with_parent, orphaned, take_our_name
from scraper.reference import frameworks

logger = logging.getLogger(__name__)


def main() -> int:
    """Do what the order says. 0: it was done, or the answer says why not; 2: there was no order, or nobody waits for it any more."""
    take_our_name()
    log.set_up()
    order = Order(**json.load(sys.stdin))
    end_with_parent()
    if orphaned(order.parent):  # it died before Linux was asked to tell us
        logger.warning("the daemon that asked for %s is gone: nothing is done", order.do)
        return 2
    answer = json.dumps(asyncio.run(_done(order)).to_json())
    try:
        print(answer, flush=True)
    except BrokenPipeError:  # what is stored has to do
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


async def _done(order: Order) -> Answer:
    """Do what is asked for; asked to stop, it ends at the next safe point."""
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if order.do == "start":
        return await in_thread(_start, order)
    config = load_config(Path(order.path), order.text, again=order.text is not None)
    work = Work(config, utc_now, stop, order.identity)
    if order.do in BESIDES:
        return await in_thread(BESIDES[order.do], work, order)
    what = f"{order.do} {order.more.get('source', '')}".strip()
    return await work.do(what, partial(PIECES[order.do], work, **order.more))


def _start(order: Order) -> Answer:
    """Read the config, and make the database usable."""
    try:
        file = ConfigFile(Path(order.path), order.more["moved"])
        text = read_config_file(file.path)
        config = load_config(file.path, text)
        frameworks()
        name = start(config, utc_now, file, doubtful=order.more["doubtful"])
        return Answer(identity=name, plan=plan_of(config, text, utc_now()))
    except DatabaseFault as fault:
        return Answer(fault=str(fault), lost=isinstance(fault, NoDatabase))
    except (UserError, ScraperError) as error:
        return Answer(refused=str(error))


def _reload(work: Work, order: Order) -> Answer:
    try:
        return Answer(plan=reloaded(work.config, Path(order.path), work.clock))
    except (DatabaseFault, sqlite3.Error) as error:
        return work.failed("reload", error)


def _failed(work: Work, order: Order) -> Answer:
    return work.failed(order.more["what"], order.more["how"])


def _outage(work: Work, order: Order) -> Answer:
    """Tell the operators past the database; `told`: any of them, or there is none."""
    subject, text, outcomes = order.more["subject"], order.more["text"], []
    for recipient, error in send_directly(work.config, subject, text, work.clock()):
        logger.log(logging.ERROR if error else logging.INFO, "%s: %s", recipient, error or f"told: {subject}")
        outcomes.append(error)
    return Answer(told=not outcomes or None in outcomes)


PIECES: dict[str, Callable[..., Awaitable[tuple[str, ...]]]] = {
    "round": Work.round,
    "sweep": Work.sweep,
    "mail": Work.mail,
}
"""What may fail, which is an issue then."""
BESIDES = {"reload": _reload, "failed": _failed, "outage": _outage}


if __name__ == "__main__":
    sys.exit(main())
