"""A file's name as it goes to a worker: any bytes are one on Linux, and not all bytes are text."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator


def _in_hex(path: Path) -> str:
    return os.fsencode(path).hex()


def _from_hex(path: str | Path) -> Path:
    return path if isinstance(path, Path) else Path(os.fsdecode(bytes.fromhex(path)))


FilePath = Annotated[Path, PlainValidator(_from_hex), PlainSerializer(_in_hex)]
