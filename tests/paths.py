"""Where things lie, for tests that read files; no test finds its own way up the folders."""

import os
from pathlib import Path

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
SHARED = Path(os.environ.get("OFSTED_WATCH_SHARED") or ROOT / "../shared")
"""The real reports, readings and pages beside the project, where they are there."""
