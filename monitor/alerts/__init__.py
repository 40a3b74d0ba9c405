"""What is worth telling, each thing once, and who is told of it, when.

In: what crawls, readings, comparisons and links have stored. Out: items for a letter. Leaves `alerts`, `deliveries`, `source_health`, `config_file`.
"""

from monitor.alerts.items import Item, ReportItem, SourceItem, StoryItem
from monitor.alerts.new_alert import NewAlert
from monitor.alerts.one_config import claim_data
from monitor.alerts.raising import insert_alert, make_deliveries, raise_alerts, unwanted
from monitor.alerts.stored import Facts, items_of

__all__ = [
    "Facts",
    "Item",
    "NewAlert",
    "ReportItem",
    "SourceItem",
    "StoryItem",
    "claim_data",
    "insert_alert",
    "items_of",
    "make_deliveries",
    "raise_alerts",
    "unwanted",
]
