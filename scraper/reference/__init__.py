"""What is known beforehand: authorities with their names, news outlets with their feeds and patches, the calendar, addresses.

Also how a file of rules is read and checked. In: CSV, YAML and JSON files; days, times and addresses as strangers write them.
Out: `Authority` values, found by what people call them; feeds and patches; the rules of a file as the shape that its room
asks for; days, times and addresses that can be. Leaves no rows.
"""

from scraper.reference.addresses import address_parts, entry_address, slug_words, web_address
from scraper.reference.authorities import KINDS, Authority, Name, authority_named, known_authorities, name_key
from scraper.reference.calendar import (
    LONDON,
    MONTH,
    MONTHS,
    ORDINALS,
    Days,
    day_of,
    day_runs,
    is_one_day,
    last_such_month,
    london_day,
    month_number,
    months_in,
    ordinal_number,
    span_of,
    stored_day,
)
from scraper.reference.catalogue import feeds_for, outlets, owner_id, patch_of, publisher_of, site_of
from scraper.reference.gazetteer import LISTS, Gazetteer, everywhere, find_authority, gazetteer, with_all_others
from scraper.reference.ofsted_addresses import file_number, is_ofsteds, linked_reports, provider_urn
from scraper.reference.pdf_bytes import is_cut, is_pdf
from scraper.reference.rule_files import (
    Flag,
    Number,
    RuleFile,
    RuleModel,
    Text,
    Texts,
    Words,
    meant,
    not_both,
    read_rules,
)
from scraper.reference.times import believable, last_moment, read_time, whole_days, written_time
from scraper.reference.yaml_lines import NotYaml, Place, line_of, load_with_lines

__all__ = [
    "KINDS",
    "LISTS",
    "LONDON",
    "MONTH",
    "MONTHS",
    "ORDINALS",
    "Authority",
    "Days",
    "Flag",
    "Gazetteer",
    "Name",
    "NotYaml",
    "Number",
    "Place",
    "RuleFile",
    "RuleModel",
    "Text",
    "Texts",
    "Words",
    "address_parts",
    "authority_named",
    "believable",
    "day_of",
    "day_runs",
    "entry_address",
    "everywhere",
    "feeds_for",
    "file_number",
    "find_authority",
    "gazetteer",
    "is_cut",
    "is_ofsteds",
    "is_one_day",
    "is_pdf",
    "known_authorities",
    "last_moment",
    "last_such_month",
    "line_of",
    "linked_reports",
    "load_with_lines",
    "london_day",
    "meant",
    "month_number",
    "months_in",
    "name_key",
    "not_both",
    "ordinal_number",
    "outlets",
    "owner_id",
    "patch_of",
    "provider_urn",
    "publisher_of",
    "read_rules",
    "read_time",
    "site_of",
    "slug_words",
    "span_of",
    "stored_day",
    "web_address",
    "whole_days",
    "with_all_others",
    "written_time",
]
