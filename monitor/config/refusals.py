"""What a config may not say although each key of it is good: values that would do nothing, or another thing than they seem to.

Each is told with its place in the file and what to do.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Any, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel

from monitor.config.config_file import ConfigError
from monitor.config.model import EVEN_IF_NOTHING, AlertRule, Config, ExtraAuthority, NewsSource
from scraper.reference import Place, find_authority, known_authorities, meant

Wrong = tuple[Place, str]

TAKEN = "the built-in list has {name!r} with URN {urn}; where this one takes its place, add `replaces: {urn}`, else give it a name of its own"
OWN_NAMES = {
    "ofsted",
    "mail",
    "daemon",
    "read",
    "compare",
    "conclude",
    "crawl",
    "database",
    "watch",
    "secondreader",
    "all",
}
"""What the watch calls its own sources, and its parts in `issues`, alerts and locks."""
NEED_HOST = ("port", "security", "username", "password_env", "password_file", "ca_file")
PATHS = ("data", "password_file", "ca_file")
SECRETS: dict[Place, str] = {
    ("mail", "password"): "; the password is never in this file: name it with `password_env` or `password_file`",
    (
        "compare",
        "second_reader",
        "key",
    ): "; the key is never in this file: name its environment variable with `key_env`",
}
PLACEHOLDER = re.compile(r"(?:.+\.)?(?:example\.(?:org|com|net)|example|invalid|test)", re.IGNORECASE)


def wrong_values(config: Config) -> Iterator[Wrong]:
    """What is to be refused in a config, each with its place in the file."""
    yield from _authorities(config)
    yield from _unknown_names(config)
    yield from _news(config.sources.news)
    yield from _rules(config)
    yield from _mail(config)
    yield from _second_reader(config)
    yield from _paths(config)


def _unknown_names(config: Config) -> Iterator[Wrong]:
    for at, name in _authority_names(config):
        if name != "all" and not find_authority(name, config.known):
            hint = (
                meant(name, [authority.name for authority in config.known])
                or "; write it as Ofsted does, or give its URN"
            )
            yield at, f"no authority is called {name!r}{hint}"


def _authority_names(config: Config) -> Iterator[tuple[Place, str]]:
    places: list[tuple[Place, Sequence[str]]] = [(("watch",), config.watch)]
    places += [(("sources", "news", i, "covers"), source.covers) for i, source in enumerate(config.sources.news)]
    places += [(("alerts", i, "watch"), rule.watch or ()) for i, rule in enumerate(config.alerts)]
    for at, names in places:
        yield from (((*at, index), name) for index, name in enumerate(names))


def _authorities(config: Config) -> Iterator[Wrong]:
    for index, extra in enumerate(config.authorities):
        wrong = (*_taken_names(extra), *_taken_urns(extra), *_like_others(extra, config.authorities[:index]))
        yield from ((("authorities", index, key), said) for key, said in wrong)


def _taken_names(extra: ExtraAuthority) -> Iterator[tuple[str, str]]:
    for key, name in (("name", extra.name), *(("aliases", alias) for alias in extra.aliases)):
        if name.casefold() == "all":
            yield key, "`all` is what all authorities are called; give it another name"
        taken = find_authority(name, known_authorities())
        if taken and taken.urn not in (extra.urn, extra.replaces):
            yield key, TAKEN.format(name=taken.name, urn=taken.urn)


def _taken_urns(extra: ExtraAuthority) -> Iterator[tuple[str, str]]:
    built_in = {one.urn for one in known_authorities()}
    if extra.urn in built_in and extra.urn != extra.replaces:
        yield "urn", f"the built-in list has this URN; where this one takes its place, add `replaces: {extra.urn}`"
    if extra.replaces and extra.replaces not in built_in:
        yield "replaces", f"no built-in authority has the URN {extra.replaces}"


def _like_others(extra: ExtraAuthority, others: Sequence[ExtraAuthority]) -> Iterator[tuple[str, str]]:
    for other in others:
        if other.urn == extra.urn:
            yield "urn", f"{other.name!r} has this URN too"
        theirs = {same_name(name): name for name in (other.name, *other.aliases)}
        both = [theirs[key] for name in (extra.name, *extra.aliases) if (key := same_name(name)) in theirs]
        yield from (("name", f"another authority is called {name!r} too") for name in both)


def same_name(name: str) -> str:
    """What is left of a name for people: letters and digits, whatever their case; two names with the same are one to them."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _news(news: Sequence[NewsSource]) -> Iterator[Wrong]:
    for index, source in enumerate(news):
        at = ("sources", "news", index)
        key = same_name(source.name)
        alike = [before.name for before in news[:index] if same_name(before.name) == key]
        if not key:
            yield (*at, "name"), f"{source.name!r} has no letter and no digit; give it a name"
        elif key in OWN_NAMES:
            yield (
                (*at, "name"),
                f"{source.name!r} is what the watch calls another source or a part of its own; give this one another name",
            )
        elif alike:
            yield (
                (*at, "name"),
                f"another source is called {alike[0]!r} too; capitals and punctuation do not tell two apart",
            )
        if source.address in [before.address for before in news[:index]]:
            key = "feed" if source.feed else "page"
            yield (*at, key), f"another source has this {key} too"


