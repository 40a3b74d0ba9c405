"""Text as the rules compare it: straight quotes, single spaces, and its sentences."""

import re

from scraper.text.characters import compared

LEDE = 450
"""Characters at the start of a text that say what it is about; what comes after is background."""

ENDS = re.compile(r"(?<=[a-z0-9\"')][.!?])[\"']?\s+(?=[\"'A-Z£])|\n+")
INITIALS = re.compile(r"\b(?:Cllr|Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e)\.$")
LONGEST = 10
"""Characters of more than the longest of these, with what stands before it."""


def plain(text: str) -> str:
    """Mended, with straight quotes and dashes; spaces of a line joined, lines kept."""
    return "\n".join(" ".join(line.split()) for line in compared(text).split("\n"))


def plain_words(text: str) -> list[str]:
    """The words of a text, in lower case, with "children's" as one."""
    return re.findall(r"\w+(?:'\w+)*", plain(text).casefold())


def sentences(text: str) -> list[str]:
    """The sentences of a plain text; a line break ends one, an abbreviated title does not."""
    found: list[list[str]] = []
    for part in ENDS.split(text):
        if found and INITIALS.search(found[-1][-1][-LONGEST:]):
            found[-1].append(part)
        elif part and part.strip():
            found.append([part.strip()])
    return [" ".join(parts) for parts in found]


def lede(summary: str, text: str) -> tuple[str, str]:
    """What says first what an article is about, and the rest: the standfirst and the first paragraphs; then the others."""
    start = plain(text)
    cut = _paragraph_end(start, LEDE)
    return f"{plain(summary)}\n{start[:cut]}".strip(), start[cut:].strip()


def _paragraph_end(text: str, wanted: int) -> int:
    found = text.find("\n", wanted)
    return len(text) if found < 0 or len(text) <= wanted else min(found, wanted + LEDE)
