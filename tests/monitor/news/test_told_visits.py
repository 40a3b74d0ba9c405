"""How often a link is right, on invented stories of which it is known what they are about; docs/news.md has the figures of all of them."""

from functools import cache

import pytest

from monitor.news.which_report import SURE_FROM, Link, Undecided
from tests.monitor.news.told_visits import PLACES, Told, judged, told_visits

SOME = PLACES[1::4]
"""Of the half on which no weight was set."""


@cache
def some() -> tuple[tuple[Told, Link | Undecided], ...]:
    return tuple((told, judged(told)) for told in told_visits(SOME))


def test_a_link_that_is_made_is_right() -> None:
    links = [(told, found) for told, found in some() if isinstance(found, Link)]
    assert len(links) >= 100
    assert sum(found.report_id == told.truth for told, found in links) / len(links) >= 0.97
    assert min(found.confidence for _, found in links) >= SURE_FROM


def test_where_its_report_is_here_not_too_many_stories_stay_undecided() -> None:
    here = [found for told, found in some() if told.truth]
    assert len(here) >= 150
    assert sum(isinstance(found, Undecided) for found in here) / len(here) <= 0.35


def awaited(*, here: bool) -> list[bool]:
    """Of dated stories without a link, whose report is here or is not: whether one that is not here is thought to be meant."""
    return [
        found.awaited
        for told, found in some()
        if isinstance(found, Undecided) and told.article.published and (told.truth is not None) is here
    ]


def test_where_its_report_is_not_here_the_page_is_looked_at_and_where_it_is_that_is_seldom_thought() -> None:
    missing, here = awaited(here=False), awaited(here=True)
    assert len(missing) >= 60 and len(here) >= 20
    assert sum(missing) / len(missing) >= 0.85  # the others are follow-ups, or no news
    assert sum(here) / len(here) <= 0.6


@pytest.mark.parametrize("setting", ["all", "then", "its own is missing"])
def test_every_setting_is_judged(setting: str) -> None:
    assert sum(told.setting == setting for told, _ in some()) >= 60
