"""Web addresses as strangers write them: in links, feeds, canonical links. Nothing here raises, whatever it is given."""

import re
from urllib.parse import SplitResult, parse_qsl, urljoin, urlsplit, urlunsplit

LONGEST = 4096
HOST = re.compile(r"(?=.*[^\W_])[\w.~-]+|[0-9a-f.]*:[0-9a-f:.]+(?:%[\w.-]+)?", re.IGNORECASE)
BROKEN = re.compile(r"[\t\r\n]+")
"""A line that an editor broke; browsers leave these out too."""

# Each is a whole name that only ever counts visitors. `ref`, `id` and the like may name the article itself.
TRACKING = re.compile(
    r"utm_\w+|at_(?:medium|campaign|campaign_type|custom\d|link_\w+|ptr_\w+|format|bbc_team)|ns_(?:mchannel|source|campaign|linkname|fee)"
    r"|ito|ico|icid|cmp|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_ga|__twitter_impression",
    re.IGNORECASE,
)
TRACKING_PAIRS = frozenset({"ref=rss"})
EXTENSION = re.compile(r"\.(?:[sx]?html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
NUMBER = re.compile(r"\d{3,}")
DAY = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?")
STORY_WORDS = 4
"""Words in the last part of an address that are a headline's; "latest-council-news" is a section."""
ROUTES = ("!", "/")
"""How a fragment begins that leads to another page, where a site shows its pages by script."""


def web_address(text: str, base: str = "") -> str | None:
    """The web address that a link on the page `base` leads to, absolute and otherwise as written; None where it is none.

    None for other schemes, for hosts and ports that cannot be, and for addresses that nobody would write by hand or program.
    """
    written = BROKEN.sub("", text.strip().strip("\u200b\ufeff")).replace(" ", "%20")
    if not written or len(written) > LONGEST or not written.isprintable():
        return None
    try:
        absolute = written if urlsplit(written).scheme else urljoin(base, written)
        parts = urlsplit(absolute)
        if parts.scheme not in ("http", "https") or parts.port == 0 or not HOST.fullmatch(parts.hostname or ""):
            return None
    except ValueError:
        return None
    return urlunsplit(parts._replace(path=parts.path or "/"))


def address_parts(text: str) -> SplitResult:
    """The parts of an address; all empty where it is no address at all."""
    try:
        parts = urlsplit(text.strip())
        _ = parts.hostname, parts.port
    except ValueError:
        return SplitResult("", "", "", "", "")
    return parts


def entry_address(text: str, base: str = "") -> str | None:
    """`web_address` without what only counts visitors, and without a fragment unless that leads to another page."""
    address = web_address(text, base)
    if address is None:
        return None
    parts = urlsplit(address)
    query = "&".join(pair for pair in parts.query.split("&") if not _tracks(pair))
    fragment = parts.fragment if parts.fragment.startswith(ROUTES) else ""
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def _tracks(pair: str) -> bool:
    return TRACKING.fullmatch(pair.partition("=")[0]) is not None or pair.lower() in TRACKING_PAIRS


def slug_words(address: str) -> str:
    """The words in the last part of an address's path, "Ofsted rates council inadequate"; "" where there is none."""
    words = [
        word for word in re.split(r"[-_+.]|%20", _last_part(address)) if re.fullmatch(r"[a-z]+", word, re.IGNORECASE)
    ]
    return " ".join(words).capitalize()


def _last_part(address: str) -> str:
    return EXTENSION.sub("", address_parts(address).path.rstrip("/").rsplit("/", 1)[-1])


def numbers_in(text: str) -> frozenset[str]:
    """Those that may be a story's: of three digits or more, and no year, month or day."""
    return frozenset(number for number in NUMBER.findall(text) if not DAY.fullmatch(number))


def one_story(address: str, other: str, *, by_end: bool = False) -> bool:
    """Whether two addresses of one site name the same story: by its numbers, all of them, or by the words of its headline where neither has a number.

    `by_end` leaves out what may be a section's number: one before a last part with words, or beside something else in the query.
    """
    if by_end and not _asks_alike(address, other):
        return False
    named = _last_part(address) == _last_part(other)
    numbers, other_numbers = (_numbers(one, named=named, by_end=by_end) for one in (address, other))
    if numbers or other_numbers:
        return numbers == other_numbers
    words = slug_words(address)
    return len(words.split()) >= STORY_WORDS and words == slug_words(other)


def _asks_alike(address: str, other: str) -> bool:
    """Whether what the queries of two addresses both name has the same value in both."""
    asked, others = (dict(parse_qsl(address_parts(one).query)) for one in (address, other))
    return all(asked[name] == others[name] for name in asked.keys() & others.keys())


def _numbers(address: str, *, named: bool, by_end: bool) -> frozenset[str]:
    """The numbers in the query of an address, else in the last part of its path that has any.

    Those before a last part that has words, other ones than the address it is compared with (not `named`), are of a section or a
    place ("/ayford-365/"), but for a number that is a part by itself.
    """
    parts = address_parts(address)
    *before, last = [part for part in parts.path.split("/") if part] or [""]
    found = numbers_in(parts.query) or numbers_in(last)
    if not found and slug_words(address) and not named:
        before = [] if by_end else [part for part in before if part.isdecimal()]
    return found or next(filter(None, map(numbers_in, reversed(before))), frozenset())
