"""Whether a sentence says that something is good, not good enough, both, or neither."""

import re

from scraper.items import Kind

WEAK = re.compile(
    r"\b(not|no|too (?:many|few|long|often|slow|little)|inconsistent|insufficient|weak|poor|delay|lack|inadequate|failures?|however|variable|drift|limited|needs? to|more to do)\b",
    re.IGNORECASE,
)
STRONG = re.compile(
    r"\b(good|well|effective(?:ly)?|strong|timely|improved|improving|thorough|appropriate(?:ly)?|clear|positive|successful(?:ly)?|benefit|valued?|robust|swift|prompt(?:ly)?|outstanding|excellent)\b",
    re.IGNORECASE,
)


def tone_of(sentence: str) -> Kind | None:
    """STRENGTH, WEAKNESS or MIXED; None for a sentence that only describes."""
    weak, strong = len(WEAK.findall(sentence)), len(STRONG.findall(sentence))
    if weak and weak >= strong:
        return Kind.WEAKNESS
    if weak:
        return Kind.MIXED
    return Kind.STRENGTH if strong else None
