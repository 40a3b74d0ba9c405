"""What the daemon and its children say to each other: a plan of what is due when, and how a piece of work ended.

Of the standard library alone. All that the daemon knows of the config is the plan, so that it can be small.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

MAKE_UP_AFTER = timedelta(minutes=1)
"""How soon what was cut off is done again."""


@dataclass(frozen=True, slots=True)
class Task:
    """A crawl of one source, or a sweep, and what follows it.

    `every`: seconds; `first`: when it is due first, in UTC; `host`: whom it speaks to first, one task at a time.
    """

    name: str
    source: str
    every: float
    first: datetime
    host: str
    sweep: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What the config asks for. `text` is what the file said, which is what children go by until it is read anew; `version` changes with its meaning."""

    text: str
    version: str
    zone: str
    authorities: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """What the daemon asks for: a piece of work by its name, and `more` that it needs.

    `path` is the config's, and `text` what that said when it was read: None at the start, which reads it. `identity`: the name of the database that
    the watch was started with. `parent` is the number of the process that asks: without it nothing is done.
    """

    do: str
    path: str
    text: str | None
    identity: str | None
    parent: int
    more: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """How a piece of work ended.

    `refused`: the config cannot be used, and why. `fault`: of the database; `lost`: it is not there any more. `failed`: what went wrong and is no fault
    of the database. `died`: the child left no answer. `warned`: authorities whose page should be looked at soon. `told`: somebody could be mailed.
    """

    refused: str | None = None
    fault: str | None = None
    lost: bool = False
    failed: str | None = None
    died: str | None = None
    warned: tuple[str, ...] = ()
    identity: str | None = None
    plan: Plan | None = None
    told: bool = False

    def to_json(self) -> dict[str, Any]:
        """As a child prints it."""
        values = asdict(self)
        for task in (values["plan"] or {}).get("tasks", ()):
            task["first"] = task["first"].isoformat()
        return values


def answer_from(values: dict[str, Any]) -> Answer:
    """The answer that a child printed."""
    plan = values["plan"] and Plan(**{**values["plan"], "tasks": tuple(map(_task, values["plan"]["tasks"]))})
    return Answer(**{**values, "plan": plan, "warned": tuple(values["warned"])})


def _task(values: dict[str, Any]) -> Task:
    return Task(**{**values, "first": datetime.fromisoformat(values["first"])})
