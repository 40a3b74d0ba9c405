"""Whether an entry of a feed or a page is worth fetching, by what is said of it there: cheap, and rather too often than not.

A story that names no inspector in its headline and standfirst may name them in its text, which only the fetched page has.
"""

import re
from functools import cache

from scraper.reference import everywhere, frameworks, said_grades
from scraper.text import plain

SERVICES = (
    r"\bofsted|\bchild(?:ren)?'?s?'?(?:,? (?:and|&) \w+'?s?)? (?:social|services?|trust|safeguarding|protection|department)|\bsocial (?:care|services|work)|"
    r"\bcare[- ]leaver|\blooked[- ]after|\bfamily services"
)
YOUNG = re.compile(
    r"\bchild|\byoung|\bkids\b|\bteenagers|\bfamil(?:y|ies)\b|\bsafeguarding|\bcouncil|\blocal authority|\bin care\b",
    re.IGNORECASE,
)
INSPECTED = (
    r"\binspect|\bwatchdog|\bregulator|\brat(?:ed|ing)\b|\bcommissioner|\bfailing|\bdamning|"
    r"\bimprovement (?:notice|board|plan)|\bgovernment (?:adviser|report|intervention)"
)
CHILDREN = re.compile(
    r"\bchild(?:ren)?\b|\byoung(?:ster|est| people)|\bkids\b|\bteen|\bfamil(?:y|ies)\b|\bbab(?:y|ies)\b|\bcare\b",
    re.IGNORECASE,
)
IN_NEED = re.compile(
    r"\bvulnerable\b|\bin (?:council )?care\b|\bneglect|\bin danger\b|\bat risk\b|\blook(?:s|ing|ed)? after\b"
    r"|\bkeep\w* (?:\w+ )?(?:children|them|families)|\bprotect",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\breports?\b|\bletters?\b|\btold\b|\bsorry\b|\bapolog|\bashamed\b|\blet(?:ting)? down\b|\bfail|\btrust\b|\bcheck-up\b|\bgrade"
    r"|\bmarks?\b|\bprais|\bimprov|\bprogress\b|\bverdict\b|\brecovery\b|\bcriticis|\bfindings?\b|\brank|\bvisit",
    re.IGNORECASE,
)
COUNCIL = re.compile(
    r"\bcouncil|\bauthority\b|\bcounty\b|\bborough\b|\bcity\b|\btown|\bdirector\b|\bmayor\b|\bminister|\bcabinet\b|\bwhitehall\b|\bgovernment\b",
    re.IGNORECASE,
)


def looks_relevant(headline: str, summary: str) -> bool:
    """Whether an entry is worth fetching: of ordinary entries nine in a hundred are."""
    text = plain(f"{headline}\n{summary}")
    if _services().search(text) or (YOUNG.search(text) and _inspected().search(text)) or _care_told_of(text):
        return True
    folded = text.casefold()
    return any(body.casefold() in folded for body in everywhere().bodies)


def _care_told_of(text: str) -> bool:
    """Children, and two of these: that they need help, that somebody has said something, a council."""
    return bool(CHILDREN.search(text)) and sum(bool(words.search(text)) for words in (IN_NEED, TOLD, COUNCIL)) > 1


@cache
def _services() -> re.Pattern[str]:
    """Words for the services, and the names of the documents about them that name no service."""
    names = "|".join(re.escape(row.name) for row in frameworks().kinds if row.services and row.name and not row.graded)
    return re.compile(rf"{SERVICES}|\b(?:{names})", re.IGNORECASE)


@cache
def _inspected() -> re.Pattern[str]:
    return re.compile(rf"{INSPECTED}|\b{said_grades()}\b", re.IGNORECASE)
