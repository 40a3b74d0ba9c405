"""The errors of the scraper. Each says what, where and why in its message; none is swallowed on its way to the verdict."""


class ScraperError(Exception):
    """Root of the scraper's own errors."""


class PageChanged(ScraperError):
    """A page does not have the shape its parser expects: the whole page is in doubt and nothing of it is believed."""


class NotAReport(ScraperError):
    """What came in place of a report's PDF: an HTML page, an empty answer, something without `%PDF-`."""


class Unreadable(ScraperError):
    """A document that cannot be read: a PDF that is encrypted, truncated, without text; anything too long or too large for the limits."""


class Unfinished(Unreadable):
    """A document whose reading was ended for want of time or memory, or because nobody waits for it: another time it may be read."""


class Walled(PageChanged):
    """A consent page or a pay wall stands where the article should be. It is not walked around: the headline has to do."""


class NoStory(ScraperError):
    """The page is whole and is no story, but a liveblog or a picture gallery: no fault of anybody's, and nothing to read. It has this `headline`."""

    def __init__(self, message: str, headline: str = "") -> None:
        super().__init__(message)
        self.headline = headline


class RuleFileError(ScraperError):
    """A file of our own rules that is wrong; the message names the file, the line, the place in it and what is wrong there."""
