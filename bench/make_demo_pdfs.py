"""Print the demo's reports (monitor/demo/reports/*.html) to tagged PDFs beside them, with Debian's chromium.

    python bench/make_demo_pdfs.py

Needed only after a change of the HTML: the PDFs are part of the package, so that the demo itself needs no browser.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

REPORTS = Path(__file__).parents[1] / "monitor/demo/reports"
CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
]


def print_pdf(html: Path) -> Path:
    """The PDF of one HTML page, written beside it."""
    pdf = html.with_suffix(".pdf")
    with tempfile.TemporaryDirectory() as profile:
        command = [*CHROMIUM, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}", html.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pdf


if __name__ == "__main__":
    for page in sorted(REPORTS.glob("*.html")):
        sys.stdout.write(f"{print_pdf(page).name}\n")
