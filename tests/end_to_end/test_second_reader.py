"""A round with a second reader in its config: what is not certain is asked, and the mail has its word as its own."""

import json
from pathlib import Path

import pytest

from monitor.demo import DemoSite, story
from tests.end_to_end.conftest import Mailbox, command_here, crawl_here
from tests.monitor.second_reader.server import Handler, Server, content

ASKED = "The quality of assessments and plans, including the use of family history."


def agrees(handler: Handler) -> None:
    """Says mixed, and names the first of the sentences that it was sent."""
    message = handler.told["messages"][-1]["content"]
    question = json.loads(message[message.index('{\n "item"') :])
    handler.answer(content(json.dumps({"status": "mixed", "sentences": [question["sentences"]["1"]]})))


@pytest.fixture
def configured(crawled: Path) -> tuple[Path, Server]:
    server = Server()
    server.behaviours = [agrees]
    port = server.server_port
    reader = f'\ncompare: {{second_reader: {{url: "http://127.0.0.1:{port}/v1", model: "m:8b", wait: 20s}}}}\n'
    crawled.write_text(crawled.read_text(encoding="utf-8") + reader, encoding="utf-8")
    return crawled, server


def test_the_mail_has_the_second_readers_word_and_counts_nothing_by_it(
    configured: tuple[Path, Server], site: DemoSite, mailbox: Mailbox
) -> None:
    config, server = configured
    site.move_to(story.AFTER)
    crawl_here(config)
    server.shutdown()
    server.server_close()
    assert server.asked
    sent = json.dumps([body for _, _, body in server.asked], ensure_ascii=False)
    assert ASKED in sent
    body = mailbox.messages[-1].get_body(("plain",))
    assert body is not None
    told = " ".join(str(body.get_content()).split())
    assert f"MIXED (SECOND READER: M:8B): {ASKED}" in told
    assert "1 is unclear" in told
    assert "mixed picture" not in told
    assert "(second reader: m:8b)" in command_here("history", story.AUTHORITY, "--config", config)
