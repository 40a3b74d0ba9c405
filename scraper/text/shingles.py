"""The runs of three words of a text, as hashes: enough to see that two outlets print the same copy, not enough to read it."""

import re
import struct
from collections.abc import Set as AbstractSet
from hashlib import blake2b

RUN = 3
SMALLEST = 12
"""Below this many runs two texts can agree by chance: nothing is said about them."""


def shingles(text: str) -> frozenset[int]:
    """Hashes (signed 64 bits) of every three words in a row, whatever their case and punctuation."""
    words = re.findall(r"\w+", text.casefold().replace("’", "'").replace("'", ""))
    return frozenset(_hash(" ".join(words[start : start + RUN])) for start in range(len(words) - RUN + 1))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)


def containment(a: AbstractSet[int], b: AbstractSet[int]) -> float:
    """The share of the smaller set that is in the larger, 0..1; 0 where one is too small to tell."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller >= SMALLEST else 0.0


def pack_shingles(hashes: AbstractSet[int]) -> bytes:
    """The hashes as stored: sorted, eight bytes each, big-endian, so that equal sets are equal bytes."""
    return struct.pack(f">{len(hashes)}q", *sorted(hashes))


def unpack_shingles(stored: bytes | None) -> frozenset[int]:
    """What `pack` stored."""
    data = stored or b""
    return frozenset(struct.unpack(f">{len(data) // 8}q", data))
