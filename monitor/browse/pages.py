"""The pages themselves: each reads its values in Datasette's database thread and lays them out with a template."""

from typing import Any

from datasette import NotFound, Response

from monitor.browse import reads
from monitor.browse.chart import overall_over_time
from monitor.facts import ReportFacts, phrases
from scraper.database import DATABASE_FILE

DATABASE = DATABASE_FILE.removesuffix(".db")
ASK_TITLES = {
    "priority_action": "Areas for priority action",
    "area_for_improvement": "Areas for improvement",
    "recommendation": "Recommendations",
}
STATUSES = {
    "still_needs_improvement": "Still needs improvement",
    "mixed": "Mixed",
    "improved": "Improved",
    "not_mentioned": "Not mentioned",
}
CHANGES = {
    "improved": "Better",
    "declined": "Worse",
    "unchanged": "Unchanged",
    "new": "First grade",
    "no_longer_given": "No longer given",
}


async def home(request: Any, datasette: Any) -> Any:
    """The front page: what is watched and what is new."""
    return await _page(datasette, request, "watch_home.html", await _read(datasette, reads.home))


async def find(request: Any, datasette: Any) -> Any:
    """Findings and pages with the words of `?q=`: the first 100 and 50 are shown."""
    words = phrases.one_line(request.args.get("q") or "")
    findings, pages = await _read(datasette, lambda conn: reads.find(conn, words))
    context = {"q": words, "findings": findings[:100], "pages": pages[:50], "all_findings": len(findings)}
    return await _page(datasette, request, "watch_find.html", context)


async def authority(request: Any, datasette: Any) -> Any:
    """One authority by its URN: visits, grades, open areas; 404 where it is not watched."""
    urn = request.url_vars["urn"]
    context = await _read(datasette, lambda conn: reads.authority(conn, urn))
    if context is None:
        raise NotFound(f"No authority with the number {urn} is watched")
    chart = overall_over_time(context["visits"])
    return await _page(datasette, request, "watch_authority.html", context | {"chart": chart})


async def report(request: Any, datasette: Any) -> Any:
    """One report by its number: what it says and what became of earlier areas; 404 where it is not stored."""
    report_id = int(request.url_vars["report_id"])
    found = await _read(datasette, lambda conn: reads.report(conn, report_id))
    if found is None:
        raise NotFound(f"No report with the number {report_id} is stored")
    facts: ReportFacts = found["facts"]
    wording = {"changes": CHANGES, "statuses": STATUSES, "ask_titles": ASK_TITLES, "visit": phrases.visit(facts)}
    wording |= {"misfiled": phrases.misfiled(facts)}
    on_site = phrases.days(facts.inspection_start, facts.inspection_end)
    return await _page(datasette, request, "watch_report.html", found | wording | {"on_site": on_site})


async def report_page(request: Any, datasette: Any) -> Any:
    """Send the visitor to a page of the PDF on Ofsted's site."""
    report_id, page = int(request.url_vars["report_id"]), int(request.url_vars["page"])
    address = await _read(datasette, lambda conn: reads.address(conn, report_id))
    if not address or not phrases.safe_url(address):
        raise NotFound(f"No report with the number {report_id} is stored")
    return Response.redirect(phrases.safe_url(address, page))


async def _read(datasette: Any, read: Any) -> Any:
    return await datasette.get_database(DATABASE).execute_fn(read)


async def _page(datasette: Any, request: Any, template: str, context: dict[str, Any]) -> Any:
    return Response.html(await datasette.render_template(template, context, request=request))
