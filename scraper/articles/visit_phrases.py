"""What a day or a month in a sentence is said of: of inspectors who come, or of a visit of theirs, in one phrase with it.

What is not understood is nothing of the visit.
"""

import re
from enum import Enum, auto

NEAR = 160
"""Characters around a day in which its phrase is looked for."""

INSPECTORS = r"(?:inspectors?|inspectorate|ofsted|hmi|watchdogs?|regulators?)"
VISIT = r"(?:visits?|inspections?|fieldwork)"
CAME = r"""(?:visited|visiting|inspected|inspecting|came|arrived|returned|spent|carried\ out|conducted|undertook|completed|made|did
    |looked|examined|reviewed|assessed|checked|scrutinised|went\ (?:in|into|to)|(?:was|were)\ (?:back|in|at|on[ -]site|there))"""
HELD = r"(?:took\ place|happened|held|ran|lasted|carried\ out|conducted|undertaken|completed|made(?!\ public)|started|began)"
ASIDE = r"(?:\s+(?:had|have|has|also|then|first|again|last|\w+ly))*"
# Words of a phrase that does not go on to say something else: no verb that is not of visiting, and no clause that begins.
SAYS_MORE = rf"""(?:was|were|is|are|has|had|have|been|be|will|would|may|might|should|must|can|could|who|whose|which|that|when|where|since|after|before
    |because|but|while|found|finds|say|says|said|saw|heard|hear|told|tells|met|meet\w*|went|goes|go|came|comes|come|took|takes|gave|gives
    |made|put|sent|led|left|quit|became|runs|running|dated|due|next|until|by(?!\ (?:an?\ |the\ |ofsted\ )?{INSPECTORS})|publi[sc]\w+|releas\w+|reveal\w+|issu\w+|unveil\w+|announc\w+
    |emerg\w+|appear\w*|start\w*|join\w+|resign\w*|appoint\w+|apolog\w+|discuss\w*|debat\w+|consider\w*|approv\w+|agree\w*|wrote|died|born
    |reports?|letters?|verdicts?|findings?|outcomes?|results?|online|statements?|websites?|events?|meetings?|hearings?|conference|committee)"""
GOES_ON = rf"(?:\s+(?!{SAYS_MORE}\b)[\w'-]+){{0,14}}"
REACHES = r"(?:,\s+(?:from|between|on))?[\s,(:-]*$"

