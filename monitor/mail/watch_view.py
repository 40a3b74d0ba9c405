"""What a digest says of the watch itself, in words: one line, and where there is nothing else to tell, a few more. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from monitor.alerts import Gap, Quiet, SourceLooks, Watch
from monitor.facts import phrases
from monitor.mail.source_view import source_name
from monitor.reading import ReportRef
from scraper.text import counted

NAMED = 2  # sources that are named; more are counted
MANY = 4
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)
SLACK = timedelta(hours=12)
REPORTS = {"report": "new", "amended": "amended", "withdrawn": "withdrawn"}


@dataclass(frozen=True, slots=True)
class WatchView:
    """The line on the watch, whether it says that all is well, and, of a digest of nothing, all that it has besides it."""

    line: str
    well: bool
    subject: str = ""
    title: str = ""
    said: tuple[str, ...] = ()
    newest: tuple[tuple[str, str], ...] = ()


def watch_view(watch: Watch, zone: ZoneInfo, quiet: Quiet | None = None) -> WatchView:
    """The words on the watch; `quiet`: where nothing else is told."""
    line = _line(watch, zone)
    if quiet is None:
        return WatchView(line, watch.well)
    who = (
        phrases.listed(quiet.authorities, MANY)
        if len(quiet.authorities) < MANY
        else f"{len(quiet.authorities)} authorities"
    )
    if quiet.about == {"source"}:
        who = "Ofsted Watch"
    what = "nothing more" if quiet.mails + quiet.lost else "nothing new" if watch.well else "nothing new seen"
    title = f"{phrases.one_line(who)}: {what} {_period(quiet.since, watch.now, zone)}"
    end = "still watching" if watch.well else "not all is well with the watch"
    said = (_nothing(quiet, watch, zone), _watched(watch, who))
    return WatchView(line, watch.well, f"{title}; {end}", title, said, tuple(map(_newest, quiet.newest)))


def _line(watch: Watch, zone: ZoneInfo) -> str:
    now = watch.now.astimezone(zone)
    if not watch.sources:
        return "Not watching: no source of this watch is about what this digest is for."
    head = "Still watching" if any(each.current for each in watch.sources) else "Not watching"
    names = [source_name(each.source) for each in watch.sources]
    at = phrases.listed(names) if len(names) <= NAMED else f"{len(names)} sources"
    number, failed = sum(each.looks for each in watch.sources), sum(each.failed for each in watch.sources)
    looks = counted(number, "look") if number else "no look"
    at = f"at {at} since {_day(watch.since.astimezone(zone).date(), now.date())}"
    if not watch.well:
        return f"{head}: {looks} {at}; {'; '.join(_faults(watch, zone))}."
    if failed:
        return f"{head}: {number - failed:,} of {looks} {at} went well, and what failed was soon made up for."
    return f"{head}: {looks} {at}, all well."


def _faults(watch: Watch, zone: ZoneInfo) -> Iterator[str]:
    """What was not well, each once with all sources of which it is so."""
    whose: dict[tuple[str, str], list[str]] = {}
    for source in watch.sources:
        for said in _of_source(source, watch.now.astimezone(zone), zone):
            whose.setdefault(said, []).append(_called(source))
    for (one, many), names in whose.items():
        yield f"{phrases.listed(names, MANY)} {one if len(names) == 1 else many}"
    if watch.unread:
        page = "the page of" if len(watch.unread) == 1 else "the pages of"
        yield f"{page} {phrases.listed(watch.unread, MANY)} at Ofsted {'has' if len(watch.unread) == 1 else 'have'} not been read yet"
    if watch.faults:
        faults = "a fault of its own, of which" if watch.faults == 1 else f"{watch.faults} faults of its own, of which"
        yield f"the watch has {faults} those who run it are told"


def _called(source: SourceLooks) -> str:
    pages = phrases.listed([phrases.one_line(name) for name in source.pages], MANY)
    return source_name(source.source) + (f" ({pages})" if pages else "")


def _of_source(source: SourceLooks, now: datetime, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """What was not well with one source, as said of one and of several."""
    today = now.date()
    if source.never:
        yield "has not been looked at yet", "have not been looked at yet"
    if source.unwell:
        since = f"not been read without fault since {_day(source.unwell.astimezone(zone).date(), today)}"
        yield f"has {since}", f"have {since}"
    gaps = [gap for gap in source.gaps if gap.end or not source.unwell]
    for gap in gaps[-1:]:
        span = _span(gap, now, zone)
        often = f" ({counted(len(gaps) - 1, 'time')} more before)" if len(gaps) > 1 else ""
        one, many = (
            ("could not be read", "could not be read") if gap.tried else ("was not looked at", "were not looked at")
        )
        yield f"{one} {span}{often}", f"{many} {span}{often}"
    if source.failed and not (source.unwell or gaps):
        last = (
            f", {'the last ' if source.failed > 1 else ''}on {_day(source.last_failed.astimezone(zone).date(), today)}"
            if source.last_failed
            else ""
        )
        failed = f"could not be read at {counted(source.failed, 'look')}{last}, and"
        yield f"{failed} was read again soon after", f"{failed} were read again soon after"


def _span(gap: Gap, now: datetime, zone: ZoneInfo) -> str:
    begin, today = gap.begin.astimezone(zone), now.date()
    if gap.end is None:
        return f"since {_day(begin.date(), today)}"
    end = gap.end.astimezone(zone)
    if begin.date() == end.date():
        return f"for {counted(round((gap.end - gap.begin) / timedelta(hours=1)) or 1, 'hour')} on {_day(begin.date(), today)}"
    return f"from {_day(begin.date(), today)} to {_day(end.date(), today)}"


def _day(when: date, today: date) -> str:
    """`Monday 2 March`, with the year where that is not this one."""
    return f"{when:%A} {when.day} {when:%B}{f' {when.year}' if when.year != today.year else ''}"


def _period(since: datetime, now: datetime, zone: ZoneInfo) -> str:
    if abs(now - since - A_DAY) <= SLACK:
        return "since yesterday"
    if abs(now - since - A_WEEK) <= SLACK:
        return "this week"
    begin = since.astimezone(zone)
    return f"since {begin.day} {begin:%B}{f' {begin.year}' if begin.year != now.astimezone(zone).year else ''}"


def _nothing(quiet: Quiet, watch: Watch, zone: ZoneInfo) -> str:
    since = f"since {_day(quiet.since.astimezone(zone).date(), watch.now.astimezone(zone).date())}"
    begin = since if watch.well else f"in what could be read {since}"
    names = [phrases.one_line(name) for name in quiet.authorities]
    about = f" about {phrases.listed(names, MANY)}" if quiet.about != {"source"} else ""
    if not quiet.mails + quiet.lost:
        return phrases.sentence_case(f"{begin} there was {_none(quiet.about)}{about}.")
    sent = f"you were sent what came up{about} in {counted(quiet.mails, 'mail')} before this one"
    told = sent if quiet.mails else f"something came up{about}"
    lost = f", and {counted(quiet.lost, 'mail')} did not reach you" if quiet.lost else ""
    return phrases.sentence_case(
        f"{since} {told}{lost}. There is nothing more{'' if watch.well else ' in what could be read'}."
    )


def _none(about: frozenset[str]) -> str:
    """`no new, amended or withdrawn report and no news story`."""
    kinds = [word for key, word in REPORTS.items() if key in about]
    reports = f"no {', '.join(kinds[:-1])}{' or ' if kinds[1:] else ''}{kinds[-1]} report" if kinds else ""
    news = "no news story" if "news" in about else ""
    notice = "no notice about the watch" if "source" in about else ""
    return phrases.listed([words for words in (reports, news, notice) if words])


def _watched(watch: Watch, who: str) -> str:
    names = [source_name(each.source) for each in watch.sources]
    return (
        f"Watched for this: {phrases.listed(names, 8)}."
        if names
        else f"No source is watched for this: config.yaml has none about {who}."
    )


def _newest(known: tuple[str, ReportRef | None]) -> tuple[str, str]:
    name, report = phrases.one_line(known[0]), known[1]
    if report is None:
        return f"{name}: no report is known", ""
    when = f" published {phrases.day(report.published)}" if report.published else ""
    return f"{name}: {phrases.kind_of(report)}{when}", phrases.safe_url(report.url)
