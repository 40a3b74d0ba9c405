"""Text as strangers write it: mended, compared, taken apart, and whether two texts are one. Pure, and light enough for every process.

In: a headline, a name, a whole article. Out: the same as its writer meant it; its words, sentences and lede; hashes of what it says. Leaves no rows.
"""

from scraper.text.characters import CONTROLS, compared, mended, storable, without_controls
from scraper.text.counting import counted
from scraper.text.headlines import alike, words_of
from scraper.text.shingles import SMALLEST, containment, pack_shingles, shingles, unpack_shingles
from scraper.text.wording import lede, plain, plain_words, sentences

__all__ = [
    "CONTROLS",
    "SMALLEST",
    "alike",
    "compared",
    "containment",
    "counted",
    "lede",
    "mended",
    "pack_shingles",
    "plain",
    "plain_words",
    "sentences",
    "shingles",
    "storable",
    "unpack_shingles",
    "without_controls",
    "words_of",
]
