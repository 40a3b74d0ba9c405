"""The options that several commands have."""

from datetime import timedelta
from functools import partial
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from monitor.config import Duration


class _Duration(click.ParamType):  # type: ignore[type-arg]  # generic in newer releases of click alone
    """A length of time as config.yaml has it: `90s`, `30m`, `2h`, `1d`."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The length, or one line that says how to write it."""
        try:
            return TypeAdapter(Duration).validate_python(value)
        except ValidationError:
            self.fail(f"{value!r} is no length of time; write it as 90s, 30m, 2h or 1d", param, ctx)


DURATION = _Duration()
JSON_LINE = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_config = partial(
    click.option, "--config", "config_path", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True,
    help="The config file.",
)  # fmt: skip
CONFIG = _config()
CONFIG_UNREAD = _config(expose_value=False)  # every command takes it, also one that has nothing to look up there
