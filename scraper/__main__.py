"""`python -m scraper`: one crawl. The job comes as JSON on stdin, how it went goes as one line of JSON to stdout, logs to stderr."""

import json
import logging
import os
import sqlite3
import sys
from typing import Any

from pydantic import ValidationError
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from scraper.clock import utc_now
from scraper.crawling import Job
from scraper.database import (
    DatabaseFault,
    connect,
    explained,
    finish_crawl,
    heal_issues,
    note_issues,
    prune_answers,
    store_authorities,
    sweep_parts,
    take_back,
    writing,
)
from scraper.errors import RuleFileError
from scraper.fetching import settings_for, wrong_proxy
from scraper.items import GOOD, Verdict
from scraper.own_process import end_with_parent, orphaned
from scraper.spiders import DocumentSpider, NewsSpider, OfstedSpider, PageSpider, SourceSpider, SweepSpider

SPIDERS: dict[str, type[SourceSpider]] = {
    "ofsted": OfstedSpider,
    "sweep": SweepSpider,
    "news": NewsSpider,
    "page": PageSpider,
    "document": DocumentSpider,
}

OURS = frozenset({"scraper", *SPIDERS})


class Warnings(logging.Handler):
    """Collects what we log as a warning or worse, and the libraries as an error, each (level, message) once, for the issues table."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: dict[tuple[str, str], None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record if it is bad enough for where it comes from; messages are cut to 1,000 characters."""
        if record.levelno >= logging.ERROR or record.name.partition(".")[0] in OURS:
            message = (
                record.getMessage()[:1000].encode("utf-8", "backslashreplace").decode()
            )  # half an emoji cannot be stored
            self.seen[record.levelname.lower(), message] = None


def main() -> int:
    """Run the job of stdin. 0: it ran, whatever its verdict; 2: there was no job to run."""
    try:
        job = Job.model_validate_json(sys.stdin.buffer.read())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, one['loc'])) or 'job'}: {one['msg']}" for one in error.errors())
        answer({"verdict": Verdict.CRASHED, "message": f"the job is not one: {problems}"})
        return 2
    end_with_parent()
    if orphaned(job.parent):  # it died before Linux was asked to tell us
        print("the process that asked for this crawl is gone: nothing is crawled", file=sys.stderr)
        return 2
    if wrong := wrong_proxy(job.url):
        answer({"verdict": Verdict.BROKEN, "message": wrong})
        return 0
    try:
        answer(crawl(job))
    except (DatabaseFault, sqlite3.Error) as error:
        fault = error if isinstance(error, DatabaseFault) else explained(error, job.data)
        answer({"verdict": Verdict.CRASHED, "message": str(fault)})
    return 0


def answer(outcome: dict[str, Any]) -> None:
    """Print the one line that the parent reads. Where the parent is gone, what is stored has to do."""
    empty = {"verdict": Verdict.CRASHED, "message": "", "requests": 0, "bytes": 0, "found": 0, "pages": 0, "issues": []}
    try:
        print(json.dumps({**empty, **outcome}), flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would fail once more as it ends
        logging.getLogger("scraper").warning("nobody is there to be told how the crawl went; it is stored")


def crawl(job: Job) -> dict[str, Any]:
    """Do one crawl and store how it went. A file of our own rules that is wrong ends it before anything is fetched."""
    db = connect(job.data)
    try:
        SPIDERS[job.spider].check_rules()
        sweep_parts(job.data)
        store_authorities(db, {authority.urn: authority.name for authority in job.authorities})
        warnings = Warnings()
        process = AsyncCrawlerProcess(settings_for(job))
        logging.getLogger("scrapy").setLevel(logging.ERROR)  # what it warns of is in the verdict, in words
        logging.getLogger().addHandler(warnings)
        crawler = process.create_crawler(SPIDERS[job.spider])
        process.crawl(crawler, job=job, db=db)
        process.start()
        return finish(db, job, crawler, list(warnings.seen))
    except RuleFileError as error:
        return not_begun(db, job, str(error))
    finally:
        db.close()


def finish(db: Any, job: Job, crawler: Crawler, logged: list[tuple[str, str]]) -> dict[str, Any]:
    """Sum up, write the crawl's row and its issues in one last transaction, and say the same to the parent."""
    spider, figures = crawler.spider, crawler.stats.get_stats() if crawler.stats else {}
    if not isinstance(spider, SourceSpider):
        raise RuntimeError("the crawl did not begin")
    spider.worker.stop()
    reason = str(figures.get("finish_reason"))
    summary = spider.summary(cut_short(spider, reason))
    counted = (figures.get("downloader/request_count", 0), figures.get("downloader/response_bytes", 0), summary.found)
    issues = [*summary.issues, *logged]
    now = spider.now()
    with writing(db):
        note_issues(db, job.source, issues, now)
        if summary.verdict in GOOD:
            heal_issues(db, job.source, job.crawl_id, now)
        prune_answers(db, now)
        if summary.proves_nothing:
            take_back(db, job.crawl_id)
        finish_crawl(db, job.crawl_id, summary.verdict, summary.message, counted, now, stopped=asked(spider, reason))
    return {
        "verdict": summary.verdict,
        "message": summary.message,
        "requests": counted[0],
        "bytes": counted[1],
        "found": counted[2],
        "pages": len(spider.results),
        "issues": [{"level": level, "message": message} for level, message in issues],
    }


def not_begun(db: Any, job: Job, reason: str) -> dict[str, Any]:
    """Write the row of a crawl that could not begin."""
    now = utc_now()
    with writing(db):
        note_issues(db, job.source, [("error", reason)], now)
        finish_crawl(db, job.crawl_id, Verdict.CRASHED, reason, (0, 0, 0), now)
    return {"verdict": Verdict.CRASHED, "message": reason, "issues": [{"level": "error", "message": reason}]}


def asked(spider: SourceSpider, reason: str) -> bool:
    """Whether the crawl ended because it was asked to. That its parent died, which Linux tells in the same way, is no wish."""
    return reason == "shutdown" and not spider.out_of_time and not orphaned(spider.job.parent)


def cut_short(spider: SourceSpider, reason: str) -> tuple[Verdict, str] | None:
    """How the crawl was ended before it was done, if it was."""
    if spider.out_of_time:
        delay = spider.fetcher.hosts.crawl_delay
        why = f" (robots.txt asks for {delay:.12g} s between requests)" if delay > spider.job.delay else ""
        return Verdict.TIMED_OUT, f"stopped at its time limit of {spider.job.timeout:g} s{why}"
    if reason != "finished":
        return Verdict.CRASHED, f"stopped before it was done ({reason})"
    return None


if __name__ == "__main__":
    sys.exit(main())
