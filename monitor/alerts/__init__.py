"""What is worth telling, each thing once, and who is told of it, when.

In: what crawls, readings, comparisons and links have stored. Out: items for a letter. Leaves `alerts`, `deliveries`, `source_health`, `config_file`.
"""

from monitor.alerts.audience import Audience, of_digest
from monitor.alerts.even_if_nothing import TOLD_WITHIN, WATCHING, announce, unsettled
from monitor.alerts.items import Item, ReportItem, SourceItem, StoryItem
from monitor.alerts.looks import Gap, SourceLooks
from monitor.alerts.new_alert import NewAlert, insert_alert
from monitor.alerts.one_config import claim_data
from monitor.alerts.raising import make_deliveries, raise_alerts, unwanted
from monitor.alerts.stored import Facts, items_of
from monitor.alerts.watching import Quiet, Watch, begin_of, begun_at, quiet_of, watch_of

__all__ = [
    "TOLD_WITHIN",
    "WATCHING",
    "Audience",
    "Facts",
    "Gap",
    "Item",
    "NewAlert",
    "Quiet",
    "ReportItem",
    "SourceItem",
    "SourceLooks",
    "StoryItem",
    "Watch",
    "announce",
    "begin_of",
    "begun_at",
    "claim_data",
    "insert_alert",
    "items_of",
    "make_deliveries",
    "of_digest",
    "quiet_of",
    "raise_alerts",
    "unsettled",
    "unwanted",
    "watch_of",
]
