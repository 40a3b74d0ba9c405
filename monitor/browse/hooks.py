"""The Datasette plugin: our pages, links in table cells, and filters for the templates. Read-only but for corrections."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from datasette import hookimpl
from datasette.version import __version__ as datasette_version
from jinja2 import Environment
from markupsafe import Markup, escape

from monitor.browse import pages, reads
from monitor.facts import phrases
from scraper.reference import LONDON, area_name, ask_kinds, file_number, kind_name, look_of, stored_day, usual_ask

START, END = "«", "»"
WITHOUT_A_PAGE = frozenset({"mail", "watch"})
"""What alerts call a source that is none that is crawled. Those of issues are steps of the watch, too."""
STORED_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """Our pages, each with the pattern of its path."""
    return [
        (r"^/$", pages.home),
        (r"^/find$", pages.find),
        (r"^/authority/(?P<urn>\d{1,12})$", pages.authority),
        (r"^/report/(?P<report_id>\d{1,18})$", pages.report),
        (r"^/report/(?P<report_id>\d{1,18})/pdf$", pages.report_pdf),
        (r"^/report/(?P<report_id>\d{1,18})/judge$", pages.judge),
        (r"^/report/(?P<report_id>\d{1,18})/why/(?P<name>[0-9a-f]{8})$", pages.why),
        (r"^/source/(?P<name>[^/]{1,600})$", pages.source),
        (r"^/day/(?P<day>\d{4}-\d\d-\d\d)$", pages.looked_at),
        (r"^/report/(?P<report_id>\d{1,18})/page/(?P<page>\d{1,4})$", pages.report_page),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls(datasette: Any) -> list[str]:
    """The styles of Datasette's own pages, on top of Datasette's."""
    return [datasette.urls.path("/watch/data.css")]


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars() -> dict[str, Any]:
    """`old_datasette`: our frame replaces that of 0.65; a later Datasette keeps its own. `told`: what datasette.yaml tells."""
    return {"old_datasette": datasette_version.startswith("0."), "told": reads.told()}


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """Add the filters that the templates use."""
    env.filters |= {
        "day": day,
        "month": month,
        "moment": moment,
        "tone": look_of,
        "look_of_ask": look_of_ask,
        "usual": is_usual,
        "marked": marked,
        "words": plain,
        "outside": phrases.safe_url,
        "until": phrases.days,
        "area": area_name,
        "kind": phrases.kind_words,
        "source_path": phrases.source_path,
        "sentence": phrases.sentence_case,
    }


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(row: Any, value: object, column: str, table: str | None, datasette: Any) -> Markup | None:
    """Links in cells: a report's, an authority's and a source's page here, a page of the PDF, an address outside. None: as Datasette does."""
    if value is None:
        return None
    if column in ("report_id", "earlier_report_id") and isinstance(value, int):
        return _link(datasette.urls.path(f"/report/{value}"), "report" if column == "report_id" else "earlier report")
    if column == "urn" and str(value).isdigit():
        return _link(datasette.urls.path(f"/authority/{value}"), str(value))
    if column == "source" and table != "issues" and str(value) not in WITHOUT_A_PAGE:
        return _link(datasette.urls.path(phrases.source_path(str(value))), str(value))
    if column == "page" and isinstance(value, int) and (report_id := _value(row, "report_id")):
        return _link(datasette.urls.path(f"/report/{report_id}/page/{value}"), f"page {value}")
    if STORED_TIME.fullmatch(str(value)) and (told := _moment_or_none(str(value))):
        return Markup('<time datetime="{}">{}</time>').format(value, told)
    if column in ("url", "article_url") and (address := phrases.safe_url(str(value))):
        return _link(address, "PDF" if file_number(address) else urlsplit(address).hostname or address)
    return None


def _value(row: Any, column: str) -> Any:
    return row[column] if column in row.keys() else None  # noqa: SIM118 - a sqlite3.Row holds values, not names


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def day(value: object) -> str:
    """A day as people write it, from a date, or from a stored day or time; empty for none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return phrases.day(value)
    return phrases.day(stored_day(str(value or "")))


def month(value: str | None) -> str:
    """The month of a stored day as people write it."""
    return phrases.month(stored_day(value)) if value else "an inspection without a day"


def _moment_or_none(value: str) -> str | None:
    """A visitor's own query may make up a time that no calendar has."""
    try:
        return moment(value)
    except (ValueError, OverflowError):
        return None


def moment(value: str | None) -> str:
    """A stored UTC time in the time of England."""
    return phrases.moment(datetime.fromisoformat(value), LONDON) if value else ""


def is_usual(kind: str) -> bool:
    """Whether the kind of a list, in words, is the one that goes without saying."""
    return kind == usual_ask().one


def look_of_ask(kind: str) -> str:
    """How pages show the kind of a finding: what is asked for by how it presses, a sentence by its tone."""
    row = next((row for row in ask_kinds().values() if kind in (row.key, row.one)), None)
    return kind if row is None else "bad" if row.urgent else "fair"


def marked(text: str) -> Markup:
    """Found words marked: what stands between « and » of a snippet, everything escaped."""
    return Markup(str(escape(text)).replace(START, "<mark>").replace(END, "</mark>"))  # noqa: S704 - escaped just here


def plain(value: str | None) -> str:
    """A stored name such as `not_mentioned` as words."""
    return kind_name(value or "") or (value or "").replace("_", " ")
