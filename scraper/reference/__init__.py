"""What is known beforehand: the authorities with their names, and the news outlets with their feeds and patches.

In: the CSV and YAML files here. Out: `Authority` and `Outlet` values, found by what people call them. Leaves no rows.
"""

from scraper.reference.authorities import Authority, Name, find_authority, known_authorities, name_key
from scraper.reference.catalogue import Outlet, feeds_for, outlets, owner_id, patch_of

__all__ = [
    "Authority",
    "Name",
    "Outlet",
    "feeds_for",
    "find_authority",
    "known_authorities",
    "name_key",
    "outlets",
    "owner_id",
    "patch_of",
]