BY_INSPECTORS = re.compile(
    rf"(?:\b{INSPECTORS}(?:'s?)?(?:\s+(?:inspection\s+)?team)?|^\W*they\b)(?:\s+(?:from|of|for)(?:\s+[\w'-]+){{1,3}}?)?(?:,?\s+(?:who|which|that))?(?P<aside>{ASIDE})\s+{CAME}\b{GOES_ON}{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
WAS_INSPECTED = re.compile(
    rf"\b(?:was|were|been|being)(?P<aside>{ASIDE})\s+(?:inspected|visited)\b(?:\s+by(?=\s+(?:an?\s+|the\s+|\w+\s+)?{INSPECTORS}))?{GOES_ON}{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
VISIT_HELD = re.compile(
    rf"\b(?P<visit>{VISIT})(?:\s+(?:of|at|to|into|in|by|from){GOES_ON}?)?(?:,?\s+(?:which|that|and))?"
    rf"(?:\s+(?:was|were|had\ been|has\ been))?{ASIDE},?\s+{HELD}\b{GOES_ON}{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
VISIT_ON = re.compile(
    rf"\b(?P<visit>{VISIT})(?:(?=\s+(?:of|by|at|to|into|in|over|during|for|on|from|between|earlier|last|this)\b){GOES_ON})?{REACHES}",
    re.IGNORECASE | re.VERBOSE,
)
CLAUSES = re.compile(r"[,;:]\s")
SET_OFF = re.compile(r",\s+(?:from|between|on)\s*$", re.IGNORECASE)
PHRASE_BEGINS = re.compile(
    r"(?:^|[,;:]\s|\band\s)\W{0,9}(?:(?:on|from|between|over|during|in)\b[\w\s-]{0,20})?$", re.IGNORECASE
)
THEN_CAME = re.compile(
    rf"^[\s,)]*(?:(?!{SAYS_MORE}\b)[\w'-]+\s+){{0,5}}?(?:{INSPECTORS}(?P<aside>{ASIDE})\s+{CAME}|{VISIT}\s+(?:was\s+|were\s+)?{HELD})\b",
    re.IGNORECASE | re.VERBOSE,
)
ITS_VISIT = re.compile(
    r"^\s+(?:(?:full|two-week|focus(?:s)?ed|monitoring|follow-up|ofsted)\s+)*(?:visit|inspection)\b(?!\s+(?:reports?|letters?|findings?|results?|of|at)\b)",
    re.IGNORECASE,
)
"""As in "the November inspection"."""
TALKED_OF = re.compile(
    r"\b(?:(?<!letter )(?<!report )about|over|regarding|discuss\w*|debat\w+|consider\w*|brief\w+|told|hear\w*|heard|meetings?|committee|cabinet|panel|councillors|members|learn\w*|respon\w+|react\w*|answer\w*)\b"
    r"[^,;]{0,40}$",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:previous(?:ly)?|earlier|former(?:ly)?|next|penultimate|(?:first|last) but one)\b(?:\s+[\w'-]+){0,3}\s*$",
    re.IGNORECASE,
)
"""Said before a visit, or of how inspectors came: another one than that which is told of."""
LOOKS_BACK = re.compile(
    r"\b(?:since|after|follow(?:s|ed|ing)?|before|until|than|unlike|compared|had"
    r"|last(?!\s+(?:night|week|weekend|month|year|spring|summer|autumn|winter|term)\b))\b(?:\s+[\w'-]+){0,5}\s*$",
    re.IGNORECASE,
)
"""Perhaps another one: a report follows the visit that it is about, and a visit the one before it."""
PLANNED = re.compile(
    r"\b(?:will|would|(?:is|are|due|set|plans?|hopes?|expect\w*) to|expects?|awaits?)\b[^,;]*$", re.IGNORECASE
)
YEARS_AGO = re.compile(
    r"^[\s,]*+(?:(?:of\s+)?(?:the\s+(?:year\s+before|previous\s+year|preceding\s+year)|the\s+year\s+before\s+last)"
    r"|(?:more\s+than\s+|over\s+|nearly\s+|almost\s+|some\s+|about\s+)?[\w-]{1,20}\s+years?\s+(?:ago|earlier|before|previously|prior))",
    re.IGNORECASE,
)
OF_OTHERS = re.compile(
    r"\b(?:schools?|primary|infants?|junior|secondary|academy|college|sixth[ -]form|nurser(?:y|ies)|kindergarten|playgroup|pre-school|early\ years|childminders?|children's\ cent(?:re|er)s?"
    r"|(?:children's|care|nursing|residential|retirement)\ (?:homes?|units?)|(?:an?|the|this|that|its|one|two|three|council|council's|run)\ (?:[\w-]{1,20}\ )?homes?|homes?\ visits?"
    r"|(?:foster(?:ing)?|adoption)\ agenc(?:y|ies)|hospitals?|surgery|clinics?|hospice|ambulance|maternity|nhs|gps?"
    r"|prisons?|probation|youth\ (?:justice|offending)|young\ offender\w*|secure\ (?:unit|home|centre)|police|constabulary|fire|cqc|care\ quality\ commission"
    r"|adult(?:s'|s|'s)?\ (?:[\w-]+\ ){0,3}(?:learning|education|skills|training|services|care)|(?:community|further|lifelong|work-based)\ (?:learning|education)|apprentic\w+|training\ (?:providers?|arm|centre|service)"
    r"|special\ (?:educational\ )?needs|(?:planning|building|housing|tax|food|hygiene|safety|ticket|highways?)\ inspect\w+|leisure|playgrounds?|librar(?:y|ies)|museums?|(?-i:SEND?)"
    r"|health\ visitors?|by\ (?:a\ |the\ |her\ |his\ |their\ )?social\ workers?|social\ workers?'?)(?!\w)",
    re.IGNORECASE,
)
OF_ONE_PERSON = re.compile(
    r"\bchief\ inspectors?\b|\b(?:chief|head|boss|director|chair\w*)\ (?:of|at)\ (?:the\ )?(?:ofsted|inspectorate|watchdog|regulator)\b"
    r"|\bofsted(?:'s)?\ (?:chief|head|boss|director|chair\w*|regional)\b"
    r"|\b(?:minister|secretary|commissioner|mayor|mps?|prince|princess|king|queen|duke|duchess|royal)(?:'s?)?\ (?:[\w-]+\ ){0,2}visit"
    r"|\bvisit\w*\ (?:by|from|of)\ (?:[\w'-]+\ ){0,4}(?:minister|secretary|commissioner|mayor|mps?|prince|princess|king|queen|duke|duchess)\b",
    re.IGNORECASE,
)
"""Who comes to see and to speak, and gives no judgement."""
ANOTHER_ERRAND = re.compile(
    r"\bto (?:address|attend|open|launch|present|celebrate|take part|deliver|give (?:a|an|the|evidence)|speak (?:at|about|in|on))\b"
    r"|\bfor (?:a|an|the|its|their) (?:[\w'-]+ )?(?:conference|meeting|ceremony|talk|speech|lecture|seminar|training|recruitment|awards?|opening|launch|event|celebration)\b",
    re.IGNORECASE,
)
AT_RECORDS = re.compile(
    r"\b(?:(?-i:reads?\b|reading\b)|look|examin|review|assess|check|scrutini|sampl|audit|stud[iy]|track|analys)\w*\b[^,;]{0,90}"
    r"\b(?:from|between|of|for|dated|(?:\w{2,}(?<!\bne)ed|done|seen|held|taken|made|begun|sent|kept|written|given|left)\s+(?:on|in|during|over))\s*$",
    re.IGNORECASE,
)
"""As in "looked at cases from 4 to 10 March" and "reviewed calls made in March": the days are those of what was looked at."""
LOOKED_AT = re.compile(
    r"\b(?:look|examin|review|assess|check|scrutinis|sampl|audit|studi|track|analys)(?:ed|ing)(?:\s+[\w'-]+){0,4}\s*$",
    re.IGNORECASE,
)
SAID_OF = re.compile(r"^(?:[\s,]*+(?:of|at|to|into)\b|,\s+an?\s)")
"""What comes after the days and says whose visit it was: "in May of a school", "in May, a school of 300"."""


PHRASES = (BY_INSPECTORS, WAS_INSPECTED, VISIT_HELD, VISIT_ON)
VISIT_WORDS = (VISIT_HELD, VISIT_ON)


class Told(Enum):
    """How a day or a month is said of a visit: of that which is reported, or perhaps of the one before it."""

    AS_NEWS = auto()
    LOOKING_BACK = auto()


def when_visited(sentence: str, start: int, end: int, *, one_day: bool = True) -> Told | None:
    """How the days or the month that stand there in a sentence are said of a visit of inspectors; None where they are not.

    A meeting is on `one_day`, and so are most things that are not a visit.
    """
    before, after = sentence[max(0, start - NEAR) : start], sentence[end : end + NEAR]
    if YEARS_AGO.match(after):
        return None
    if PHRASE_BEGINS.search(before) and (then := THEN_CAME.match(after)):
        rest = _first_clause(after[then.end() :])
        return None if _is_others(then[0] + rest) else _looking(then["aside"] or "")
    if ITS_VISIT.match(after):
        return None if _is_others(before) else _looking(before)
    if one_day and SET_OFF.search(before):
        return None
    found = _stands_before(before)
    if (
        found is None
        or _is_others(_clause_of(before, found), _of(after))
        or ANOTHER_ERRAND.search(_first_clause(after))
    ):
        return None
    lead = before[: found.start()]
    if found.re in VISIT_WORDS and not _is_meant(lead, found, one_day=one_day):
        return None
    return _looking(lead, found.groupdict().get("aside") or "")


def _stands_before(before: str) -> re.Match[str] | None:
    """The phrase that ends where the days begin, unless they are those of what was looked at."""
    found = next(filter(None, (phrase.search(before) for phrase in PHRASES)), None)
    if found is None or AT_RECORDS.search(found[0]):
        return None
    return None if found.re in VISIT_WORDS and LOOKED_AT.search(before[: found.start()]) else found


def _clause_of(before: str, found: re.Match[str]) -> str:
    return str(CLAUSES.split(before[: found.start()])[-1] + found[0])


def _first_clause(text: str) -> str:
    return CLAUSES.split(text)[0]


def _of(after: str) -> str:
    return _first_clause(after.lstrip(" ,")) if SAID_OF.match(after) else ""


def _is_others(*texts: str) -> bool:
    """Whether it is another institution that was inspected, or somebody else who came."""
    text = " ".join(texts)
    return bool(OF_OTHERS.search(text) or OF_ONE_PERSON.search(text) or ANOTHER_ERRAND.search(text))


def _looking(*texts: str) -> Told | None:
    if any(map(EARLIER.search, texts)):
        return None
    return Told.LOOKING_BACK if any(map(LOOKS_BACK.search, texts)) else Told.AS_NEWS


def _is_meant(lead: str, found: re.Match[str], *, one_day: bool) -> bool:
    """Whether a visit with its days has taken place, and a meeting was not only about it."""
    if found.re is VISIT_ON and PLANNED.search(lead):
        return False
    return not (one_day and TALKED_OF.search(lead))
