"""Whether an article is news of a report on an authority's children's services: a sum of points, each with its reason."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from scraper.articles.mentions import find_mentions, index
from scraper.articles.rules import ABOUT, NEWS, SAID, SUBJECT, Rule, rules
from scraper.items import Article
from scraper.reference import everywhere
from scraper.text import lede, plain

START = ("headline", "lede")


@dataclass(frozen=True, slots=True)
class Relevance:
    """`label` is report, followup or other; `score` the sum of the points of `reasons`, in the order of the rules."""

    label: str
    score: float
    reasons: tuple[tuple[str, float], ...]


def relevant_from() -> float:
    """The points that the least relevant article has."""
    return rules().relevant_from


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
    said = {rule.name: [_says(rule, zones[zone]) for zone in START] for rule in rules().rules}
    in_headline = {name for name, held in said.items() if held[0]}
    at_start = {name for name, held in said.items() if any(held)}
    long_story = any(rule.subject_itself for rule in rules().rules if rule.name in at_start)
    anywhere = {rule.name for rule in rules().rules if rule.anywhere}
    for rule in rules().rules:
        if _counts(rule, at_start):
            body = "" if long_story and rule.body < 0 else zones["body"]  # it speaks of schools and courts as well
            points, zone = _best(rule, said[rule.name], body)
            strong = in_headline | (at_start & anywhere) if zone == "headline" else at_start
            if points:
                yield rule, zone, points if strong.isdisjoint(rule.half_if) else points / 2


def _best(rule: Rule, at_start: Iterable[bool], body: str) -> tuple[float, str]:
    """The most it gives, and where; the body is searched only where that could be there."""
    held = ((points, zone) for points, zone, says in zip(rule.points, START, at_start, strict=False) if says)
    points, zone = max(held, key=lambda pair: abs(pair[0]), default=(0.0, ""))
    return (rule.body, "body") if abs(rule.body) > abs(points) and _says(rule, body) else (points, zone)


def _counts(rule: Rule, at_start: AbstractSet[str]) -> bool:
    return at_start.isdisjoint(rule.unless) and not any(at_start.isdisjoint(any_of) for any_of in rule.when)


def _says(rule: Rule, text: str) -> bool:
    if any(words.search(text) for words in rule.words):
        return True
    return bool(rule.authority) and any(
        mention.kind in rule.authority for mention in find_mentions(text, index(everywhere()))
    )


def _limited(found: Iterable[tuple[Rule, str, float]], groups: tuple[str, ...]) -> list[tuple[str, float]]:
    """The reasons of these groups as (what and where, points), with no group over its limit."""
    left = {name: rules().groups[name].limit for name in groups}
    reasons = []
    for rule, zone, points in found:
        if rule.group in left:
            given = min(points, left[rule.group]) if points > 0 else max(points, left[rule.group])
            left[rule.group] -= given
            reasons.append((f"{rule.group}: {rule.name} ({zone})", round(given, 2)))
    return reasons


def _label(about: list[tuple[str, float]], news: list[tuple[str, float]]) -> str:
    limits = rules()
    subject = sum(points for name, points in about if name.startswith(f"{SUBJECT}:"))
    said = sum(points for name, points in about if name.startswith(tuple(f"{group}:" for group in SAID)))
    if subject < limits.subject_from or said < limits.said_from:
        return "other"
    if sum(points for _, points in about) < limits.relevant_from:
        return "other"
    return "report" if sum(points for _, points in news) >= limits.report_from else "followup"
