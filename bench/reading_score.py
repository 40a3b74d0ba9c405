"""Read the PDFs named as arguments, print one JSON object a line: `score_reports.py --command "python bench/reading_score.py"`."""

import json
import sys
from pathlib import Path

from scraper.errors import ScraperError
from scraper.reports import reading_to_json
from scraper.reports.reader import read


def main() -> None:
    """One line a file; a file that cannot be read gives "file" and "error"."""
    for name in sys.argv[1:]:
        try:
            row = reading_to_json(read(Path(name)), name)
        except ScraperError as error:
            row = {"file": name, "error": str(error)}
        print(json.dumps(row))


if __name__ == "__main__":
    main()
