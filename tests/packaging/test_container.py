"""The Dockerfile and compose.yaml run commands that exist, as nobody in particular, on one volume.

No container engine is needed for this: the files are read.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor.cli import main
from monitor.config import Config
from scraper.database import DATABASE_FILE
from tests.paths import ROOT

COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LINES = re.sub(r" *\\\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8")).splitlines()
INSTRUCTIONS = [tuple(line.split(None, 1)) for line in LINES if line and not line.startswith("#")]


def last(word: str) -> str:
    """What the last instruction of this name says."""
    return [rest for name, rest in INSTRUCTIONS if name == word][-1].strip()


def check_command(words: list[str]) -> str:
    """The name of the command of ours that these words run; its arguments must be good."""
    program, name, *arguments = words
    assert program == "ofsted-watch"
    main.commands[name].make_context(name, arguments)
    return name


def test_the_image_runs_the_daemon_and_asks_status_for_its_health() -> None:
    assert check_command(json.loads(last("CMD"))) == "run"
    health = last("HEALTHCHECK")
    assert check_command(json.loads(health[health.index("[") :])) == "status"
    assert last("STOPSIGNAL") == "SIGTERM"


def test_the_services_are_the_daemon_and_the_pages() -> None:
    assert {name: check_command(service["command"]) for name, service in SERVICES.items()} == {
        "daemon": "run",
        "browse": "browse",
    }
    assert "healthcheck" not in SERVICES["daemon"]  # the image's, `status`, holds


def test_nothing_runs_as_root() -> None:
    user = last("USER").split(":")[0]
    assert user.isdecimal()
    assert int(user) > 0
    assert all("user" not in service for service in SERVICES.values())


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
def test_a_service_can_do_little(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "cap_add" not in service


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES.keys())
def test_the_config_and_the_one_volume_are_where_the_commands_look(service: dict[str, Any]) -> None:
    home, data = Path(last("WORKDIR")), Path(last("VOLUME"))
    assert list(COMPOSE["volumes"]) == ["data"]
    assert data == home / Config.model_fields["data"].default
    mounts = {mount["target"]: mount for mount in service["volumes"]}
    assert set(mounts) == {str(data), str(home / "config.yaml")}
    assert (mounts[str(data)]["type"], mounts[str(data)]["source"]) == ("volume", "data")
    assert mounts[str(home / "config.yaml")]["read_only"] is True
    shipped = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    assert home / shipped["data"] / DATABASE_FILE == data / DATABASE_FILE


def test_the_pages_are_for_this_machine_only() -> None:
    browse = SERVICES["browse"]
    assert browse["network_mode"] == "host"  # Datasette listens on loopback: of the host, then
    assert all("ports" not in service for service in SERVICES.values())
    port = browse["command"][browse["command"].index("--port") + 1]
    assert f"http://127.0.0.1:{port}/" in browse["healthcheck"]["test"][-1]


def test_a_stop_waits_as_long_as_under_systemd() -> None:
    unit = (ROOT / "deploy" / "ofsted-watch.service").read_text(encoding="utf-8")
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", unit, re.MULTILINE)
    assert SERVICES["daemon"]["stop_grace_period"] == f"{seconds}s"


def test_the_image_is_built_from_what_the_build_may_see() -> None:
    copied = [rest.split()[:-1] for word, rest in INSTRUCTIONS if word == "COPY" and not rest.startswith("--from")]
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in ignore
    assert sorted(name for names in copied for name in names) == sorted(line[1:] for line in ignore if line[:1] == "!")


def test_the_image_installs_the_lock_by_its_hashes() -> None:
    (install,) = [rest for word, rest in INSTRUCTIONS if word == "RUN" and "-r requirements.lock" in rest]
    assert "--require-hashes" in install
    assert "--no-deps" in install
