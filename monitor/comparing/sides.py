"""Whether a statement has two sides ("improved, but not yet consistent") and whether it tells of progress.

The reader's tone says which way a sentence leans as a whole; what became of an area turns on the sentences that lean both ways.
All patterns but `TURN` are for text in small letters: IGNORECASE takes three times as long.
"""

import re
from functools import lru_cache

from scraper.items import Tone

BUT = re.compile(r"\b(although|though|but|while|whilst|despite|however|albeit)\b")
TURN = re.compile(r"(However|But|Despite this|Nevertheless|Conversely)\b,? ?")
"""Words that open a sentence and set it against the one before: they make no second side."""

LACKING = re.compile(
    r"\b(not|no|too|inconsisten\w*|vari(?:able|ability|ance|es|ed)|delay\w*|lack\w*|insufficient\w*|weak\w*|poor\w*|limited|gaps?|"
    r"remains?|more to (?:do|be done)|more work|further|needed|needs? to|still|yet|absen\w*|slow\w*|less|few|fewer|early stages?|"
    r"infancy|mixed|requires? (?:improvement|further|strengthening)|below|longstanding|difficult\w*|undermin\w*|turnover|unable|"
    r"fail\w*|declin\w*|rarely|backlog|hinder\w*|hamper\w*|disrupt\w*|missed|unclear|overly|only|scant|a challenge|"
    r"challenging for|more challenging)\b",
)
DOING_WELL = re.compile(
    r"\b(effective\w*|good|strong\w*|well|timely|improved|improving|(?<!requires )(?<!require )(?<!need )(?<!needs )improvements?|"
    r"thorough\w*|robust\w*|clear\w*|positive\w*|regular\w*|appropriate\w*|swift\w*|prompt\w*|success\w*|benefit\w*|"
    r"comprehensive\w*|consistently|skilled|strengthened|better|most|majority|responsive\w*|increas\w*|progress in|valued?|"
    r"fully|high[- ]quality)\b",
)
PROGRESS = re.compile(
    r"\b(improv(?:ed|ing)|(?<!requires )(?<!require )(?<!need )(?<!needs )improvements?|progress in|strengthen\w*|better|increasing\w*|now|more (effective|timely|consistent|robust)|since the (last|previous)|success\w*|"
    r"no longer|recent\w*|building|momentum|beginning to|begun|start(?:ed|ing) to|emerging|under ?way)\b",
)
SOME = re.compile(
    r"\b(a (?:very )?(?:small|limited) number|a few|some (?:children|young people|care leavers)|for some)\b",
)
"""What is better for these only is no progress of an area."""

HARM = re.compile(
    r"\b(hamper\w*|hinder\w*|undermin\w*|frustrat\w*|imped(?:e|es|ed|ing)|(?:makes?|making|made) it (?:\w+ ){0,2}(?:hard\w*|difficult|challenging)|"
    r"(?:encounter|experienc|fac)\w* (?:\w+ ){0,2}(?:barriers|difficulties)|"
    r"limits|limited impact|less (?:evident|effective|robust|clear|consistent)|more (?:to do|work to do|work is needed|needs to be done)|"
    r"further work|ha(?:s|ve) yet to|insufficient\w*|not (?:always|consistently|yet|sufficiently|routinely|fully|all|enough|well)|"
    r"too (?:many|long|late|often|slow|variable|few|reactive)|inconsisten\w*|patchy|variab\w+|variance)\b",
)
"""What tells of something lacking, however much a sentence praises beside it."""

HARMLESS = re.compile(
    r"\b(?:prevent|avoid|reduc|minimis|address|tackl|mitigat|resolv|challeng|identif)\w* (?:\w+ ){0,3}"
    r"(?:inconsisten\w*|variab\w*|variance)|\b(?:without|no|not) (?:delay\w*|drift|prevent\w*|hinder\w*|deter\w*)|"
    r"\b(?:if|when|where|as) needed|\bwhat needs? to|\bconsidered at an early stage",
)
"""Words of lack that tell of none: what is lessened, denied, or only thought of."""


@lru_cache(maxsize=20_000)
def credit(kind: str, text: str) -> float:
    """How far a statement is to an area's credit, 0 to 1: its tone, but for two sides, and praise with words of harm in it has none."""
    if kind == Tone.MIXED or two_sided(text):
        return 0.5
    if kind == Tone.STRENGTH:
        low = text.lower()
        return 0.0 if HARM.search(low) and HARM.search(HARMLESS.sub(" ", low)) else 1.0
    return 0.0


@lru_cache(maxsize=20_000)
def two_sided(text: str) -> bool:
    """Whether one part of a sentence praises and the part that it is set against finds something lacking."""
    rest = _without_turn(text).lower()
    turn = BUT.search(rest)
    if turn is None:
        return False
    one, other = _parted(rest, turn.start())
    (good, bad), (other_good, other_bad) = _weighed(one), _weighed(other)
    return (good > bad and other_bad > 0) or (bad > 0 and other_good > other_bad)


def _without_turn(text: str) -> str:
    opening = TURN.match(text)
    return text[opening.end() :] if opening else text


def _parted(text: str, turn: int) -> tuple[str, str]:
    """The two parts: at the turn, or where it opens the sentence at the comma after it."""
    at = text.find(", ") if turn == 0 else turn
    return (text[:at], text[at:]) if at > 0 else (text, "")


def _weighed(text: str) -> tuple[int, int]:
    return len(DOING_WELL.findall(text)), len(LACKING.findall(HARMLESS.sub(" ", text)))


@lru_cache(maxsize=20_000)
def tells_progress(text: str) -> bool:
    """Whether a statement says that something has moved on since before, and not for a few only."""
    low = text.lower()
    return PROGRESS.search(low) is not None and not SOME.search(low)
