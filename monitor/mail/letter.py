"""A letter -> its subject, plain text and HTML. Pure; what is said is decided in `report_view`, `source_view` and the facts' `phrases`."""

import textwrap
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from monitor.alerts import Item, ReportItem, SourceItem, StoryItem
from monitor.facts import phrases
from monitor.mail.report_view import COMPACT, headline, report_view
from monitor.mail.source_view import source_name, source_view
from monitor.mail.watch_view import WatchView
from scraper.text import counted

SUBJECT = 150  # characters; longer ones are cut at a word
SNIPPET = 300
LONGEST = 100_000  # characters of HTML, beyond which webmail cuts a mail off
WIDTH = 76


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one recipient; `why` are the rules by which it is sent, in words, `contact` who runs the watch.

    `watch`: what a digest says of the watch itself; where there are no items, it is all that is said.
    """

    items: tuple[Item, ...]
    recipient: str
    why: tuple[str, ...]
    contact: str
    zone: ZoneInfo
    watch: WatchView | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's subject (one line without control characters), plain text and HTML."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """Lay out one mail. Its items come in order: reports, then news, then the watch itself."""
    together = sum(isinstance(item, ReportItem) for item in letter.items)
    made = _render(letter, together)
    return _render(letter, COMPACT) if 1 < together < COMPACT and len(made.html) > LONGEST else made


def _render(letter: Letter, together: int) -> Rendered:
    reports = [item for item in letter.items if isinstance(item, ReportItem)]
    stories = [item for item in letter.items if isinstance(item, StoryItem)]
    sources = [item for item in letter.items if isinstance(item, SourceItem)]
    values = {
        "subject": subject(letter.items, letter.watch),
        "watch": letter.watch,
        "reports": [report_view(item, together) for item in reports],
        "stories": [_story(item) for item in stories],
        "sources": [source_view(item, letter.zone) for item in sources],
        "why": [phrases.one_line(reason) for reason in letter.why],
        "recipient": phrases.one_line(letter.recipient),
        "contact": phrases.one_line(letter.contact),
    }
    html = environment().get_template("mail.html.j2").render(values)
    text = environment().get_template("mail.txt.j2").render(values)
    return Rendered(str(values["subject"]), text.strip() + "\n", html.strip() + "\n")


def subject(items: tuple[Item, ...], watch: WatchView | None = None) -> str:
    """One line: the most important change where a mail is about one thing, else what is in it and about whom."""
    if watch and not items:
        return phrases.one_line(watch.subject, SUBJECT)
    first = items[0]
    if len(items) == 1:
        return phrases.one_line(_single(first), SUBJECT)
    reports = [item for item in items if isinstance(item, ReportItem)]
    fresh = [item for item in reports if not item.older] or reports
    if len(fresh) == 1:
        others = tuple(item for item in items if item is not fresh[0])
        return phrases.one_line(f"{_single(fresh[0])} (and {_inventory(others)})", SUBJECT)
    about = [item for item in items if not isinstance(item, SourceItem)] or items
    names = list(dict.fromkeys(_about(item) for item in about))
    sender = "Ofsted Watch: " if isinstance(first, SourceItem) else ""
    return phrases.one_line(f"{sender}{_inventory(items)}: {phrases.listed(names, 4)}", SUBJECT)


def _single(item: Item) -> str:
    if isinstance(item, ReportItem):
        amended = "amended report: " if item.kind == "amended" and not item.facts.unread else ""
        return f"{item.facts.authority}: {amended}{headline(item)}"
    if isinstance(item, StoryItem):
        return f"{item.authority} in the news: {item.headline}"
    return f"Ofsted Watch: {source_view(item).headline}"


def _about(item: Item) -> str:
    if isinstance(item, ReportItem):
        return item.facts.authority
    return item.authority if isinstance(item, StoryItem) else source_name(item.source)


def _inventory(items: tuple[Item, ...]) -> str:
    """`3 reports, 2 news stories and 1 notice about the watch`."""
    numbers = (
        (sum(isinstance(item, ReportItem) and not item.older for item in items), "report", "reports"),
        (sum(isinstance(item, ReportItem) and item.older for item in items), "older report", "older reports"),
        (sum(isinstance(item, StoryItem) for item in items), "news story", "news stories"),
        (sum(isinstance(item, SourceItem) for item in items), "notice", "notices"),
    )
    return phrases.listed([counted(number, one, many) for number, one, many in numbers if number])


def _story(item: StoryItem) -> dict[str, object]:
    about = item.about.report
    return {
        "headline": phrases.one_line(item.headline, 300) or "(no headline)",
        "authority": phrases.one_line(item.authority),
        "source": ", ".join(filter(None, (phrases.one_line(item.outlet), phrases.day(item.published)))),
        "link": phrases.safe_url(item.url),
        "snippet": phrases.one_line(item.snippet, SNIPPET),
        "elsewhere": [(phrases.one_line(outlet), phrases.safe_url(url)) for outlet, url in item.elsewhere],
        "about": f"{phrases.kind_of(about)} published {phrases.day(about.published)}" if about else "",
        "about_link": phrases.safe_url(about.url) if about else "",
        "unknown": item.about.unknown,
        "counts": item.about.counts,
    }


@cache
def environment() -> Environment:
    """Jinja with HTML escaped, nothing undefined, and `wrap` for plain text."""
    env = Environment(
        loader=PackageLoader("monitor.mail"),
        autoescape=select_autoescape(("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["wrap"] = wrap
    return env


def wrap(text: str, first: str = "", rest: str | None = None) -> str:
    """Text in lines of at most 76 characters, each with its indent; addresses are never broken."""
    lines = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first) if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)
