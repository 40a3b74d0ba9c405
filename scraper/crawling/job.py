"""What the parent asks of one crawl: the JSON object on the child's standard input, checked before anything is fetched."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

MEGABYTE = 1024 * 1024


class Watched(BaseModel):
    """An authority to look at; `aliases` are other names that news may call it, `replaces` the URN of the one whose place it took."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    urn: str = Field(pattern=r"^\d{1,10}$")
    name: str
    aliases: tuple[str, ...] = ()
    replaces: str | None = None


class Job(BaseModel):
    """One crawl of one source. `url` is the site's base, the feed, or the page that has none, of which `links` may select (CSS) the stories; `covers` the URNs of an outlet's patch.

    `delay`, `timeout` (of the whole crawl) and `download_timeout` (of one answer) are seconds. `recheck` is how many PDFs known
    already are looked at again; `probe` looks at the source's own page and fetches nothing it links; `full` ignores what the server said about unchanged pages.
    `watched` are the URNs of all authorities that the watch looks at, where these are not the ones asked for. `parent` is the number of
    the process that asks: without it the crawl ends. 0: whoever asks does not say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    crawl_id: int
    parent: int = 0
    source: str
    spider: Literal["ofsted", "sweep", "news", "page", "document"]
    data: Path
    url: str
    links: str = ""
    authorities: tuple[Watched, ...] = ()
    watched: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    outlet: str = ""
    contact: str
    delay: float = Field(default=3.0, ge=0)
    recheck: int = Field(default=10, ge=0)
    full: bool = False
    probe: bool = False
    timeout: float = Field(default=1800.0, gt=0)
    download_timeout: float = Field(default=30.0, gt=0)

    @property
    def all_watched(self) -> frozenset[str]:
        """The URNs of all authorities that are watched, asked for now or not."""
        return frozenset((*self.watched, *(one.urn for one in self.authorities)))

    @property
    def is_whole(self) -> bool:
        """Whether all that is watched is asked for."""
        return len(self.authorities) == len(self.all_watched)

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ValueError("must be an http:// or https:// address")
        return url

    @field_validator("contact")
    @classmethod
    def _one_line(cls, contact: str) -> str:
        """It goes into a header of every request."""
        if not contact.strip() or not contact.isprintable() or not contact.isascii():
            raise ValueError("must be one line of plain ASCII, such as an e-mail address")
        return contact.strip()
