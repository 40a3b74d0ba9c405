"""What speaks for a statement being about an item: numbers with names, in two steps, so that only the likelier ones cost much.

They say how far the two name the same subject, aspect, group and words, what stands around the statement, and how it compares with the
report's others. What each is worth is learnt (learnt.json).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from monitor.comparing.aspects import actors_in, aspects_in
from monitor.comparing.matching import Profile, near, profile, relevance, subject_overlap, weights, word_overlap
from monitor.comparing.meaning import Meaning, meaning_of, nearness
from monitor.comparing.near_words import Wanted, said_of
from monitor.comparing.said import Said, Traits, same_section, traits
from scraper.reports import SUBJECT_RANKS, stemmed_words, subject_catalogue

LIKELIEST = 32
"""How many statements of a report are looked at closely for one item."""

PURPOSE = re.compile(
    r"(?:, )?\b(?:so that|so as to|to ensure|in order to|including|to make sure|ensuring|such as|in particular)\b"
)
JOINED = re.compile(r"[;:•]|, and |, | and | or |\. ")


@dataclass(frozen=True, slots=True)
class Item:
    """Something asked for, ready to be looked for.

    `head` is what is wanted, without what for; `parts` are the things that it lists, each by itself; `aspects` what of them; `second` is the subject after
    the main one; `broad`: its main subject, if it has one, is a tool or an aspect of any service; `meanings`: those of the head and of each part.
    """

    text: str
    traits: Traits
    head: Wanted
    whole: Wanted
    parts: tuple[Profile, ...]
    aspects: frozenset[str]
    actors: frozenset[str]
    second: str | None
    families: frozenset[str]
    broad: bool
    meanings: tuple[Meaning, ...] = field(compare=False, repr=False)

    @property
    def about(self) -> Profile:
        """What the whole item is about."""
        return self.traits.about


@lru_cache(maxsize=2_000)
def item_of(text: str) -> Item:
    """An item taken apart."""
    head = PURPOSE.split(text)[0] or text
    parts = [part for part in JOINED.split(head) if len(part.split()) > 1] or [text]
    own, catalogue = traits(text), subject_catalogue().subjects
    main, shares = own.about.main, own.about.subjects
    return Item(
        text=text,
        traits=own,
        head=Wanted(stemmed_words(head)),
        whole=Wanted(own.stems),
        parts=tuple(profile(part) for part in parts),
        aspects=aspects_in(head) or aspects_in(text),
        actors=actors_in(text),
        second=next(iter(sorted(shares, key=lambda name: -shares[name])[1:2]), None),
        families=frozenset(catalogue[name].family for name in shares),
        broad=main is None or catalogue[main].rank >= SUBJECT_RANKS["broad"],
        meanings=tuple(meaning_of(part) for part in (head, *parts)),
    )


@dataclass(frozen=True, slots=True)
class Near:
    """How near each statement is to an item at first sight: by subject and words, by words that reports use alike, and in meaning; the most of each."""

    relevance: tuple[float, ...]
    soft: tuple[float, ...]
    meaning: tuple[float, ...]
    best: float
    softest: float
    nearest: float

    def likeliest(self) -> list[int]:
        """The places of the statements worth a closer look."""
        score = [one + other for one, other in zip(self.relevance, self.soft, strict=True)]
        around = map(max, score, [0.0, *score], [*score[1:], 0.0])
        both = [-(one + 0.3 * best) for one, best in zip(score, around, strict=True)]
        order = sorted(range(len(score)), key=both.__getitem__)
        return sorted(order[:LIKELIEST])


def first_sight(item: Item, said: Sequence[Said]) -> Near:
    """How near each statement is to an item."""
    about = item.about
    reach = frozenset[str]().union(*map(near, about.subjects))
    found = tuple(
        [0.0 if reach.isdisjoint(one.traits.about.named) else relevance(about, one.traits.about) for one in said]
    )
    soft = tuple([item.whole.found(one.traits.about.words) for one in said])
    meaning = tuple([nearness(item.traits.meaning, one.traits.meaning) for one in said])
    return Near(found, soft, meaning, *(max(each, default=0.0) for each in (found, soft, meaning)))


def features(item: Item, said: Sequence[Said], seen: Near, places: Sequence[int]) -> list[dict[str, float]]:
    """The features of the statements at these places."""
    ranks = _ranks(seen.relevance), _ranks(seen.soft)
    headings = {said[place].finding.section: said[place].heading for place in places}
    near_heading = {section: relevance(item.about, heading) for section, heading in headings.items()}
    return [
        {
            **(subjects := _subjects(item, said[place])),
            **_parts(item, said[place]),
            **_words(item, said[place], seen.soft[place]),
            **_who_and_what_of(item, said[place], subjects["subject"]),
            **_around(said, seen, place),
            **_standing(seen, ranks, place),
            **_meaning(item, said[place], seen, place),
            **_itself(said[place]),
            "heading": near_heading[said[place].finding.section],
        }
        for place in places
    ]


def _ranks(values: Sequence[float]) -> list[int]:
    ranks = [0] * len(values)
    for rank, place in enumerate(sorted(range(len(values)), key=lambda place: -values[place])):
        ranks[place] = rank
    return ranks


def _subjects(item: Item, said: Said) -> dict[str, float]:
    mine, theirs = item.about, said.traits.about
    main, own = mine.main, theirs.main
    catalogue = subject_catalogue().subjects
    named = theirs.named.get(main, 0.0) if main else 0.0
    shared = subject_overlap(mine.subjects, theirs.named)
    beside = near(main) if main else {}
    return {
        "subject": shared,
        "subject again": subject_overlap(mine.subjects, theirs.subjects),
        "main subject": named,
        "main subject, broad": named * item.broad,
        "near the main subject": max(
            [value * beside[name] for name, value in theirs.named.items() if name in beside and name != main],
            default=0.0,
        ),
        "second subject": theirs.named.get(item.second, 0.0) if item.second else 0.0,
        "its main subject": mine.subjects.get(own, 0.0) if own else 0.0,
        "same family": float(own is not None and catalogue[own].family in item.families),
        "subjects covered": _share(mine.subjects, theirs.named),
        "of its subjects": _share(theirs.subjects, mine.subjects),
        "no subject shared": float(shared == 0),
    }


def _share(whole: Mapping[str, float], found: Mapping[str, float]) -> float:
    total = sum(whole.values())
    return sum([value for name, value in whole.items() if name in found]) / total if total else 0.0


def _parts(item: Item, said: Said) -> dict[str, float]:
    """By the thing that the item lists which is nearest."""
    theirs, much = said.traits.about, weights()["said"]["words"]
    shared = [(subject_overlap(part.subjects, theirs.named), word_overlap(part, theirs)) for part in item.parts]
    return {
        "best part": max(subject + much * words if subject else 0.0 for subject, words in shared),
        "words of the best part": max(words for _, words in shared),
    }


def _words(item: Item, said: Said, soft: float) -> dict[str, float]:
    mine, theirs = item.traits, said.traits
    their_words = theirs.about.words
    cosine = word_overlap(mine.about, theirs.about)
    shared = [weight for word, weight in mine.words.items() if word in their_words]
    return {
        "words": cosine,
        "words, broad": cosine * item.broad,
        "words near": soft,
        "words near the head": item.head.found(their_words),
        "its words near": said_of(item.whole, their_words),
        "rarest word": max(shared, default=0.0) / 7,
        "words shared": sum(shared) / 10,
        "pairs of words": min(len(mine.pairs & theirs.pairs), 3) / 3,
    }


def _who_and_what_of(item: Item, said: Said, subject: float) -> dict[str, float]:
    """What of the thing, by whom, for whom: shared or another, alone and as far as the subject is shared."""
    groups = item.about.groups, said.traits.about.groups
    named = groups[1] | said.heading.groups
    wanted, spoken_of = item.aspects, said.aspects
    aspect, other_aspect = _agree(wanted, spoken_of)
    actor, other_actor = _agree(item.actors, said.actors)
    group, other_group = _agree(*groups)
    by_heading, other_by_heading = _agree(groups[0], named)
    return {
        "same group": group,
        "same group, by heading": by_heading,
        "other group": other_group,
        "other group, by heading": other_by_heading,
        "a group, none asked": float(bool(groups[1] and not groups[0])),
        "same aspect": aspect,
        "other aspect": other_aspect,
        "no aspect": float(not spoken_of),
        "aspects covered": len(wanted & spoken_of) / max(1, len(wanted)),
        "same actor": actor,
        "other actor": other_actor,
        "subject and aspect": subject * aspect,
        "subject, other aspect": subject * other_aspect,
        "subject and group": subject * by_heading,
        "subject, other group": subject * other_by_heading,
        "subject and actor": subject * actor,
    }


def _agree(wanted: frozenset[str], found: frozenset[str]) -> tuple[float, float]:
    """(whether both name one, whether each names only others)."""
    if not wanted or not found:
        return 0.0, 0.0
    return (0.0, 1.0) if wanted.isdisjoint(found) else (1.0, 0.0)


def _around(said: Sequence[Said], seen: Near, place: int) -> dict[str, float]:
    steps = [step for step in range(-5, 6) if step and same_section(said, place, place + step)]
    at = {step: seen.relevance[place + step] for step in steps}
    before, after, own = at.get(-1, 0.0), at.get(1, 0.0), said[place].traits
    beside = max(before, after)
    window = max(beside, at.get(-2, 0.0), at.get(2, 0.0))
    return {
        "before": before,
        "after": after,
        "around": window,
        "wider around": max(at.values(), default=0.0),
        "leans on": own.leans * before,
        "nameless beside": float(not own.about.named) * beside,
        "weak beside": float(seen.relevance[place] < 0.8) * window,
        "words near, beside": max([seen.soft[place + step] for step in (-1, 1) if step in at], default=0.0),
    }


def _standing(seen: Near, ranks: tuple[list[int], list[int]], place: int) -> dict[str, float]:
    best = seen.best
    return {
        "nearness": seen.relevance[place],
        "of the nearest": seen.relevance[place] / best if best else 0.0,
        "behind the nearest": seen.relevance[place] - best,
        "rank": 1 / (1 + ranks[0][place]),
        "of the first three": float(ranks[0][place] < 3),
        "of the first ten": float(ranks[0][place] < 10),
        "rank by words near": 1 / (1 + ranks[1][place]),
        "behind by words near": seen.soft[place] - seen.softest,
    }


def _meaning(item: Item, said: Said, seen: Near, place: int) -> dict[str, float]:
    head, *parts = [nearness(meaning, said.traits.meaning) for meaning in item.meanings]
    return {
        "meaning": seen.meaning[place],
        "meaning of the head": head,
        "meaning of the best part": max(parts),
        "behind in meaning": seen.meaning[place] - seen.nearest,
    }


def _itself(said: Said) -> dict[str, float]:
    own = said.traits
    return {
        "asked for": float(said.ask),
        "praise": float(said.credit == 1),
        "two sides": float(said.two_sided),
        "progress": float(said.progress),
        "leans": float(own.leans),
        "length": min(len(own.stems), 60) / 60,
        "subjects named": min(len(own.about.named), 6) / 6,
        "no subject": float(not own.about.named),
        "place": said.place,
    }
