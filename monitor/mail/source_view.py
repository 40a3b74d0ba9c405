"""What a reader is told when a source breaks or is well again: what is wrong, since when, what it means, what to do."""

import re
import shlex
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from monitor.alerts import SourceItem
from monitor.facts import phrases
from scraper.reference import LONDON
from scraper.text import counted

OFSTED = "ofsted"
MAIL = "mail"
WATCH = "watch"

# verdict -> (what is wrong with the source, in a headline; what to do)
VERDICTS = {
    "blocked": (
        "refuses to be read",
        (
            "Wait: it is tried again at every round. If this lasts for more than a day, open the site in a browser and see whether "
            "it works there; if it does, the site turns programs away, and its owner can be asked."
        ),
    ),
    "broken": (
        "does not look as expected",
        "Open the page in a browser. If it has changed its form, the reader has to be adapted; until then nothing of it is believed.",
    ),
    "crashed": (
        "could not be crawled",
        (
            "This is a fault of the watch or of its machine, as a full disk or a database that another program locks, and not of the site. Do what it "
            "says; where it says nothing to do, see the log of the watch, and the issues in the database."
        ),
    ),
    "timed_out": (
        "takes too long to answer",
        "Wait: it is tried again at every round. If this lasts, check the network of this machine.",
    ),
    "failed": (
        "cannot be delivered",
        "Check the address and the mail server’s answer. What was not delivered stands in the database.",
    ),
    "waits": (
        "is not taken by the mail server",
        (
            "Read what the server says: it means this watch or the server and not a recipient. Check `mail:` in config.yaml (host, port, security, "
            "login, `from`) with `ofsted-watch test-mail`, or ask whoever runs the server to take mail from this machine."
        ),
    ),
}
WATCH_VERDICTS = {
    "begun": (
        "has begun with a new database",
        "Nothing, if this is its first start here. Else stop it and look for its data folder: what is published meanwhile would be taken for known.",
    ),
    "doubt": (
        "could read a report in part only",
        (
            "Open the report at Ofsted. Its readers were told that nothing is concluded from it. If Ofsted publishes in a new form, the watch has to be told of it: "
            "docs/reading.md says how a new framework is described. Such a report is read again by itself then."
        ),
    ),
    "document": (
        "found a document that may be a report and did not take it",
        (
            "Open it. If it is, or holds, a report or letter of Ofsted's that the watch does not have, hand that alone over with `ofsted-watch add`, as a PDF whose "
            "text can be read: a scan or an encrypted file cannot."
        ),
    ),
    "sweep": (
        "cannot use Ofsted’s search",
        (
            "Nothing is missed, but new reports are told up to two hours later. Open the search in a browser: if it looks different from before, the reader has to be "
            "adapted; `sweep: off` under `sources: ofsted:` in config.yaml does without it."
        ),
    ),
    "issue": (
        "has a fault of its own",
        "`ofsted-watch status` shows all that is open, as soon as config.yaml can be read. What failed is tried again at every round, and nothing else waits for it.",
    ),
}
FILES = (
    "lists reports whose PDF cannot be fetched",
    "Open the link of the report in a browser. The PDF is asked for again at every round.",
)
ARTICLES = (
    "lists articles that cannot be fetched or read",
    "See whether the article opens in a browser. It is asked for in three rounds before its headline has to do.",
)
ABSENCE = re.compile(r"\d+ of \d+ authorit(?:y|ies) (?:has|have) no page\b")
COUNTS = re.compile(r"\d+ of \d+ authorit(?:y|ies) checked,")
ABSENT = (
    "has no page of some authorities",
    (
        "A council that was reorganised has a new URN: write it under `authorities:` in config.yaml, with the old URN as `replaces:` where "
        "its name stays. One that is not to be watched "
        "can be taken out of `watch:`. If the page opens in a browser, its address has changed and the reader has to be adapted."
    ),
)
UNKNOWN = ("does not work", "See the log of the watch.")


@dataclass(frozen=True, slots=True)
class SourceView:
    """One notice about the watch as a mail shows it; empty parts are left out by the templates."""

    headline: str
    well: bool
    mark: str
    message: str
    since: str
    meaning: str
    advice: str
    link: str
    came: str
    more: tuple[str, ...]


