"""What a link to a report answered with: a whole PDF, or what came instead of one."""

from scraper.errors import NotAReport
from scraper.pages.ofsted import is_report_not_found


def check_pdf(body: bytes) -> None:
    """Raise `NotAReport`, saying what came instead, unless this is a whole PDF.

    One that is cut off must not be kept: against the whole one it would look like an amendment.
    """
    if not body:
        raise NotAReport("the link answers with nothing")
    if not body[:1024].lstrip().startswith(b"%PDF-"):
        missing = is_report_not_found(body)
        raise NotAReport("the link answers with Ofsted's 'Report not found' page" if missing else "not a PDF")
    if b"%%EOF" not in body[-2048:]:
        raise NotAReport("a PDF that is cut off or damaged (it has no end)")
