"""config.yaml, checked: unknown keys are refused, and every error names the file, the line and the key.

In: the file. Out: a `Config` that cannot be changed. Leaves no rows.
"""

from monitor.config.addresses import mail_address
from monitor.config.config_file import read_config_file
from monitor.config.how_often import INTERVALS, OFSTED, interval, seen_every, sources, unseen_for, wait_of
from monitor.config.kinds import Duration
from monitor.config.loading import load_config
from monitor.config.model import WEEKDAYS, AlertRule, Config, Mail, NewsSource, Sources, When
from monitor.config.refusals import is_loopback, refuse_placeholders
from monitor.config.second_reader import SecondReader

__all__ = [
    "INTERVALS",
    "OFSTED",
    "WEEKDAYS",
    "AlertRule",
    "Config",
    "Duration",
    "Mail",
    "NewsSource",
    "SecondReader",
    "Sources",
    "When",
    "interval",
    "is_loopback",
    "load_config",
    "mail_address",
    "read_config_file",
    "refuse_placeholders",
    "seen_every",
    "sources",
    "unseen_for",
    "wait_of",
]
