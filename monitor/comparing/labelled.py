"""What readers said, as labelled pairs of reports: the shape in which pairs read by hand are kept, to which a comparer can be fitted."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from monitor.comparing.corrections import Said, corrections, said_of
from monitor.comparing.judged import Correction, Key, item_key
from monitor.comparing.outcomes import asks_of
from monitor.database import rows
from monitor.reading import Stored, Visit, stored_reading, visits_of

SAME = """
SELECT earlier_finding_id AS earlier, finding_id AS later FROM comparisons
WHERE report_id = :report AND earlier_finding_id IS NOT NULL AND finding_id IS NOT NULL
UNION ALL SELECT earlier_finding_id, finding_id FROM comparisons_also WHERE report_id = :report
"""


def labelled_pairs(db: Database) -> Iterator[dict[str, Any]]:
    """A pair of reports a row, of those that are listed and read: the items of both, and of the earlier ones that readers judged the status.

    `matches` has what is asked for again of these; of what nobody judged nothing is said. `was`: what this program had made of it.
    """
    known = {visit.report_id: visit for visit in visits_of(db)}
    pairs: dict[tuple[int, int | None], list[Said]] = {}
    for one in corrections(db):
        if one.counts and one.status:
            pairs.setdefault((one.of.report_id, one.of.key[0]), []).append(one)
    for (later, earlier), said in sorted(pairs.items()):
        if earlier in known and later in known:
            yield _pair(db, known[earlier], known[later], said)


def _pair(db: Database, earlier: Visit, later: Visit, said: Sequence[Said]) -> dict[str, Any]:
    before, now = stored_reading(db, earlier), stored_reading(db, later)
    items, asks = _numbers(before), _numbers(now)
    texts = [finding.text for finding in asks_of(before.reading)]
    numbers = {item_key(text): place for place, text in reversed(list(enumerate(texts, 1)))}
    for one in said:  # an item may read otherwise now
        if numbers.setdefault(one.of.key[1], len(texts) + 1) > len(texts):
            texts.append(one.of.text)
    heard = said_of(db, later.report_id)
    judged = {numbers[one.of.key[1]]: one for one in said}
    same = [(items.get(row["earlier"]), asks.get(row["later"])) for row in rows(db, SAME, {"report": later.report_id})]
    return {
        "earlier": _stem(earlier),
        "later": _stem(later),
        "earlier_url": earlier.url,
        "later_url": later.url,
        "earlier_kind": earlier.kind,
        "later_kind": later.kind,
        "earlier_items": _items(texts),
        "later_items": _items([finding.text for finding in asks_of(now.reading)]),
        "matches": [[one, other, "same"] for one, other in same if one in judged and other],
        "status": [_status(place, one, heard) for place, one in sorted(judged.items())],
    }


def _numbers(own: Stored) -> dict[int, int]:
    """The place of each of a report's asks, from 1, by the row of its finding."""
    return {own.id_of(finding): place for place, finding in enumerate(asks_of(own.reading), 1)}


def _items(texts: Sequence[str]) -> list[dict[str, Any]]:
    return [{"n": place, "text": text} for place, text in enumerate(texts, 1)]


def _status(place: int, one: Said, heard: dict[Key, Correction]) -> dict[str, Any]:
    shown = heard[one.of.key].evidence
    return {
        "earlier_n": place,
        "status": one.status,
        "evidence": one.sentence if shown else None,
        "page": shown[0].page if shown else None,
        "sure": True,
        "by": one.by,
        "was": one.of.status,
    }


def _stem(visit: Visit) -> str:
    return f"{visit.kind}__{visit.urn}__{visit.when}"
