"""Mails as files, for where no mail server is set: `<data>/mail/<date>-<subject>-<hash>.eml`, and its HTML and text beside."""

import hashlib
import os
import re
import unicodedata
from email.message import EmailMessage
from pathlib import Path

from monitor.mail.channels import SendFailed
from scraper.reference import london_day


class Eml:
    """Writes each mail whole or not at all; a repeat of the same mail replaces its file."""

    name = "eml"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage, recipient: str) -> None:
        """Write the mail's three files; raises `SendFailed` where the folder or the disk does not take them."""
        stem = self.folder / file_stem(message, recipient)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for subtype, ending in (("html", ".html"), ("plain", ".txt")):
                body = message.get_body((subtype,))
                if body is not None:
                    _write(stem.with_name(stem.name + ending), body.get_content().encode())
            _write(stem.with_name(stem.name + ".eml"), message.as_bytes())
        except OSError as error:
            raise SendFailed(f"cannot write {stem}.eml: {error.strerror}", server=True) from error


def file_stem(message: EmailMessage, recipient: str) -> str:
    """`2022-02-12-buckinghamshire-overall-1a2b3c4d5e6f`: the day (in London), the subject, and a hash that tells mails apart."""
    subject = unicodedata.normalize("NFKD", message["Subject"]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", subject)[:60].strip("-") or "mail"
    mark = hashlib.sha256(f"{message['Message-ID']}|{recipient}".encode()).hexdigest()[:12]
    return f"{london_day(message['Date'].datetime)}-{slug}-{mark}"


def _write(path: Path, content: bytes) -> None:
    """Write beside and rename, with the bytes on disk first: nobody ever finds half a mail."""
    draft = path.with_name(f".{path.name}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
