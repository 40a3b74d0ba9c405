"""Where a redirect ended: at the article, or at a front or section page, which means that the article is gone."""

import re

from scraper.reference import address_parts

FRONT = re.compile(r"/(?:(?:index|home|default)(?:\.\w+)?)?", re.IGNORECASE)
STORY = re.compile(r"\d{3}|^[a-z\d]+(?:-[a-z\d]+){3}", re.IGNORECASE)
"""What a story's part of an address has and a section's has not: a number, or a headline's words."""


def is_gone_to(asked: str, ended: str) -> bool:
    """Whether who asked for the article `asked` and ended at `ended` was sent to a front or section page.

    That is the front page of any site, and the folder that the story stood in, where the address loses the story's own part on
    the way. What other pages are about, that their headlines tell.
    """
    here, there = _parts(asked), _parts(ended)
    if _told(there):
        if set(re.findall(r"\d+", there[-1])) & set(re.findall(r"\d+", asked)):
            return False
        there = there[:-1]
    if here == there:
        return False
    if _is_front(there):
        return not _is_front(here) or _told(here)
    return _lost_the_story(here, there)


def _parts(url: str) -> list[str]:
    """The parts of the path, in lower case and without an ending such as .html; then "?" and the query if it holds a number."""
    parts = address_parts(url)
    path = "" if FRONT.fullmatch(parts.path or "/") else parts.path.lower()
    names = [re.sub(r"\.\w{2,5}$", "", name) for name in path.split("/") if name]
    return [*names, f"?{parts.query}"] if re.search(r"=\d", parts.query) else names


def _told(parts: list[str]) -> bool:
    """Whether the query may name a story."""
    return bool(parts) and parts[-1].startswith("?")


def _is_front(parts: list[str]) -> bool:
    return not parts or _told(parts[:1])


def _lost_the_story(here: list[str], there: list[str]) -> bool:
    """Whether of the path that was asked for only a beginning is left, without any part that could be the story's."""
    lost = here[len(there) :]
    return here[: len(there)] == there and any(map(STORY.search, lost)) and not any(map(STORY.search, there))
