"""The demo's copy of the inspectorate's site: search page, provider page, "Report not found", in the markup of the real one."""

from collections.abc import Sequence
from datetime import date
from html import escape

from monitor.demo.story import PROVIDER, URN, Published

RECENT = 2
"""How many reports stand on the page itself; older ones are nested in its archive."""


def long_day(day: date) -> str:
    """A date as the site prints it: 08 July 2022."""
    return f"{day:%d %B %Y}"


def page(title: str, main: str) -> str:
    """The frame around every page."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8"/>
  <title>{escape(title)} - Find an Inspection Report - Ofsted (demonstration)</title>
</head>
<body>
  <div class="container"><a class="skip-link" href="#main">Skip to main content</a></div>
  <div class="main-content">
    <header class="header"><div class="container"><a class="header__home-link" href="/"><span class="nonvisual">Home</span></a></div></header>
    <main id="main" tabindex="-1">
{main}
    </main>
  </div>
  <footer class="footer"><div class="container">An invented site, for a demonstration.</div></footer>
</body>
</html>
"""


NOT_FOUND = page(
    "Report not found",
    """    <div class="container"><h1 class="heading--title title-block__heading">Report not found</h1>
      <div class="flat-content text-large"><p>Sorry, the document you requested no longer exists.</p></div></div>""",
)


def _event(report: Published, files: str) -> str:
    label, shown = escape(report.label).replace("&#x27;", "&#039;"), long_day(report.published)
    return f"""      <li class="timeline__day">
        <div class="event">
          <p class="timeline__date"><time>{long_day(report.on_site)}</time></p>
          <span class="event__title heading--sub">
            <a class="publication-link" target="_blank" href="{files}/v1/file/{report.report_id}">
              {label}
              <span class="nonvisual">{label}, pdf - {shown}</span></a>
            <div class="event__metadata"><span class="filetype">pdf</span> &ndash; Published <time pubdate>{shown}</time></div>
          </span>
        </div>
      </li>
"""


def _archive(reports: Sequence[Published], files: str) -> str:
    if not reports:
        return ""
    return f"""      <li class="timeline__day timeline__day--has-archive"><details>
        <summary><span class="expander-see-more">See older reports</span></summary>
        <div class="timeline__archive"><ol>
{"".join(_event(report, files) for report in reports)}        </ol></div></details></li>
"""


def provider_page(reports: Sequence[Published], files: str) -> str:
    """The authority's page with these reports, newest first; `files` is the origin of the host that serves the PDFs."""
    recent = "".join(_event(report, files) for report in reports[:RECENT])
    return page(
        f"{PROVIDER} - Open",
        f"""    <div class="module title-block"><div class="container">
      <ol class="breadcrumbs"><li class="crumb"><a href="/">Home</a></li><li class="crumb">{PROVIDER}</li></ol>
      <h1 class="heading--title title-block__heading">{PROVIDER}</h1>
      <p class="heading--main title-block__subheading">URN: {URN}</p>
    </div></div>
    <div class="provider provider--la"><div class="container"><div class="module">
      <h2 class="timeline__title heading--sub">All reports</h2>
      <ol class="timeline">
{recent}{_archive(reports[RECENT:], files)}      <li class="timeline__day timeline__day--opened"><div class="event">
        <p class="timeline__date"><time>01 April 1974</time></p><span class="event__title heading--sub">Opened</span></div></li>
      </ol>
    </div></div></div>""",
    )


def search_page(latest: date) -> str:
    """The results of a search for local authorities, of which this site has one."""
    return page(
        "Search results",
        f"""    <div class="container">
      <div class="search-results__heading"><h2><strong class="results-count js-results-count">1</strong> result</h2></div>
      <ul class="results-list list-unstyled">
        <li class="search-result">
          <h3 class="search-result__title heading--sub"><a href="/provider/44/{URN}">{PROVIDER}</a></h3>
          <ul class="search-result__provider-info"><li>Category: <strong>Local authority children&#039;s services</strong></li></ul>
          <address class="search-result__address">The Old Granary, Westmarch</address>
          <ul class="search-result__provider-info"><li>Latest report: <strong><time>{long_day(latest)}</time></strong></li>
            <li>URN: <strong>{URN}</strong></li></ul>
        </li>
      </ul><div class="pagination"></div></div>""",
    )
