"""A story under several addresses, or edited, is told once, by real crawls and what follows them; what is really another story is told too.

Each case is of an authority of its own, so that many are tried by few crawls.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.end_to_end.paper import LEDE, NOW, Entry, Watch, after, prose, watch_of
from tests.scraper.spiders.site import Site

REWRITTEN = "‘Weeks late’: what inspectors say of {} social workers"
WALL = ("Subscribe now to read this article.",)
FIRST = Entry()
FAIR = Entry("/news/101.summer-fair/", "Summer fair returns to the seafront", "fair", summary="Bring a chair.").of("")

ELSEWHERE = {
    "what counts visitors": [replace(FIRST, path=f"{FIRST.path}?utm_source=rss&ref=rss", guid="{}-2")],
    "amp": [replace(FIRST, path=f"{FIRST.path}amp/", guid="{}-2")],
    "amp in the query": [replace(FIRST, path=f"{FIRST.path}?amp=1", guid="")],
    "no slash": [replace(FIRST, path=FIRST.path.rstrip("/"), guid="{}-2")],
    "section": [replace(FIRST, path=FIRST.path.replace("/news/", "/politics/"), guid="")],
    "slug": [replace(FIRST, path="/news/{}-4242.no-progress/", guid="{}-2")],
    "host": [replace(FIRST, sister=True, guid="{}-2")],
    "three": [replace(FIRST, path="/politics/{}-4242.a/", guid="{}-2"), replace(FIRST, path="/{}/4242", guid="{}-3")],
    "a wall": [replace(FIRST, path="/politics/{}-4242.a/", guid="{}-2", text=WALL)],
}
EDITED = {
    "title": replace(FIRST, headline=f"UPDATED: {FIRST.headline}"),
    "title rewritten": replace(FIRST, headline=REWRITTEN),
    "title rewritten without a guid": replace(FIRST, headline=REWRITTEN, guid=""),
    "guid": replace(FIRST, guid="{}-2"),
    "time": replace(FIRST, when=NOW),
    "time and guid": replace(FIRST, when=NOW, guid="{}-2"),
    "summary": replace(FIRST, summary="UPDATED: the leader of {} Council has answered."),
    "slug and title": replace(FIRST, path="/news/{}-4242.weeks-late/", headline=REWRITTEN),
    "slug, title and guid": replace(FIRST, path="/news/{}-4242.weeks-late/", headline=REWRITTEN, guid="{}-2"),
    "section and title": replace(FIRST, path=FIRST.path.replace("/news/", "/politics/"), headline=REWRITTEN, guid=""),
    "title, guid and time": replace(FIRST, headline=REWRITTEN, guid="{}-2", when=NOW),
}


def names(count: int) -> list[str]:
    """Of invented authorities."""
    return [f"{chr(ord('A') + number)}lderwick" for number in range(count)]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def watch(site: Site, tmp_path: Path) -> Watch:
    return watch_of(tmp_path, site, names(20))


def once(cases: dict[str, object]) -> dict[str, int]:
    return dict.fromkeys(cases, 1)


def by_case(cases: Sequence[str], told: dict[str, int]) -> dict[str, int]:
    return {case: told.get(name, 0) for case, name in zip(cases, names(len(cases)), strict=True)}


def test_a_story_at_other_addresses_is_told_once(watch: Watch) -> None:
    cases = list(zip(ELSEWHERE.values(), names(len(ELSEWHERE)), strict=True))
    watch.look([FAIR])
    watch.look([FAIR, *(FIRST.of(name) for _, name in cases)])
    watch.look([FAIR, *(one.of(name) for later, name in cases for one in (FIRST, *later))])
    watch.look([FAIR, *(one.of(name) for later, name in cases for one in later)])
    assert by_case(list(ELSEWHERE), watch.told()) == once(dict(ELSEWHERE))


def test_a_story_that_is_edited_is_told_once(watch: Watch) -> None:
    cases = list(zip(EDITED.values(), names(len(EDITED)), strict=True))
    watch.look([FAIR])
    watch.look([FAIR, *(FIRST.of(name) for _, name in cases)])
    watch.look([FAIR, *(later.of(name) for later, name in cases)])
    assert by_case(list(EDITED), watch.told()) == once(dict(EDITED))


def test_a_story_behind_a_wall_that_is_edited_at_its_place_is_told_once(watch: Watch) -> None:
    edited = {case: one for case, one in EDITED.items() if one.path == FIRST.path}
    cases = list(zip(edited.values(), names(len(edited)), strict=True))
    watch.look([FAIR])
    watch.look([FAIR, *(replace(FIRST.of(name), text=WALL) for _, name in cases)])
    watch.look([FAIR, *(replace(later.of(name), text=WALL) for later, name in cases)])
    assert by_case(list(edited), watch.told()) == once(dict(edited))


TOLD_ANEW = {
    "another story, no guid": Entry("/{}/ofsted-update", "Ofsted rates children's services in {} good", ""),
    "another story, the same guid": Entry("/{}/ofsted-update", "Ofsted rates children's services in {} good"),
    "another story under the same headline": Entry(
        "/{}/ofsted-update", "Ofsted update on children's services in {}", ""
    ),
    "no times": Entry("/{}/ofsted-update", "Ofsted rates children's services in {} good", "", None),
}


def used_before(case: str, name: str, days: int) -> Entry:
    """What was at the address of a case so long before."""
    later = TOLD_ANEW[case].of(name)
    headline = later.headline if "same headline" in case else f"Ofsted finds {name} children's services inadequate"
    return replace(
        later, headline=headline, text=(LEDE.format(name), *prose(f"before {name}")), when=later.when and later.when - timedelta(days=days)
    )  # fmt: skip


def test_another_story_at_an_address_used_a_year_before_is_told(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = list(zip(TOLD_ANEW, names(len(TOLD_ANEW)), strict=True))
    after(monkeypatch, -timedelta(days=365))
    watch.look([FAIR])
    watch.look([FAIR, *(used_before(case, name, 365) for case, name in cases)])
    assert by_case(list(TOLD_ANEW), watch.told()) == once(dict(TOLD_ANEW))
    monkeypatch.undo()
    for _ in range(2):
        watch.look([FAIR, *(TOLD_ANEW[case].of(name) for case, name in cases)])
        assert by_case(list(TOLD_ANEW), watch.told()) == dict.fromkeys(TOLD_ANEW, 2)


def test_an_entry_that_is_of_no_report_until_its_headline_is_rewritten_is_told_then(watch: Watch) -> None:
    (name,) = names(1)
    first = replace(FIRST.of(name), headline="Statement to follow", summary="More soon.")
    watch.look([FAIR])
    watch.look([FAIR, first])
    assert watch.told() == {}
    for _ in range(2):
        watch.look([FAIR, FIRST.of(name)])
        assert watch.told() == {name: 1}


def test_what_was_there_at_the_first_look_is_not_told_from_another_address_or_edited(watch: Watch) -> None:
    again = {**{case: later for case, (later, *_) in ELSEWHERE.items()}, **EDITED}
    cases = list(zip(again.values(), names(len(again)), strict=True))
    watch.look([FAIR, *(FIRST.of(name) for _, name in cases)])
    watch.look([FAIR, *(later.of(name) for later, name in cases)])
    assert watch.told() == {}
