"""The pages in a real browser, at the width of a desk and of a phone: laid out, nothing cut off, nothing too faint to read."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.data_folders import new_database
from tests.monitor.browse.filled import fill
from tests.monitor.browse.served import serving

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (Debian: apt-get install chromium)"),
]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=20000",
]  # fmt: skip
OURS = ["/", "/find?q=supervision", "/authority/89999", "/authority/89998", "/report/103", "/report/102", "/report/105"]
OURS += ["/source/ofsted", "/source/Westmarch%20Gazette"]
QUERIES = ["/ofsted-watch/changed_at_last_visit", "/ofsted-watch/open_areas", "/ofsted-watch/what_is_new"]
PATHS = [*OURS, *QUERIES, "/ofsted-watch/search_findings?words=supervision"]
WIDTHS = {"phone": 360, "desk": 1280}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Datasette on the filled database, which serves the measuring page too."""
    data = tmp_path_factory.mktemp("data")
    database = new_database(data)
    fill(database)
    database.close()
    with serving(data, "--static", f"measure:{Path(__file__).parent}") as url:
        yield url


def _measure(site: str, width: int, profile: Path) -> list[dict[str, Any]]:
    """What the measuring page found on every page at this width."""
    address = f"{site}/measure/harness.html#{quote(json.dumps([PATHS, width]))}"
    command = [CHROMIUM or "", *FLAGS, f"--user-data-dir={profile}", "--dump-dom", address]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=90).stdout
    found = re.search(r'<pre id="out">(.+?)</pre>', shown, re.DOTALL)
    assert found, "the measuring page did not finish"
    measured: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
    return measured


@pytest.fixture(scope="module", params=WIDTHS)
def measured(
    request: pytest.FixtureRequest, site: str, tmp_path_factory: pytest.TempPathFactory
) -> list[dict[str, Any]]:
    return _measure(site, WIDTHS[request.param], tmp_path_factory.mktemp("profile"))


def test_every_page_is_there_and_styled(measured: list[dict[str, Any]]) -> None:
    assert [page["path"] for page in measured] == PATHS
    assert all(page["h1"] and page["title"].endswith("Ofsted Watch") for page in measured)
    assert all(page["styled"] for page in measured)


def test_nothing_runs_over_the_edge(measured: list[dict[str, Any]]) -> None:
    assert [(page["path"], page["wide"]) for page in measured if page["wide"] or page["scroll"] > page["width"]] == []


def test_text_is_not_too_faint(measured: list[dict[str, Any]]) -> None:
    assert [(page["path"], page["faint"]) for page in measured if page["faint"]] == []


def test_what_can_be_used_has_a_name(measured: list[dict[str, Any]]) -> None:
    assert [(page["path"], page["nameless"]) for page in measured if page["nameless"]] == []
