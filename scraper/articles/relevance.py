"""Whether an article is news of a report on an authority's children's services: a sum of points, each with its reason."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from scraper.articles.mentions import OFFICIAL, find_mentions, index
from scraper.articles.wording import lede, plain
from scraper.items import Article
from scraper.reference import known_authorities

ABOUT = ("subject", "verdict", "trouble", "tone", "council", "not_this", "elsewhere")
NEWS = ("report", "followup")
STRONG = frozenset({"children's services", "a body that delivers children's services"})
ANYWHERE = frozenset({"a focused visit", "children's services are what is judged"})
ZONES = ("headline", "lede", "body")


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason: its words, and its points where they stand."""

    name: str
    group: str
    words: tuple[re.Pattern[str], ...]
    points: tuple[float, float, float]
    half_if: frozenset[str]
    when: tuple[frozenset[str], ...]
    unless: frozenset[str]
    authority: bool


@dataclass(frozen=True, slots=True)
class Relevance:
    """`label` is report, followup or other; `score` the sum of the points of `reasons`, in the order of the rules."""

    label: str
    score: float
    reasons: tuple[tuple[str, float], ...]


@cache
def _settings() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text(encoding="utf-8"))
    return found


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["name"],
            row["group"],
            tuple(re.compile(words, re.IGNORECASE) for words in row.get("words", ())),
            (row["headline"], row["lede"], row["body"]),
            frozenset(row.get("half_if", ())),
            tuple(map(frozenset, row.get("when", ()))),
            frozenset(row.get("unless", ())),
            row.get("authority", False),
        )
        for row in _settings()["rules"]
    )


def looks_relevant(headline: str, summary: str) -> bool:
    """Whether a feed item is worth fetching: cheap, and rather too often than not. Most items speak of neither."""
    text = plain(f"{headline}\n{summary}")
    return bool(SERVICES.search(text) or (YOUNG.search(text) and INSPECTED.search(text)))


SERVICES = re.compile(
    r"\bofsted|\bchild(?:ren)?'?s?'?(?:,? (?:and|&) \w+'?s?)? (?:social|services?|trust|safeguarding|protection|department)|\bsocial (?:care|services|work)|"
    r"\bcare[- ]leaver|\blooked[- ]after|\b(?:monitoring|focused) visit|\b(?:children first|achieving for|together for|futures for)\b|\bfamily services",
    re.IGNORECASE,
)
YOUNG = re.compile(
    r"\bchild|\byoung|\bkids\b|\bteenagers|\bfamil(?:y|ies)\b|\bsafeguarding|\bcouncil|\blocal authority|\bin care\b",
    re.IGNORECASE,
)
INSPECTED = re.compile(
    r"\binspect|\bwatchdog|\bregulator|\brat(?:ed|ing)\b|\binadequate|\boutstanding|\brequires improvement|\bcommissioner|\bfailing|\bdamning|"
    r"\bimprovement (?:notice|board|plan)|\bgovernment (?:adviser|report|intervention)",
    re.IGNORECASE,
)


def judge(article: Article) -> Relevance:
    """The label of an article, with its reasons. A text may be missing or be a lede: the headline then counts alone."""
    first, rest = lede(article.summary, article.text)
    zones = {"headline": plain(article.headline), "lede": first, "body": rest}
    found = list(_found(zones))
    about = _limited(found, ABOUT)
    news = _limited(found, NEWS)
    label = _label(about, news)
    reasons = tuple((name, points) for name, points in [*about, *news] if points)
    return Relevance(label, round(sum(points for _, points in reasons), 2), reasons)


def _found(zones: Mapping[str, str]) -> Iterator[tuple[Rule, str, float]]:
    """(rule, where, points) of every rule that holds, where it counts most."""
    said = {rule.name: [_says(rule, zones[zone]) for zone in ZONES] for rule in _rules()}
    in_headline = {name for name, held in said.items() if held[0]}
    at_start = {name for name, held in said.items() if held[0] or held[1]}
    for rule in _rules():
        held = [
            (points, zone)
            for points, zone, says in zip(rule.points, ZONES, said[rule.name], strict=True)
            if points and says
        ]
        if held and all(any_of & at_start for any_of in rule.when) and not rule.unless & at_start:
            points, zone = max(held, key=lambda pair: abs(pair[0]))
            if zone == "body" and points < 0 and STRONG & at_start:
                continue  # a long story of a council's report speaks of schools, homes and courts as well
            strong = in_headline | (at_start & ANYWHERE) if zone == "headline" else at_start
            yield rule, zone, points / 2 if rule.half_if & strong else points


def _says(rule: Rule, text: str) -> bool:
    if rule.authority:
        return any(
            mention.kind in (OFFICIAL, "body", "former") for mention in find_mentions(text, index(known_authorities()))
        )
    return any(words.search(text) for words in rule.words)


def _limited(found: Iterable[tuple[Rule, str, float]], groups: tuple[str, ...]) -> list[tuple[str, float]]:
    """The reasons of these groups as (what and where, points), with no group over its limit."""
    left = {name: float(_settings()["groups"][name]["limit"]) for name in groups}
    reasons = []
    for rule, zone, points in found:
        if rule.group in left:
            given = min(points, left[rule.group]) if points > 0 else max(points, left[rule.group])
            left[rule.group] -= given
            reasons.append((f"{rule.group}: {rule.name} ({zone})", round(given, 2)))
    return reasons


def _label(about: list[tuple[str, float]], news: list[tuple[str, float]]) -> str:
    settings = _settings()
    subject = sum(points for name, points in about if name.startswith("subject:"))
    said = sum(points for name, points in about if name.startswith(("verdict:", "trouble:")))
    if subject < settings["subject_from"] or said < settings["said_from"]:
        return "other"
    if sum(points for _, points in about) < settings["relevant_from"]:
        return "other"
    return "report" if sum(points for _, points in news) >= settings["report_from"] else "followup"
