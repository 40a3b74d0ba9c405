"""Pure: what in the address of an entry is no part of its name, but a token that its site makes anew for each who asks.

A token and the number of a story look alike. What tells them apart is the feed: where some entry has kept its own, it is a name.
"""

import re
from collections.abc import Collection

from scraper.reference import address_parts

TOKENS = re.compile(
    r"(?:php|j|asp)?_?sess(?:ion)?_?(?:id|key)?|p?sid|cf(?:id|token)|(?:access|auth)?_?tok(?:en)?|t|ts|time(?:stamp)?|v|ver|version"
    r"|r|rnd|rand(?:om)?|cb|(?:no)?_?cache(?:_?(?:bust(?:er)?|key))?|_|hash|sig(?:nature)?|nonce|expires",
    re.IGNORECASE,
)
"""Names of parameters whose values are tokens."""
NAMES = re.compile(
    r"\w*id|[apnqs]|n(?:o|um|umber)|art(?:icle)?|cat\w*|doc\w*|file|item|news|page|path|post|ref|slug|story|title|url",
    re.IGNORECASE,
)
"""Names of parameters whose values are names of stories, whatever these look like."""
MADE = re.compile(
    r"(?=\D*\d)(?=[^a-z]*[a-z])[\w.~=+%]{4,}|\d{10,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}", re.IGNORECASE
)
MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*"
COUNTED = re.compile(
    r"(?:art(?:icle)?|day|edition|issue|item|n|news|no|p|page|part|post|q|s|series|story|term|vol|volume|week|wk|year"
    rf"|{MONTH})?\d+(?:st|nd|rd|th)?(?:{MONTH}\d*)?(?:\.\w+)?",
    re.IGNORECASE,
)
"""What looks made, and counts: "week18", "2may2026"."""
STORY = re.compile(r"\d-|-\d|\w-\w+-\w+-")
NAMED = re.compile(r"\w-\w|\d{3}")
IN_PATH = re.compile(r"(;\w+=)[^/;]*|(?<=/)\(\w\([^/()]*\)\)")
"""Sessions as Java and ASP.NET write them."""
PATH = "/"


def tokens(address: str) -> frozenset[str]:
    """Where an address may have a token: the names of parameters, and `PATH`."""
    parts = address_parts(address)
    found = {name for name, _, value in map(_pair, parts.query.split("&")) if _is_token(name, value)}
    return frozenset(found | ({PATH} if _without_made(parts.path) != parts.path else set()))


def without_tokens(address: str, names: Collection[str]) -> str:
    """The address without what may be a token, but for those places where values are `names`; and without what changes when a site moves to TLS."""
    parts = address_parts(address)
    path = parts.path if PATH in names else _without_made(parts.path)
    kept = [
        pair
        for pair in parts.query.split("&")
        if (name := _pair(pair)[0]) in names or not _is_token(name, _pair(pair)[2])
    ]
    return f"{parts.netloc.removeprefix('www.')}{path.rstrip('/')}?{'&'.join(kept)}#{parts.fragment}"


def _pair(pair: str) -> tuple[str, str, str]:
    return pair.partition("=")


def _is_token(name: str, value: str) -> bool:
    return bool(TOKENS.fullmatch(name) or (not NAMES.fullmatch(name) and _is_made(value)))


def _is_made(text: str) -> bool:
    return bool(MADE.fullmatch(text)) and not (COUNTED.fullmatch(text) and len(text) < 10)


def _without_made(path: str) -> str:
    """A path without the parts that look made, if what is left names a story: its last part, or the one before a made last one."""
    parts = IN_PATH.sub(r"\1", path).split("/")
    kept = [part for part in parts if not _is_made(part)]
    told = NAMED if parts[-1] == kept[-1] else STORY
    return "/".join(kept) if kept[-1] and told.search(kept[-1]) else "/".join(parts)
