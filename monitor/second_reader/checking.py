"""What counts as an answer: one of four words, and sentences that were asked about, word for word. Pure."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from monitor.second_reader.values import SILENT, STATUSES, Answer, Question, Refused

THOUGHT = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
THINKS = re.compile(r"<(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
BETWEEN_WORDS = re.compile(r"[\s_-]+")
STRAIGHT = str.maketrans(dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"'))  # noqa: RUF001
DECODER = json.JSONDecoder()
PART = 6
"""So many words of a sentence, side by side, stand for it."""
MOST = 3
SHOWN = 100
"""Characters of what a model says that are told to people."""


def checked(question: Question, raw: str, model: str) -> Answer | Refused:
    """A model's text as an answer to the question; refused as a whole where any of it is not as it was asked for."""
    told = _only_object(raw)
    if isinstance(told, Refused):
        return told
    status = _status(told.get("status"))
    if status is None:
        return _refused(f"it gives none of the four statuses, but {_shown(told.get('status'))}")
    places = _places(question.sentences, told.get("sentences"))
    if isinstance(places, Refused):
        return places
    if not places and status != SILENT:
        return _refused(f"it says {status!r} and names no sentence")
    if len(places) > MOST:
        return _refused(f"it names {len(places)} sentences, and {MOST} are the most")
    return Answer(status, places, model)


def _only_object(raw: str) -> dict[str, Any] | Refused:
    """The JSON object of a text that has one, after what the model thought."""
    said = THOUGHT.split(raw)[-1]
    if THINKS.search(said):
        return _refused("it did not come to the end of its thoughts")
    found = list(_objects(said))
    if len(found) == 1:
        return found[0]
    return _refused(f"it has {len(found)} JSON objects, and one is expected: {_shown(said.strip())}")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Each JSON object of a text that lies in no other."""
    at = text.find("{")
    while at >= 0:
        try:
            found, end = DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            yield found
        at = text.find("{", end)


def _status(said: object) -> str | None:
    word = BETWEEN_WORDS.sub("_", said.strip().lower()) if isinstance(said, str) else ""
    return word if word in STATUSES else None


def _places(sentences: Sequence[str], quoted: object) -> tuple[int, ...] | Refused:
    """Where the quoted sentences stand, each place once."""
    if not isinstance(quoted, list | None) or not all(isinstance(one, str) for one in quoted or ()):
        return _refused(f"its sentences are no list of texts, but {_shown(quoted)}")
    known = [wording(sentence) for sentence in sentences]
    found = {quote: _place(known, wording(quote)) for quote in quoted or ()}
    for quote, place in found.items():
        if place is None:
            return _refused(f"it names a sentence that does not stand there: {_shown(quote)}")
    return tuple(dict.fromkeys(place for place in found.values() if place is not None))


def _place(known: Sequence[str], quote: str) -> int | None:
    """The sentence that this is, else the first that it is a part of; None where there is none."""
    if quote and quote in known:
        return known.index(quote)
    long_enough = len(quote.split()) >= PART
    return next((place for place, one in enumerate(known) if long_enough and _is_part(quote, one)), None)


def _is_part(quote: str, sentence: str) -> bool:
    """Whether a text stands in a sentence and is cut nowhere inside a word."""
    at = sentence.find(quote)
    while at >= 0:
        before, after = sentence[:at][-1:], sentence[at + len(quote) :][:1]
        if not (_in_word(before) and _in_word(quote[0])) and not (_in_word(after) and _in_word(quote[-1])):
            return True
        at = sentence.find(quote, at + 1)
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or (character != "" and character in "'-")


def wording(text: str) -> str:
    """What of a sentence has to be the same: all but the shape of its quotation marks, its spaces and its last full stop."""
    return " ".join(text.translate(STRAIGHT).split()).removesuffix(".").rstrip()


def _refused(reason: str) -> Refused:
    return Refused(reason, answered=True)


def _shown(said: object) -> str:
    text = said if isinstance(said, str) else json.dumps(said)
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")
