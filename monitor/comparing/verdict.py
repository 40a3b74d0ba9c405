"""What the statements about an item add up to: whether it is mentioned, and how it is, each with how sure that is."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.comparing.evidence import Heard
from monitor.comparing.features import Item
from monitor.comparing.learnt import Model, chance, chances, learnt
from monitor.comparing.matching import relevance
from monitor.comparing.said import Said

STILL, IMPROVED, MIXED, NOT_MENTIONED = "still_needs_improvement", "improved", "mixed", "not_mentioned"
STATUSES = (STILL, IMPROVED, MIXED, NOT_MENTIONED)
ASKED_AGAIN = frozenset({STILL, MIXED})
"""What can be said of what is asked for again."""

A_LITTLE, LESS = 0.05, 0.02
"""What keeps a share of nothing at nothing: of all statements, and of those that decide."""

NEAREST = 0.95
"""From which relevance on a statement is on the same subject."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and how likely each is, 0 to 1, adding up to 1; `found`: the features that it rests on."""

    status: str
    likely: Mapping[str, float]
    found: Mapping[str, float]

    @property
    def confidence(self) -> float:
        """How likely the status is right."""
        return self.likely[self.status]

    @property
    def certain(self) -> bool:
        """Whether that is enough to say it."""
        return self.confidence >= learnt().certain_at


def verdict(item: Item, said: Sequence[Said], heard: Sequence[Heard], same: float, narrow: bool) -> Verdict:
    """What a report says of an item. `same`: how likely it asks for the same thing; `narrow`: it looked at a part of the services only."""
    models = learnt()
    asked = same >= models.same_at
    found = verdict_features(item, said, heard, same, asked, narrow)
    return added_up(found, models.mentioned, models.status, asked)


def added_up(found: Mapping[str, float], mentioned: Model, status: Mapping[str, Model], asked: bool) -> Verdict:
    """The verdict of these models on an item with these features; what is asked for again is not improved, nor passed over.

    How sure that is, counts: as far as it is not asked for again, everything else is as likely as it would be then.
    """
    spoken_of = chance(mentioned.score(found))
    how = chances({name: model.score(found) for name, model in status.items()})
    likely = {name: value * spoken_of for name, value in how.items()} | {NOT_MENTIONED: 1 - spoken_of}
    said = max((name for name in likely if not asked or name in ASKED_AGAIN), key=lambda name: likely[name])
    if asked:
        again, whole = found["asked again"], sum(likely[name] for name in ASKED_AGAIN) or 1.0
        likely = {
            name: (1 - again) * value + (again * value / whole if name in ASKED_AGAIN else 0.0)
            for name, value in likely.items()
        }
    return Verdict(said, likely, found)


def verdict_features(
    item: Item, said: Sequence[Said], heard: Sequence[Heard], same: float, asked: bool, narrow: bool
) -> dict[str, float]:
    """Numbers with names, of the ranked statements, of the item and of the report. `asked`: that it asks for the same thing is taken as given."""
    own = _ranked(heard) | _leaning(heard)
    on_subject = _on_subject(heard)
    headings = {one.finding.section: one.heading for one in said}
    again = float(asked)
    only = float(narrow)
    return (
        own
        | on_subject
        | _of_item(item)
        | {
            "asked again": same,
            "surely asked again": again,
            "asked again, progress": again * own["share of progress"],
            "asked again, good": again * own["share of good"],
            "asked again, praise": again * own["best praise"],
            "narrow": only,
            "narrow, bears": only * own["bears 1"],
            "narrow, all that bears": only * own["all that bears, log"],
            "narrow, good": only * own["share of good"],
            "narrow, on the subject": only * min(on_subject["on the subject"] * 6, 1.5),
            "praise in the report": _mean(one.lean for one in said),
            "heading": max((relevance(item.about, heading) for heading in headings.values()), default=0.0),
        }
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _at(values: Sequence[float], place: int) -> float:
    return values[place] if place < len(values) else 0.0


def _ranked(heard: Sequence[Heard]) -> dict[str, float]:
    decisive = sorted((one.decisive for one in heard), reverse=True)
    bears = sorted((one.bears for one in heard), reverse=True)
    first = sorted(heard, key=lambda one: -one.decisive)
    credit = [(one.said.credit - 0.5) * one.decisive for one in first]
    return (
        {f"decisive {place + 1}": _at(decisive, place) for place in range(3)}
        | {f"bears {place + 1}": _at(bears, place) for place in range(3)}
        | {f"credit {place + 1}": _at(credit, place) for place in range(3)}
        | {
            "all that decides": sum(decisive),
            "all that bears": sum(bears),
            "all that bears, log": math.log(A_LITTLE + sum(bears)),
        }
    )


def _leaning(heard: Sequence[Heard]) -> dict[str, float]:
    total = sum(one.bears for one in heard) + A_LITTLE
    sharp = sum(one.decisive**1.5 for one in heard) + LESS
    good = sum(one.bears * one.said.credit for one in heard) / total
    kinds = {
        "praise": [one for one in heard if one.said.credit == 1],
        "both": [one for one in heard if one.said.credit == 0.5],
        "wanting": [one for one in heard if one.said.credit == 0 and not one.said.ask],
        "asks": [one for one in heard if one.said.ask],
    }
    found = {
        "share of good": good,
        "share of good, decisive": sum(one.decisive**1.5 * one.said.credit for one in heard) / sharp,
        "share of progress": sum(one.bears * one.said.credit * one.said.progress for one in heard) / total,
        "spread": sum(one.bears * (one.said.credit - good) ** 2 for one in heard) / total,
    }
    for name, some in kinds.items():
        found[f"all {name}"] = sum(one.bears for one in some)
        found[f"share of {name}"] = found[f"all {name}"] / total
        found[f"best {name}"] = max((one.decisive for one in some), default=0.0)
    return found


def _on_subject(heard: Sequence[Heard]) -> dict[str, float]:
    """By the subject alone, without what was learnt of sentences: which way the nearest ones lean."""
    near = [(one.found["nearness"], one.said) for one in heard if not one.said.ask]
    best = max((how_near for how_near, _ in near), default=0.0)
    weighed = [(math.exp(6 * (how_near - best)), one) for how_near, one in near if how_near >= NEAREST]
    total = sum(weight for weight, _ in weighed)
    close = [(how_near, one) for how_near, one in near if how_near >= max(NEAREST, best - 0.3)]
    all_close = sum(how_near for how_near, _ in close)
    return {
        "nearest": best,
        "none on the subject": float(best < NEAREST),
        "good on the subject": sum(weight * one.credit for weight, one in weighed) / total if total else 0.5,
        "progress on the subject": sum(weight * one.credit * one.progress for weight, one in weighed) / total
        if total
        else 0.0,
        "good, close": sum(how_near * one.credit for how_near, one in close) / all_close if all_close else 0.5,
        "progress, close": sum(how_near * one.credit * one.progress for how_near, one in close),
        "on the subject": min(all_close, 6) / 6,
    }


def _of_item(item: Item) -> dict[str, float]:
    main = item.about.main
    return {
        "item broad": float(item.broad),
        "item without subject": float(main is None),
        "things asked": min(len(item.parts), 5) / 5,
        "item length": min(len(item.traits.stems), 60) / 60,
    }
