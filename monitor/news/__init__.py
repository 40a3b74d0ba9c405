"""Stored articles are grouped into stories, and each is linked to the report that it is about.

In: `articles` and `reports`. Out: links, and authorities whose page should be looked at now. Leaves `article_reports`,
`article_links`, the story of each article, and in `feedback` what a reader said of it.
"""

from monitor.news.feedback import Judged, judged, labelled, mark
from monitor.news.stored_articles import early_warnings, link_articles, report_for
from monitor.news.which_report import Link

__all__ = ["Judged", "Link", "early_warnings", "judged", "labelled", "link_articles", "mark", "report_for"]