def _rules(config: Config) -> Iterator[Wrong]:
    watched = set(config.watched)
    for index, rule in enumerate(config.alerts):
        at = ("alerts", index)
        if not rule.about:
            yield (
                (*at, "about"),
                "it is about nothing: leave `about` out for everything but `source`, or take the rule out",
            )
        if rule.about == {"source"} and rule.watch:
            yield (*at, "watch"), "it does nothing in a rule that is about `source` alone: take it out"
        if rule.about == {"news"} and not config.sources.news:
            yield (
                (*at, "about"),
                "no news source is configured, so that nobody would be told: add one under `sources: news`",
            )
        yield from (((*at, key), said) for key, said in _of_nothing(rule))
        for place, name in enumerate(rule.watch or ()):
            found = find_authority(name, config.known)
            if name != "all" and found and found not in watched:
                yield (
                    (*at, "watch", place),
                    f"{found.name} is not watched: add it to `watch` at the top, or take it out here",
                )


def _of_nothing(rule: AlertRule) -> Iterator[tuple[str, str]]:
    if rule.watch == ():
        yield "watch", "it names nobody: leave `watch` out for all that are watched, or take the rule out"
    if rule.even_if_nothing and rule.when.digest is None:
        yield (
            "when",
            f"`{EVEN_IF_NOTHING}` belongs to a digest: write `daily 08:00, {EVEN_IF_NOTHING}` or `weekly monday 08:00, {EVEN_IF_NOTHING}`",
        )


def _mail(config: Config) -> Iterator[Wrong]:
    mail, given = config.mail, config.mail.model_fields_set
    if mail.host is not None and not mail.host.strip():
        yield ("mail", "host"), "it is empty: name the mail server, or leave `host` out to have each mail as a file"
    if mail.host is None:
        yield from (
            (("mail", key), "it does nothing without `host`: name the mail server, or take this out")
            for key in NEED_HOST
            if key in given
        )
        return
    passwords = [key for key in ("password_env", "password_file") if getattr(mail, key)]
    if len(passwords) > 1:
        yield ("mail", "password_file"), "give `password_env` or `password_file`, and not both"
    if passwords and not mail.username:
        yield ("mail", passwords[0]), "a password does nothing without `username`: add it, or take this out"
    if mail.username and not passwords:
        yield ("mail", "username"), "its password is missing: name it with `password_env` or `password_file`"
    if mail.username and mail.security == "none" and not is_loopback(mail.host):
        yield (
            ("mail", "username"),
            "the password would go through the network unencrypted: set `security: starttls` or `tls`",
        )
    if mail.ca_file and mail.security == "none":
        yield ("mail", "ca_file"), "it does nothing with `security: none`: set `starttls` or `tls`, or take this out"


def _second_reader(config: Config) -> Iterator[Wrong]:
    reader = config.compare.second_reader
    parts = urlsplit(reader.url) if reader else None
    if reader and reader.key_env and parts and parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        at = ("compare", "second_reader", "key_env")
        yield at, "the key would go through the network unencrypted: give an address that begins with https://"


def _paths(config: Config) -> Iterator[Wrong]:
    for key in PATHS:
        at: Place = (key,) if key == "data" else ("mail", key)
        path = config.data if key == "data" else getattr(config.mail, key)
        if path is not None and "$" in str(path):
            yield at, "variables are not filled in here: write the path as it is; ~ is the home folder"


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def unknown_key(at: Place) -> str:
    """What to say of a key that is not known: the nearest one, and all that there are at its place."""
    known = _keys(at[:-1])
    return f"no such key is known{SECRETS.get(at) or meant(str(at[-1]), known)}; there are: {', '.join(known)}"


def _keys(at: Place) -> list[str]:
    model: type[BaseModel] = Config
    for part in at:
        if field := model.model_fields.get(str(part)):
            model = next(filter(_is_part, (field.annotation, *get_args(field.annotation))), model)
    return [field.alias or name for name, field in model.model_fields.items()]


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def refuse_placeholders(config: Config) -> None:
    """Raise `ConfigError` where the config still has an invented address and strangers would see it."""
    wrong = []
    asked = [config.sources.ofsted.url, *(news.address for news in config.sources.news)]
    if _is_placeholder(config.contact) and not all(is_loopback(urlsplit(url).hostname or "") for url in asked):
        wrong.append(
            f"contact: {config.contact} is a placeholder: write your own address, to which a site can write instead of blocking you"
        )
    if config.mail.host and not is_loopback(config.mail.host) and _is_placeholder(config.mail.sender):
        wrong.append(
            f"mail.from: {config.mail.sender} is a placeholder: write an address that your mail server sends for"
        )
    if wrong:
        raise ConfigError("\n".join(wrong))


def _is_placeholder(address: str) -> bool:
    return PLACEHOLDER.fullmatch(address.rpartition("@")[2]) is not None
