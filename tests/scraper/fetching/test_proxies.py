"""A proxy that cannot be one is told by its variable, before anything is asked for; a failure on the way names the proxy, and no password."""

import pytest

from scraper.fetching import wrong_proxy
from scraper.fetching.proxies import through

SITE = "https://reports.invalid/provider"


@pytest.fixture(autouse=True)
def none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    "proxy",
    [
        "",
        "http://proxy.example:3128",
        "https://u:p%40w@proxy.example",
        "proxy.example:3128",
        "http://proxy.example:8080/",
    ],
)
def test_a_proxy_that_can_be_used_is_right(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    if proxy:
        monkeypatch.setenv("https_proxy", proxy)
    assert wrong_proxy(SITE) == ""


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://u:secret@proxy.example:1080",
        "http://proxy.example:abc",
        "http://u:sec@ret@proxy.example:3128",
        "http://:3128",
        "http://proxy.example:0",
        "http://u:secret@[::1",
        "http://10.0.0.1:abc",
        "http://u:secret@proxy example:3128",
    ],
)
def test_one_that_cannot_is_told_by_its_variable_and_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    told = wrong_proxy(SITE)
    assert told.startswith("HTTPS_PROXY names no proxy that can be used (")
    assert "sec" not in told.replace("escaped", "")
    assert wrong_proxy("http://reports.invalid") == ""
    monkeypatch.setenv("no_proxy", "reports.invalid")
    assert wrong_proxy(SITE) == ""


def test_a_failure_on_the_way_names_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert through(SITE) == ""
    monkeypatch.setenv("https_proxy", "http://user:secret@proxy.example:3128/")
    assert through(SITE) == " (through the proxy http://proxy.example:3128)"
