"""What is known beforehand: the authorities with their names, and the news outlets with their feeds and patches.

In: the CSV and YAML files here. Out: `Authority` values, found by what people call them; feeds and patches. Leaves no rows.
"""

from scraper.reference.authorities import Authority, Name, find_authority, known_authorities, name_key
from scraper.reference.catalogue import feeds_for, owner_id, patch_of

__all__ = [
    "Authority",
    "Name",
    "feeds_for",
    "find_authority",
    "known_authorities",
    "name_key",
    "owner_id",
    "patch_of",
]
