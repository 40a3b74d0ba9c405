"""What came in place of what was wanted, as people are told of it in mails, on pages and in the terminal: nothing of it acts where it is shown."""

import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.facts.phrases import UNSAFE, one_line
from scraper.text import counted

STRANGE = 0.1
"""The share of bytes that are no text from which on none of them is shown as text."""
AS_HEX, IN_A_LINE = 256, 16
MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # before that of UTF-16, with which it begins
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True, slots=True)
class Came:
    """One answer: `words` tell it in a line, `head` are its first bytes as lines of text, or as hexadecimal numbers where they are none.

    `authority` is whose page or report was asked for, "" where it was nobody's; `answered` whose answer it is, where that is another address.
    """

    id: int
    crawl_id: int
    asked: datetime
    url: str
    authority: str
    verdict: str
    message: str
    status: int | None
    content_type: str
    size: int
    title: str
    answered: str
    words: str
    head: str


COLUMNS = """
SELECT a.*, coalesce(u.name, a.urn, '') AS authority FROM answers a
JOIN crawls c ON c.id = a.crawl_id LEFT JOIN authorities u ON u.urn = a.urn
"""
OF_SOURCE = f"{COLUMNS} WHERE c.source = ? ORDER BY a.id DESC LIMIT ?"
OF_ID = f"{COLUMNS} WHERE a.id = ?"


def answers_of(db: Database, source: str, most: int) -> list[Came]:
    """The last answers of a source that were not what was wanted, newest first."""
    return list(_read(db, OF_SOURCE, [source, most]))


def answer(db: Database, number: int | None) -> Came | None:
    """One of them; None where it is not kept any more."""
    return next(_read(db, OF_ID, [number]), None)


def _read(db: Database, sql: str, parameters: list[object]) -> Iterator[Came]:
    for row in db.query(sql, parameters):
        final = row["final_url"]
        yield Came(
            id=row["id"],
            crawl_id=row["crawl_id"],
            asked=datetime.fromisoformat(row["asked"]),
            url=row["url"],
            authority=row["authority"],
            verdict=row["verdict"],
            message=one_line(row["message"]),
            status=row["status"],
            content_type=one_line(row["content_type"]),
            size=row["bytes"],
            title=one_line(row["title"]),
            answered=final if row["status"] and final != row["url"] else "",
            words=words(row["status"], row["content_type"], row["bytes"], row["title"]),
            head=shown(row["head"]),
        )


def words(status: int | None, content_type: str, size: int, title: str) -> str:
    """An answer in a line: HTTP 403, text/html, 5,120 bytes, title “Just a moment...”."""
    if status is None:
        return "no whole answer"
    length = counted(size, "byte") if size else "nothing in it"
    called = f"title “{one_line(title, 120)}”" if title else ""
    return ", ".join(filter(None, (f"HTTP {status}", one_line(content_type, 80), length, called)))


def shown(head: bytes) -> str:
    """Any bytes as lines that are safe on a terminal and in a page: what is not to be seen is escaped, what is no text is in hexadecimal numbers."""
    text = _text(head)
    if sum(map(_is_no_text, text)) > STRANGE * len(text):
        return "\n".join(_hex_lines(head[:AS_HEX]))
    return "".join(_escaped(char) if _is_unsafe(char) else char for char in text)


def _text(head: bytes) -> str:
    """Bytes that are not of the encoding stay to be seen, as half characters that no text has; a character that is cut at the end is left out."""
    for mark, encoding in MARKS.items():
        if head.startswith(mark):
            return head.decode(encoding, "ignore").replace("\r\n", "\n")
    read = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape").decode(head)
    return read.removeprefix("\ufeff").replace("\r\n", "\n")


def _is_no_text(char: str) -> bool:
    return (char < " " and char not in "\n\t\r") or "\udc80" <= char <= "\udcff"


def _is_unsafe(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in UNSAFE


def _escaped(char: str) -> str:
    number = ord(char)
    if 0xDC80 <= number <= 0xDCFF:
        return f"\\x{number - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")


def _hex_lines(head: bytes) -> Iterator[str]:
    for start in range(0, len(head), IN_A_LINE):
        part = head[start : start + IN_A_LINE]
        seen = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        yield f"{start:04x}  {part.hex(' '):<{IN_A_LINE * 3 - 1}}  {seen}"
