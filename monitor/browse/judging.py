"""A correction from the page of a report: allowed where the config says so, and to a browser on this machine that asks from our own page."""

import asyncio
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from datasette import Forbidden, NotFound
from datasette.utils.asgi import BadRequest

from monitor.browse.serve import JUDGE
from monitor.comparing import comparison_named, judge, status_named
from monitor.config import is_loopback
from monitor.database import connect
from monitor.errors import UserError
from scraper.clock import utc_now
from scraper.database import DatabaseFault

WITHDRAW = "withdraw"
LONGEST = 20_000  # bytes of a form
BY_OTHERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""What a web server before this one adds: then the browser is not known to be on this machine."""
APART = {"X-Frame-Options": "DENY", "Content-Security-Policy": "frame-ancestors 'none'"}
"""No other page may show ours in itself and have a visitor press its button."""


def may_judge(request: Any) -> bool:
    """Whether whoever asks for a page may correct what it says: the config allows it, and this machine itself asks."""
    client = (request.scope.get("client") or ("",))[0]
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    straight = not any(request.headers.get(name) for name in BY_OTHERS)
    return os.environ.get(JUDGE) == "1" and is_loopback(client) and is_loopback(host) and straight


def of_our_page(headers: Mapping[str, str]) -> bool:
    """Whether a form was sent from a page of ours: browsers say so, and no page of another site can make them."""
    own = headers.get("origin", "") == f"http://{headers.get('host', '')}"
    return own and headers.get("sec-fetch-site", "same-origin") == "same-origin"


async def corrected(request: Any, data: Path) -> tuple[str, bool]:
    """Store the correction of a form: the name of the comparison, and whether it is heeded already. Raises `Forbidden`, or `BadRequest` with what is wrong with it."""
    if not (may_judge(request) and of_our_page(request.headers)):
        raise Forbidden("Nothing can be corrected here: use `ofsted-watch judge` on the machine that watches")
    said = await _form(request)
    try:
        return await asyncio.to_thread(_judge, data, int(request.url_vars["report_id"]), said)
    except (UserError, DatabaseFault, sqlite3.Error) as error:
        raise BadRequest(f"Nothing was changed: {error}") from None


async def _form(request: Any) -> dict[str, str]:
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LONGEST:
        raise BadRequest("Nothing was changed: that is no form of this page")
    body = (await request.post_body()).decode("utf-8", "replace")
    return {name: values[0].strip() for name, values in parse_qs(body).items()}


def _judge(data: Path, report_id: int, said: Mapping[str, str]) -> tuple[str, bool]:
    name, status = said.get("comparison", ""), said.get("status", "")
    with closing(connect(data)) as db:
        if comparison_named(db, name).report_id != report_id:
            raise NotFound(f"No comparison of this report is called {name}")
        means = None if status == WITHDRAW else status_named(status)
        of, heeded = judge(db, data, name, means, said.get("sentence") or None, said.get("by", ""), utc_now)
        return of.name, heeded
