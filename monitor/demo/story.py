"""What happens in the demo: the invented authority, its reports, and the two days between which something is published.

Everything here is invented. Westmarch is not a council; its URN lies outside those that Ofsted has given.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

URN = "89999"
AUTHORITY = "Westmarch"
PROVIDER = "Westmarch County Council"
OUTLET = "Westmarch Gazette"
SECOND_OUTLET = "Marchland Courier"
NEWSROOM = "Westmarch newsroom"
RECIPIENT = "scrutiny@westmarch.example"
CONTACT = "demo@ofsted-watch.example"

BEFORE = date(2024, 3, 8)
"""The day of the first crawl, the silent baseline: three reports are out."""
AFTER = date(2024, 3, 12)
"""The day of the second crawl: a new inspection report is out, and two papers write about it."""

REPORTS_FOLDER = Path(__file__).with_name("reports")


@dataclass(frozen=True, slots=True)
class Published:
    """One report on the demo site; `on_site` is the visit's first day, `file` the PDF in the package."""

    report_id: int
    label: str
    on_site: date
    published: date
    file: str

    def pdf(self) -> bytes:
        """The bytes of its PDF."""
        return (REPORTS_FOLDER / self.file).read_bytes()


REPORTS = (
    Published(
        50300007,
        "Children's services focused visit",
        date(2021, 10, 5),
        date(2021, 11, 12),
        "focused-visit-2021.pdf",
    ),
    Published(
        50300041,
        "Children's services inspection",
        date(2022, 5, 9),
        date(2022, 7, 8),
        "inspection-2022.pdf",
    ),
    Published(
        50300066,
        "Children's services monitoring visit",
        date(2022, 12, 13),
        date(2023, 1, 31),
        "monitoring-visit-2023.pdf",
    ),
    Published(
        50300098,
        "Children's services inspection",
        date(2024, 1, 15),
        AFTER,
        "inspection-2024.pdf",
    ),
)
NEW_REPORT = REPORTS[-1]


def config(site: str, feed: str, second_feed: str, data: Path, newsroom: str = "") -> dict[str, Any]:
    """The demo's config.yaml as a dict: the site's address, its two feeds and its page without one, and a data folder where mails become files."""
    news = [
        {"name": name, "feed": address, "covers": [AUTHORITY], "every": "1h", "delay": "0s"}
        for name, address in ((OUTLET, feed), (SECOND_OUTLET, second_feed))
    ]
    if newsroom:
        news.append({"name": NEWSROOM, "page": newsroom, "covers": [AUTHORITY], "every": "6h", "delay": "0s"})
    return {
        "data": str(data),
        "contact": CONTACT,
        "authorities": [{"urn": URN, "name": AUTHORITY, "aliases": [PROVIDER]}],
        "watch": [AUTHORITY],
        "sources": {"ofsted": {"url": site, "every": "2h", "delay": "0s"}, "news": news},
        "alerts": [
            {
                "to": [RECIPIENT],
                "watch": [AUTHORITY],
                "about": ["report", "amended", "withdrawn", "news"],
                "when": "now",
            }
        ],
        "mail": {"from": "watch@ofsted-watch.example"},
        "browse": {"judge": True},
    }
