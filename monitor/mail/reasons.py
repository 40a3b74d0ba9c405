"""Why a recipient gets a mail: the rules of the config that name them, in words."""

from monitor.config import WEEKDAYS, AlertRule, Config
from monitor.facts import phrases

ABOUT = {
    "report": "new reports",
    "amended": "amended reports",
    "withdrawn": "withdrawn reports",
    "news": "news",
    "source": "faults of the watch",
}


def reasons(config: Config, recipient: str) -> tuple[str, ...]:
    """One phrase a rule: `about new reports and news of Buckinghamshire, at once`."""
    mine = [rule for rule in config.alerts if recipient.casefold() in {address.casefold() for address in rule.to}]
    return tuple(_reason(config, rule) for rule in mine) or ("by a rule that is not in config.yaml any more",)


def _reason(config: Config, rule: AlertRule) -> str:
    about = phrases.listed([words for key, words in ABOUT.items() if key in rule.about])
    if rule.about == {"source"}:
        return f"about {about}, {_when(rule)}"
    every = "all" in (rule.watch or config.watch)
    names = (
        "all authorities"
        if every
        else phrases.listed([one.name for one in config.resolve(rule.watch or config.watch)], 6)
    )
    return f"about {about} of {names}, {_when(rule)}"


def _when(rule: AlertRule) -> str:
    when = rule.when
    if when.kind == "now":
        return "at once"
    clock = f"{when.hour:02}:{when.minute:02}"
    at = f"daily at {clock}" if when.weekday is None else f"weekly on {WEEKDAYS[when.weekday].capitalize()} at {clock}"
    return f"{at}, even if there is nothing" if rule.even_if_nothing else at
