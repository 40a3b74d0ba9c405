"""What a link to a report answered with, told by its bytes: a whole PDF, a page, or something else."""

NOT_FOUND = "the link answers with Ofsted's 'Report not found' page"


def is_page(body: bytes) -> bool:
    """Whether it may be a web page, of which a worker can say more."""
    return body[:1024].lstrip().startswith(b"<")


def came_instead(body: bytes) -> str:
    """What came instead of a whole PDF; "" where that came.

    One that is cut off must not be kept: against the whole one it would look like an amendment.
    """
    if not body:
        return "the link answers with nothing"
    if not body[:1024].lstrip().startswith(b"%PDF-"):
        return "not a PDF"
    if b"%%EOF" not in body[-2048:]:
        return "a PDF that is cut off or damaged (it has no end)"
    return ""
