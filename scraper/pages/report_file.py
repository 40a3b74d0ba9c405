"""What a link to a report answered with, told by its bytes: a whole PDF, a page, or something else."""

from scraper.reference import is_cut, is_pdf

NOT_FOUND = "the link answers with Ofsted's 'Report not found' page"


def is_page(body: bytes) -> bool:
    """Whether it may be a web page, of which a worker can say more."""
    return body[:1024].lstrip().startswith(b"<")


def came_instead(body: bytes) -> str:
    """What came instead of a whole PDF; "" where that came.

    One that is cut off must not take the place of the whole one, against which it would look like an amendment.
    """
    if not body:
        return "the link answers with nothing"
    if not is_pdf(body):
        return "not a PDF"
    if is_cut(body):
        return "a PDF that is cut off or damaged (it has no end)"
    return ""
