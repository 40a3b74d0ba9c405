"""What is known beforehand: the authorities with their names, the news outlets with their feeds and patches, the calendar.

Also how a file of rules is read and checked. In: CSV, YAML and JSON files; days and times as strangers write them.
Out: `Authority` values, found by what people call them; feeds and patches; the rules of a file as the shape that its room
asks for; dates, and times that can be. Leaves no rows.
"""

from scraper.reference.authorities import KINDS, Authority, Name, find_authority, known_authorities, name_key
from scraper.reference.calendar import LONDON, london_day, stored_day
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
from scraper.reference.times import believable, read_time, written_time

__all__ = [
    "KINDS",
    "LONDON",
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
    "believable",
    "feeds_for",
    "find_authority",
    "known_authorities",
    "london_day",
    "meant",
    "name_key",
    "not_both",
    "owner_id",
    "patch_of",
    "read_rules",
    "read_time",
    "stored_day",
    "written_time",
]
