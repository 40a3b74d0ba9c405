"""How children are started: with their parent's interpreter and their parent's code, whatever folder it stands in.

Plain `python -m` takes what lies in the working folder first: a crawl begun in a checkout would run the checkout's code
while its parent runs the installed copy, and a `random.py` of somebody's would run in place of Python's own.
"""

import os
import sys
from pathlib import Path

CODE = Path(__file__).parents[1]
"""The folder that `scraper` and `monitor` were imported from."""


def command(module: str, *arguments: str) -> list[str]:
    """The words that run a module as a program; they need `environment()`."""
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """The parent's environment, in which its code is found first."""
    paths = [str(CODE), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
