"""Which authority an article is about: its names where they stand, the outlet's patch, and the reasons."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scraper.articles.mentions import FALSE_FRIEND, Index, Mention, find_mentions, index
from scraper.articles.places import place_rules
from scraper.items import Article
from scraper.reference import Authority, Gazetteer, address_parts, london_day, with_all_others
from scraper.text import lede, plain

MANY = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """The authority meant, or None where nothing or several say so; `reasons` are (what, points) of the best ones.

    `former` is the name of a council that was divided since, where the article is about that council.
    """

    authority: Authority | None
    reasons: tuple[tuple[str, float], ...]
    former: str | None = None


def which(article: Article, authorities: Sequence[Authority], covers: Sequence[str]) -> Guess:
    """The authority an article of an outlet that covers these URNs is about.

    All that there are compete, not the watched ones alone: news of a neighbour would else be taken for theirs.
    """
    known = with_all_others(authorities)
    names = index(known)
    zones = _zones(article)
    month = f"{london_day(article.published):%Y-%m}" if article.published else ""
    said = {zone: find_mentions(text, names, month, covers) for zone, text in zones.items()}
    evidence: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for zone, mentions in said.items():
        _count(evidence, zone, mentions)
    _site(evidence, article.url, known)
    if _roundup(said):
        return Guess(None, (("several authorities are named and none is the subject", 0.0),))
    if divided := _divided(said, evidence):
        return Guess(None, ((f"{divided} was divided between several authorities", 0.0),), divided)
    _patch(evidence, zones, known, covers)
    return _decide(evidence, known)


def _zones(article: Article) -> dict[str, str]:
    first, rest = lede(article.summary, article.text)
    slug = re.sub(r"[^a-z]+", " ", address_parts(article.url).path.rsplit(".", 1)[0].lower())
    return {"headline": plain(article.headline), "lede": first, "body": rest, "address": slug}


def _count(evidence: dict[str, list[tuple[str, float]]], zone: str, mentions: Sequence[Mention]) -> None:
    points = place_rules().points
    weights = {"headline": points.headline, "lede": points.lede, "body": points.body, "address": points.address}
    seen: Counter[str] = Counter()
    for mention in sorted(mentions, key=lambda found: -found.points):
        for urn in mention.urns:
            factor = 1.0 if not seen[urn] else points.again if seen[urn] <= points.most_repeats else 0.0
            seen[urn] += 1
            if factor:
                evidence[urn].append((f"{mention.name} ({zone})", round(mention.points * weights[zone] * factor, 2)))


def _site(evidence: dict[str, list[tuple[str, float]]], url: str, known: Gazetteer) -> None:
    host = (address_parts(url).hostname or "").removeprefix("www.")
    if authority := known.at_site(host):
        evidence[authority.urn].append((f"its own site {host}", place_rules().points.site))


def _roundup(said: Mapping[str, Sequence[Mention]]) -> bool:
    """Several authorities by their own names at the start and none in the headline."""
    if any(mention.kind not in ("town", FALSE_FRIEND) for mention in said["headline"]):
        return len({urn for mention in said["headline"] if mention.kind == "name" for urn in mention.urns}) >= MANY
    return len({urn for mention in said["lede"] if mention.kind == "name" for urn in mention.urns}) > MANY


def _divided(said: Mapping[str, Sequence[Mention]], evidence: Mapping[str, list[tuple[str, float]]]) -> str | None:
    """The county that headline or lede names by its own council, if no authority that came after it is named better."""
    former = [
        m for zone in ("headline", "lede") for m in said[zone] if m.kind == "former" and m.then and len(m.urns) > 1
    ]
    if not former:
        return None
    totals = {urn: sum(value for _, value in found) for urn, found in evidence.items()}
    best = max(totals.values())
    if any(totals[urn] == best for urn in former[0].urns) and len({totals[urn] for urn in former[0].urns}) == 1:
        return re.sub(r"(?<!\s)\s+county council$", "", former[0].name, flags=re.IGNORECASE)
    return None


def _patch(
    evidence: dict[str, list[tuple[str, float]]],
    zones: Mapping[str, str],
    known: Gazetteer,
    covers: Sequence[str],
) -> None:
    """What the outlet covers speaks the more the fewer it covers, and where the text says "the council" without a name."""
    places, start = place_rules(), f"{zones['headline']}\n{zones['lede']}"
    weight = places.points.patch / max(1, len(covers))
    for urn in covers:
        evidence[urn].append(("the outlet's patch", round(weight, 2)))
    if places.generic.search(start):
        for urn in _of_kind(start.casefold(), known, covers):
            evidence[urn].append(("the council, in the outlet's patch", places.points.generic))


def _of_kind(start: str, known: Gazetteer, covers: Sequence[str]) -> list[str]:
    """Those of the patch whose kind of council is the one spoken of; all, if the text does not say."""
    covered = [authority for authority in known.authorities if authority.urn in covers]
    for phrase, kinds in place_rules().of_kind.items():
        fitting = [authority.urn for authority in covered if authority.kind in kinds]
        if phrase in start and fitting:
            return fitting
    return [authority.urn for authority in covered]


def _decide(evidence: Mapping[str, list[tuple[str, float]]], known: Gazetteer) -> Guess:
    points = place_rules().points
    totals = Counter({urn: sum(value for _, value in found) for urn, found in evidence.items()})
    ranked = totals.most_common(2)
    if not ranked or ranked[0][1] < points.enough:
        return Guess(None, (("no authority is named", 0.0),))
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < points.margin:
        return Guess(None, (("two authorities are named alike", round(ranked[0][1] - ranked[1][1], 2)),))
    return Guess(known.by_urn.get(ranked[0][0]), tuple(evidence[ranked[0][0]]))


__all__ = ["Guess", "Index", "which"]
