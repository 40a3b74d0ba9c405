"""What is known beforehand: the authorities with their names, and the news outlets with their feeds and patches.

Also how a file of rules is read and checked. In: CSV, YAML and JSON files. Out: `Authority` values, found by what people call
them; feeds and patches; the rules of a file as the shape that its room asks for. Leaves no rows.
"""

from scraper.reference.authorities import KINDS, Authority, Name, find_authority, known_authorities, name_key
from scraper.reference.catalogue import feeds_for, owner_id, patch_of
from scraper.reference.rule_files import (
    Flag,
    Number,
    Place,
    RuleFile,
    RuleModel,
    Text,
    Texts,
    Words,
    meant,
    not_both,
    read_rules,
)

__all__ = [
    "KINDS",
    "Authority",
    "Flag",
    "Name",
    "Number",
    "Place",
    "RuleFile",
    "RuleModel",
    "Text",
    "Texts",
    "Words",
    "feeds_for",
    "find_authority",
    "known_authorities",
    "meant",
    "name_key",
    "not_both",
    "owner_id",
    "patch_of",
    "read_rules",
]
