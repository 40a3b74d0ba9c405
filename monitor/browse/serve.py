"""Datasette as a child process, on loopback unless told otherwise: the command that starts it."""

import signal
import socket
import subprocess
from importlib.metadata import version
from pathlib import Path
from types import FrameType

from monitor.errors import UserError
from scraper import children
from scraper.database import DATABASE_FILE

HERE = Path(__file__).parent
JUDGE = "OFSTED_WATCH_JUDGE"
"""Tells Datasette's process, by the environment, that a reader may correct comparisons from a report's page."""
SETTINGS = {
    "default_page_size": "50",
    "sql_time_limit_ms": "5000",  # the longest named query takes a tenth of this on all 153 authorities
    "facet_time_limit_ms": "500",
    "max_returned_rows": "2000",
    "suggest_facets": "off",
}


def datasette_command(data: Path, port: int, host: str = "127.0.0.1") -> list[str]:
    """The command line of a Datasette on `<data>/ofsted-watch.db` with our queries, pages and looks. It writes nothing but corrections, where they are allowed."""
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, value)]
    return children.command(
        "datasette",
        "serve",
        str(data / DATABASE_FILE),
        _config_flag(version("datasette")),
        str(HERE / "datasette.yaml"),
        "--plugins-dir",
        str(HERE / "plugins"),
        "--template-dir",
        str(HERE / "templates"),
        "--static",
        f"watch:{HERE / 'static'}",
        "--host",
        host,
        "--port",
        str(port),
        *settings,
    )


def _config_flag(datasette_version: str) -> str:
    """Datasette 1.0 reads named queries and table settings from `-c`; before, they were part of the metadata, `-m`."""
    return "-m" if datasette_version.startswith("0.") else "-c"


def free_port() -> int:
    """A port of loopback that nothing listens on just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class PortTaken(UserError):
    """Something listens on the port already."""


def _refuse_taken(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTaken(f"port {port} cannot be had ({error.strerror}): name another one with --port") from None


def run_datasette(data: Path, port: int, *, judge: bool = False) -> int:
    """Serve in the foreground until Ctrl-C or SIGTERM, which both end Datasette too; 0 then, else its exit status.

    `judge`: comparisons may be corrected from their pages. Raises `PortTaken` where something else listens there.
    """
    _refuse_taken(port)
    told = children.environment() | {JUDGE: "1" if judge else ""}
    with subprocess.Popen(datasette_command(data, port), env=told) as child:  # noqa: S603 - our own command line
        stopped: list[int] = []

        def stop(number: int, _frame: FrameType | None) -> None:
            stopped.append(number)
            child.terminate()

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            status = child.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0 if stopped else status
