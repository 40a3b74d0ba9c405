"""Sentences of a paragraph."""

import re

END = re.compile(r"(?<=[.!?])[’”\"')\]]*\d{0,2}\s+(?=[A-Z‘“\"'(\[0-9])")
NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|vs|cf|approx)|\b[A-Z])\.$")
LONGEST = 10
"""Characters of more than the longest of these, with what stands before it."""


def sentences_of(text: str) -> list[str]:
    """The sentences, each trimmed; a stop after an abbreviation or an initial ends none."""
    found: list[str] = []
    start = 0
    for match in END.finditer(text):
        if NO_END.search(text[max(start, match.start() - LONGEST) : match.start()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]
