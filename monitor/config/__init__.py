"""config.yaml, checked: unknown keys are refused, and every error names the file, the line and the key.

In: the file. Out: a `Config` that cannot be changed. Leaves no rows.
"""

from monitor.config.addresses import mail_address
from monitor.config.model import WEEKDAYS, AlertRule, Config, Mail, NewsSource, Sources, When, load_config

__all__ = ["WEEKDAYS", "AlertRule", "Config", "Mail", "NewsSource", "Sources", "When", "load_config", "mail_address"]
