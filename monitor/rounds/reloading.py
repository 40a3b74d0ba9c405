"""The config read anew while the watch runs: a good one takes over, a bad one is told and the one before goes on."""

import logging
from contextlib import closing
from pathlib import Path

from monitor.config import Config, load_config, read_config_file, refuse_placeholders
from monitor.database import connect, heal_issue, note_issue
from monitor.errors import UserError
from monitor.orders import Plan
from monitor.rounds.crawls import Clock
from monitor.rounds.round import tell
from monitor.rounds.schedule import plan_of
from monitor.rounds.stopping import Stop

log = logging.getLogger(__name__)
KEY = "config"
"""The key of the issue."""
MOVED = "{path}: names the data folder {new}, and the watch runs on {old}: that takes a restart"


def reloaded(config: Config, path: Path, clock: Clock) -> Plan | None:
    """The plan of what the file says now, or None where it is refused, which the log and the operators are told."""
    try:
        text = read_config_file(path)
        new = _checked(path, text, config.data)
    except UserError as error:
        log.warning("the config is refused, and the one before goes on: %s", error)
        with closing(connect(config.data)) as db:
            said = f"{path} was read anew and is refused, so that the config before goes on: {error}"
            note_issue(db, "config", "error", said[:1000], clock(), key=KEY)
        tell(config, clock, Stop(), looking=True)
        return None
    with closing(connect(config.data)) as db:
        heal_issue(db, KEY, clock())
    return plan_of(new, text, clock())


def _checked(path: Path, text: str, data: Path) -> Config:
    new = load_config(path, text)
    refuse_placeholders(new)
    if new.data != data:
        raise UserError(MOVED.format(path=path, new=new.data, old=data))
    return new
