"""Child entry: reads the reports named on standard input, one JSON object a line each way, within a memory limit.

In: {"path": "..."}. Out: {"reading": {...}, "page_texts": [...]} or {"error": "NotAReport", "message": "..."}.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from scraper.errors import NotAReport, Unreadable
from scraper.reports.reader import read
from scraper.reports.shape import reading_to_json


def main(arguments: list[str]) -> None:
    """`arguments` is the limit on memory in MiB. Ends when standard input does."""
    limit = int(arguments[0]) * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line)["path"])), flush=True)


def answer(path: str) -> dict[str, Any]:
    """What to say about one file."""
    try:
        reading = read(Path(path))
    except (NotAReport, Unreadable) as error:
        return {"error": type(error).__name__, "message": str(error)}
    return {"reading": reading_to_json(reading, path), "page_texts": list(reading.page_texts)}


if __name__ == "__main__":
    main(sys.argv[1:])