def source_view(item: SourceItem, zone: ZoneInfo = LONDON) -> SourceView:
    """The words of one notice about the watch."""
    problem, advice = _problem(item)
    name = source_name(item.source)
    return SourceView(
        headline=f"{name}{_again(item)}" if item.well else f"{name} {problem}",
        well=item.well,
        mark="Well again" if item.well else phrases.sentence_case(item.verdict.replace("_", " ")),
        message="" if item.well and item.source != WATCH else phrases.one_line(item.message, 500),
        since=phrases.moment(item.since, zone),
        meaning=_meaning(item, zone),
        advice="" if item.well else advice,
        link=phrases.safe_url(item.link),
        came=_came(item),
        more=_more(item),
    )


def _came(item: SourceItem) -> str:
    """What came instead; empty where nothing whole did, for then the message says all."""
    if item.came is None or item.came.status is None:
        return ""
    where = "" if item.came.url == item.link else f" for {phrases.safe_url(item.came.url)}"
    return f"What came{where}: {item.came.words}."


def _more(item: SourceItem) -> tuple[str, ...]:
    """The command and the page that show more of a source that is not well."""
    source = OFSTED if item.source == WATCH and item.verdict == "sweep" else item.source
    if item.well or source in (MAIL, WATCH):
        return ()
    return f"ofsted-watch status {shlex.quote(phrases.one_line(source))}", phrases.source_path(source)


def _problem(item: SourceItem) -> tuple[str, str]:
    if item.source == WATCH:
        return WATCH_VERDICTS.get(item.verdict, UNKNOWN)
    if item.files_only:
        return FILES if item.source == OFSTED else ARTICLES
    return ABSENT if _only_absent(item.message) else VERDICTS.get(item.verdict, UNKNOWN)


def _only_absent(message: str) -> bool:
    """Whether the fault is nothing but authorities without a page: any other is worse, and is what is to be told."""
    faults = [part for part in message.split("; ") if not COUNTS.match(part)]
    return bool(faults) and all(ABSENCE.match(part) for part in faults)


def source_name(source: str) -> str:
    """A source as people call it: Ofsted's site, the mail, or a feed by its name in the config."""
    return {OFSTED: "Ofsted's report site", MAIL: "Mail", WATCH: "The watch"}.get(source, phrases.one_line(source, 80))


def _meaning(item: SourceItem, zone: ZoneInfo) -> str:
    if item.source == WATCH:
        return ""
    if item.source == MAIL:
        return _meaning_of_mail(item, zone)
    what = "reports" if item.source == OFSTED else "stories"
    if item.well:
        gap = f" between {phrases.moment(item.broken_since, zone)} and now" if item.broken_since else ""
        return f"New {what} are seen again. What was published{gap} is found by this crawl and told in the usual way."
    if item.files_only and item.source != OFSTED:
        return "New stories are still seen; one whose article cannot be had is told of by its headline."
    if item.files_only:
        return f"New reports are still seen and told of with their link, but their PDFs cannot be read{_last(item.last_good, zone)}."
    whose = (
        f" about {phrases.listed([phrases.one_line(name) for name in item.authorities], 12)}"
        if item.authorities
        else " of this source"
    )
    return f"New {what}{whose} are not seen until this is put right{_last(item.last_good, zone)}. Silence does not mean that nothing is new."


def _again(item: SourceItem) -> str:
    return {MAIL: " is delivered again", WATCH: ": a fault is over"}.get(item.source, " is read again")


def _meaning_of_mail(item: SourceItem, zone: ZoneInfo) -> str:
    if item.well:
        since = f", some of it since {phrases.moment(item.broken_since, zone)}" if item.broken_since else ""
        return f"No mail waits for the server any more. What waited{since} has been sent."
    if item.verdict == "waits":
        mails = counted(item.waiting, "mail waits", "mails wait")
        return f"{mails} and will be tried again until the server takes them; until then their recipients are told nothing."
    return "These alerts have not reached the recipient and are not tried again."


def _last(last_good: datetime | None, zone: ZoneInfo) -> str:
    return (
        f"; it was last read without fault on {phrases.moment(last_good, zone)}"
        if last_good
        else "; it has never been read without fault"
    )
