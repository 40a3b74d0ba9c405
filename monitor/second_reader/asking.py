"""One question to the second reader, and what came of it: sent to the host of the config and nowhere else, within a time that holds."""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from monitor.children import Said
from monitor.children import ask as ask_child
from monitor.config import SecondReader, is_loopback
from monitor.errors import Stopped
from monitor.second_reader.checking import checked
from monitor.second_reader.values import Answer, Question, Refused

POST = (sys.executable, "-P", str(Path(__file__).with_name("post.py")))
"""As a file and no module: it begins without what its package imports."""
PROMPT = Path(__file__).with_name("prompt.txt")
LONGEST = 64 * 1024
"""Bytes of an answer."""
WISHES: tuple[Mapping[str, Any], ...] = (
    {"temperature": 0, "response_format": {"type": "json_object"}},
    {"temperature": 0},
    {},
)
"""What is asked of the model beside the question; the next where a server refuses these."""
GRACE = 1.0  # seconds that the end of the child may take
LOOK = 0.1  # seconds between two looks at whether we are to stop
LONGEST_WAIT = timedelta(days=1)
KEY = "[key]"
OF_THE_KEY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
SAID = 200
"""Characters of a server's own words that are told."""
EXAMPLE = Question(
    "The quality of written records of visits to children.",
    ("Records of visits to children are now clear and detailed, and the backlog has gone.", "Staff turnover is low."),
)


@cache
def prompt() -> str:
    """What the model is told to do with a question."""
    return PROMPT.read_text(encoding="utf-8")


@cache
def prompt_version() -> str:
    """Changes with the words that a question is asked in: an answer to others is none to these."""
    return hashlib.sha256(_message(EXAMPLE).encode()).hexdigest()[:12]


def api_key(reader: SecondReader) -> str | Refused | None:
    """The key from the environment; None where none is configured, refused where it is not there or cannot be sent."""
    if reader.key_env is None:
        return None
    named = f"the environment variable {reader.key_env} (compare.second_reader.key_env)"
    found = os.environ.get(reader.key_env, "").strip()
    if not found:
        return Refused(f"{named} is not set")
    if not (found.isascii() and found.isprintable()) or " " in found:
        return Refused(f"{named} holds characters that no key has")
    return found


def ask(question: Question, reader: SecondReader, now: datetime, stop: Event | None = None) -> Answer | Refused:
    """Send one question and wait for its answer, `reader.wait` at the most; raises `Stopped` where `stop` is set meanwhile. Never raises else."""
    key = api_key(reader)
    if isinstance(key, Refused):
        return key
    seconds = reader.wait.total_seconds()
    try:
        said = asyncio.run(_asked(_job(question, reader, key), seconds, stop or Event()))
    except TimeoutError:
        return Refused(f"no answer came within {seconds:g} s")
    except OSError as error:
        return Refused(f"the program that asks could not be started: {error}")
    came = said.last_line()
    if came is None:
        return Refused(f"the program that asks ended with status {said.status}")
    outcome = _read(question, reader, came, now)
    return _unsaid(key, outcome, _read(question, reader, _hidden(key, came), now)) if key else outcome


def probe(reader: SecondReader, now: datetime) -> Answer | Refused:
    """What comes of a question about an invented item: whether the server answers, and as it is asked to."""
    return ask(EXAMPLE, reader, now)


async def _asked(job: Mapping[str, Any], seconds: float, stop: Event) -> Said:
    asking = asyncio.ensure_future(ask_child(POST, dict(job), grace=GRACE, limit=seconds))
    while not (await asyncio.wait([asking], timeout=LOOK))[0]:
        if stop.is_set():
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            raise Stopped("the second reader's answer was not waited for")
    return await asking


def _job(question: Question, reader: SecondReader, key: str | None) -> dict[str, Any]:
    """What the program that asks is told, and so all that leaves this machine."""
    body = {"model": reader.model, "stream": False, "messages": [{"role": "user", "content": _message(question)}]}
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity", "User-Agent": "ofsted-watch"}
    return {
        "url": reader.endpoint,
        "headers": headers | ({"Authorization": f"Bearer {key}"} if key else {}),
        "bodies": [{**body, **wishes} for wishes in WISHES],
        "longest": LONGEST,
        "direct": is_loopback(urlsplit(reader.url).hostname or ""),
    }


def _message(question: Question) -> str:
    """One message for prompt and question: some models know no other. As JSON, no text of a report can end its own quotation."""
    numbered = {str(number): sentence for number, sentence in enumerate(question.sentences, 1)}
    told = {"item": question.item, "sentences": numbered}
    return f"{prompt().rstrip()}\n\n{json.dumps(told, ensure_ascii=False, indent=1)}\n"


def _hidden(key: str, came: Any) -> Any:
    """What came, without the key, which a server may have said itself: before anything is cut, so that no part of it stays."""
    if isinstance(came, dict):
        return {name: _hidden(key, value) for name, value in came.items()}
    return came.replace(key, KEY) if isinstance(came, str) else came


def _unsaid(key: str, outcome: Answer | Refused, hidden: Answer | Refused) -> Answer | Refused:
    """The outcome, told without the key. An answer is read as it came: keys such as `none` are words of reports too."""
    if isinstance(outcome, Answer):
        return outcome
    reason = hidden.reason if isinstance(hidden, Refused) else "it repeats the key"
    return replace(outcome, reason=reason.replace(key, KEY))


def _read(question: Question, reader: SecondReader, came: Mapping[str, Any], now: datetime) -> Answer | Refused:
    if "error" in came:
        return Refused(f"no answer came: {came['error']}"[: SAID * 2])
    if came["status"] != HTTPStatus.OK:
        return _refusal(came, now)
    if came["long"]:
        return Refused(f"the answer is longer than {LONGEST // 1024} KiB", answered=True)
    content = _content(came["text"])
    if content is None:
        return Refused(f"what answers has not OpenAI's interface: {_start(came['text'])}")
    return checked(question, content, reader.model)


def _refusal(came: Mapping[str, Any], now: datetime) -> Refused:
    """What a status other than 200 says; a redirect also says whereto."""
    status = came["status"]
    if status in OF_THE_KEY:  # some repeat a part of it
        return Refused(f"HTTP {status}: the server does not take the key that `key_env` names, or wants one")
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:  # it may repeat the password
        return Refused(f"HTTP {status}: your proxy refuses us")
    known = {one.value: one.phrase for one in HTTPStatus}
    led = came["headers"].get("location")
    said = f" to {led!r}, which is not followed" if 300 <= status < 400 and led else ""
    told = f"HTTP {status} {known.get(status, '')}".rstrip() + (said or f": {_start(came['text'])}")
    return Refused(told[: SAID * 2], wait=_wait(came["headers"].get("retry-after"), now))


def _wait(said: str | None, now: datetime) -> timedelta | None:
    """What a server wants to be left alone for, a day at the most: seconds, or a time."""
    if said is None:
        return None
    try:
        until = parsedate_to_datetime(said).replace(tzinfo=UTC) if not said.strip().isdecimal() else None
        wait = until - now if until else timedelta(seconds=min(int(said), LONGEST_WAIT.total_seconds()))
    except (ValueError, OverflowError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)


def _content(text: str) -> str | None:
    """What the model says in an answer of OpenAI's shape, "" where that is nothing; None where it has another shape."""
    try:
        message = json.loads(text)["choices"][0]["message"]
        said = message.get("content")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return "" if said is None else said if isinstance(said, str) else None


def _start(text: str) -> str:
    return repr(" ".join(text[: SAID * 2].split())[:SAID])
