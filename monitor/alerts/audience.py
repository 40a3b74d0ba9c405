"""Whom each rule of the config tells of what, with the names in it resolved to URNs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from monitor.config import OFSTED, AlertRule, Config, sources

OF_REPORTS = frozenset(("report", "amended", "withdrawn"))


@dataclass(frozen=True, slots=True)
class Audience:
    """A rule with the names in it resolved to URNs."""

    rule: AlertRule
    urns: frozenset[str]

    def wants(self, alert: dict[str, Any]) -> bool:
        """Whether the rule asks for an alert of this kind and URN."""
        return alert["kind"] in self.rule.about and (alert["kind"] == "source" or alert["urn"] in self.urns)

    def names(self, recipient: str) -> bool:
        """Whether the recipient is one of the rule's, however it is spelt."""
        return recipient.casefold() in {address.casefold() for address in self.rule.to}


def audiences(config: Config) -> list[Audience]:
    """Each rule of the config with whom it is about."""
    return [_audience(config, rule) for rule in config.alerts]


def _audience(config: Config, rule: AlertRule) -> Audience:
    authorities = config.resolve(rule.watch) if rule.watch else config.watched
    return Audience(rule, frozenset(authority.urn for authority in authorities))


def of_digest(config: Config, recipient: str, digest: str) -> list[Audience]:
    """The rules by which a recipient is sent a digest, `weekly monday 08:00`: several at one time are one digest."""
    return [each for each in audiences(config) if each.rule.when.digest == digest and each.names(recipient)]


def concerned(config: Config, rules: Sequence[Audience]) -> tuple[str, ...]:
    """The sources that these rules live on: Ofsted's site, and the feeds whose patch has an authority of theirs; all where they are about those."""
    about = frozenset().union(*(each.rule.about for each in rules))
    if "source" in about:
        return sources(config)
    ofsted = (OFSTED,) if about & OF_REPORTS else ()
    urns = frozenset[str]().union(*(each.urns for each in rules if "news" in each.rule.about))
    covered = {news.name: {one.urn for one in config.resolve(news.covers)} for news in config.sources.news}
    return (*ofsted, *(name for name, patch in covered.items() if urns and (not patch or patch & urns)))


def spelling(config: Config) -> dict[str, str]:
    """How the config spells each address first, by the address without capitals: one recipient has one."""
    every = [address for rule in reversed(config.alerts) for address in reversed(rule.to)]
    return {address.casefold(): address for address in every}


def channel(config: Config) -> str:
    """By what mails leave, as `deliveries.channel` has it."""
    return "smtp" if config.mail.host else "eml"
