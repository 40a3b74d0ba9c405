"""What a server has answered, as it is kept where it is not what was wanted."""

from scrapy.http import Response

from scraper.fetching.title import title_of
from scraper.looks import HEAD, Answer

LONGEST = 200


def answer_of(response: Response) -> Answer:
    """The status, type, title and first bytes of a response."""
    return Answer(
        status=response.status,
        final_url=response.url,
        content_type=header(response, "Content-Type")[:LONGEST],
        size=len(response.body),
        title=title_of(response.body),
        head=response.body[:HEAD],
    )


def header(response: Response, name: str) -> str:
    """A header's value; "" where there is none."""
    value = response.headers.get(name)
    return value.decode("latin-1").strip() if value else ""
