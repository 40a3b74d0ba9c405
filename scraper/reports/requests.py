"""Whether a text asks for something rather than says something: a thing named without a verb ("The timeliness of visits"), or a command."""

import re

COMMAND = re.compile(
    r"(?:urgently |further |continue to |fully |quickly )?(?:accelerate|address|agree|build|challenge|clarify|complete|consolidate|continue|create|"
    r"develop|draw|embed|enable|ensure|establish|evaluate|expedite|extend|further|give|implement|improve|increase|introduce|keep|make|monitor|"
    r"prioriti[sz]e|produce|promote|provide|put|raise|reduce|reinforce|review|secure|set|share|strengthen|support|sustain|take|track|train|"
    r"undertake|update|use|work)\b",
    re.IGNORECASE,
)
"""The first words of a command. "Support for care leavers" is none, and a thing named all the same."""
REST = re.compile(
    r",? (?:who|whom|whose|that|which|where|when|so that|so as|to ensure|because|in order|if|as)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""What a thing is said more of: its verbs say nothing of the thing."""
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would|may|might|must|should|remains?|continues?|needs?|"
    r"shows?|makes?|gives?|takes?|knows?|feels?|lacks?|becomes?|became|include|includes|they|it|this|these|there|we)\b",
    re.IGNORECASE,
)
THING = re.compile(
    r"(?:[\w’'/-]+,? ){1,6}(?:of|for|in|to|with|by|at|on|from|between|across|about|within)\b", re.IGNORECASE
)
SHORT = 5
"""Words without a verb that are a thing by themselves: "Management oversight"."""


def asks_for(text: str) -> bool:
    """Whether a text, taken alone, asks for something."""
    if COMMAND.match(text):
        return True
    head = REST.sub("", text)
    if VERB.search(head):
        return False
    return bool(THING.match(head)) or len(head.split()) <= SHORT
