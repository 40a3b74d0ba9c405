"""The options that several commands have."""

import json
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import click
from click.core import ParameterSource
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


def given(name: str) -> bool:
    """Whether the user wrote this option, and it is not its default."""
    return click.get_current_context().get_parameter_source(name) == ParameterSource.COMMANDLINE


def _there(_ctx: click.Context, _param: click.Parameter, path: Path) -> Path:
    """A config that has nothing to say to a command, but is named: one that is not there is a slip of the pen."""
    if given("config_path") and not path.is_file():
        raise click.BadParameter(f"{path}: there is no such file")
    return path


_config = partial(
    click.option, "--config", "config_path", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True,
    envvar="OFSTED_WATCH_CONFIG", show_envvar=True, help="The config file.",
)  # fmt: skip
CONFIG = _config()
CONFIG_UNREAD = _config(
    expose_value=False, callback=_there
)  # every command takes it, also one that has nothing to look up there


def json_line(value: object) -> str:
    """One line of JSON that the terminal can show; what it cannot stands there as JSON escapes it."""
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    return json.dumps(value, ensure_ascii=not utf8)
