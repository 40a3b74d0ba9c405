"""The pages themselves: each reads its values in Datasette's database thread and lays them out with a template."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from datasette import NotFound, Response

from monitor.browse import judging, reads
from monitor.browse.chart import grades_chart
from monitor.facts import ReportFacts, phrases
from scraper.database import DATABASE_FILE, report_path
from scraper.reference import framework_of

DATABASE = DATABASE_FILE.removesuffix(".db")
SHOWN = {"findings": 100, "pages": 50}
LIMITS = {"findings": 500, "pages": 200}
"""How many of what is found one page shows, and how many the named queries give at most."""


async def home(request: Any, datasette: Any) -> Any:
    """The front page: what is watched and what is new."""
    return await _page(datasette, request, "watch_home.html", await _read(datasette, reads.home))


async def find(request: Any, datasette: Any) -> Any:
    """Findings and pages with the words of `?q=`: the first of them, and how many there are."""
    words = phrases.one_line(request.args.get("q") or "")
    findings, pages = await _read(datasette, lambda conn: reads.find(conn, words))
    found = {"findings": findings, "pages": pages}
    shown = {name: rows[: SHOWN[name]] for name, rows in found.items()}
    count = {name: f"{len(rows)}{' or more' if len(rows) >= LIMITS[name] else ''}" for name, rows in found.items()}
    more = {name: len(rows) > SHOWN[name] for name, rows in found.items()}
    return await _page(datasette, request, "watch_find.html", {"q": words, "count": count, "more": more, **shown})


async def authority(request: Any, datasette: Any) -> Any:
    """One authority by its URN: visits, grades, open areas; 404 where it is not known."""
    urn = request.url_vars["urn"]
    context = await _read(datasette, lambda conn: reads.authority(conn, urn))
    if context is None:
        raise NotFound(f"No authority with the number {urn} is known")
    today = {area["area"] for area in context["standing"] if area["current"]}
    chart = grades_chart(context["visits"], today)
    return await _page(datasette, request, "watch_authority.html", context | {"chart": chart})


async def report(request: Any, datasette: Any) -> Any:
    """One report by its number: what it says and what became of earlier areas; 404 where it is not stored."""
    report_id = int(request.url_vars["report_id"])
    found = await _read(datasette, lambda conn: reads.report(conn, report_id))
    if found is None:
        raise NotFound(f"No report with the number {report_id} is stored")
    facts: ReportFacts = found["facts"]
    wording = {"changes": phrases.CHANGES, "visit": phrases.visit(facts), "misfiled": phrases.misfiled(facts)}
    wording |= {"framework": framework_of(facts.framework).name}
    wording |= {"ask_titles": phrases.list_titles(ask.kind for ask in facts.asks)}
    wording |= {"statuses": _titles(phrases.GROUPS, [area.group for area in facts.earlier])}
    on_site = phrases.days(facts.inspection_start, facts.inspection_end)
    may = judging.may_judge(request)
    said = {"may_judge": may, "may_say": phrases.STATUSES, "report": {"id": report_id}}
    context = found | wording | said | {"on_site": on_site}
    return await _page(datasette, request, "watch_report.html", context, judging.APART if may else None)


async def judge(request: Any, datasette: Any) -> Any:
    """Take a correction from the page of a report, then lead back to it; only POST does anything."""
    report_id = int(request.url_vars["report_id"])
    if request.method != "POST":
        return Response.text("Corrections are sent from the page of a report.", status=405, headers={"Allow": "POST"})
    name, heeded = await judging.corrected(request, Path(datasette.get_database(DATABASE).path).parent)
    if heeded:
        return Response.redirect(f"{datasette.urls.path(f'/report/{report_id}')}#judge-{name}", status=303)
    return await _page(datasette, request, "watch_noted.html", {"report": {"id": report_id}})


async def why(request: Any, datasette: Any) -> Any:
    """Why a comparison came out as it did: the best sentences with what spoke for each; 404 where there is none of this name."""
    report_id, name = int(request.url_vars["report_id"]), request.url_vars["name"]
    found = await _read(datasette, lambda conn: reads.why(conn, report_id, name))
    if found is None:
        raise NotFound(f"No comparison of the report {report_id} is called {name}")
    return await _page(datasette, request, "watch_why.html", found | {"statuses": phrases.STATUSES})


def _titles(known: Mapping[str, str], found: Iterable[str]) -> dict[str, str]:
    """The title of each of these, those that we have words for first."""
    titles = dict(known) | {name: name.replace("_", " ") for name in found if name not in known}
    return {name: phrases.sentence_case(title) for name, title in titles.items()}


async def source(request: Any, datasette: Any) -> Any:
    """One source by its name: how it does, its last crawls, what came in place of what was wanted; 404 where it was never crawled."""
    name = unquote(request.url_vars["name"])
    found = await _read(datasette, lambda conn: reads.source(conn, name))
    if found is None:
        raise NotFound(f"No source of this name was ever crawled: {phrases.one_line(name, 100)}")
    return await _page(datasette, request, "watch_source.html", found)


async def looked_at(request: Any, datasette: Any) -> Any:
    """What was looked at on one day: the proof that the watch was at work, and what failed; 404 for a day that no calendar has."""
    try:
        day = date.fromisoformat(request.url_vars["day"])
    except ValueError:
        raise NotFound(f"No calendar has the day {request.url_vars['day']}") from None
    found = await _read(datasette, lambda conn: reads.looked_at(conn, day))
    return await _page(datasette, request, "watch_day.html", found | {"on": day})


async def report_page(request: Any, datasette: Any) -> Any:
    """Send the visitor to a page of the PDF: on Ofsted's site, or of the kept one where it came from no site."""
    report_id, page = int(request.url_vars["report_id"]), int(request.url_vars["page"])
    found = await _read(datasette, lambda conn: reads.whereabouts(conn, report_id))
    if found is None:
        raise NotFound(f"No report with the number {report_id} is stored")
    kept = datasette.urls.path(f"/report/{report_id}/pdf")
    return Response.redirect(phrases.safe_url(found["url"], page) or f"{kept}#page={page}")


async def report_pdf(request: Any, datasette: Any) -> Any:
    """The kept PDF of a report that came from no site; of the others, where Ofsted has it."""
    report_id = int(request.url_vars["report_id"])
    found = await _read(datasette, lambda conn: reads.whereabouts(conn, report_id))
    if found and (address := phrases.safe_url(found["url"])):
        return Response.redirect(address)
    kept = report_path(Path(datasette.get_database(DATABASE).path).parent, found["sha256"]) if found else None
    if kept is None or not kept.is_file():
        raise NotFound(f"No PDF of a report with the number {report_id} is kept")
    headers = {"Content-Disposition": f'inline; filename="report-{report_id}.pdf"', "X-Content-Type-Options": "nosniff"}
    return Response(kept.read_bytes(), headers=headers, content_type="application/pdf")


async def _read(datasette: Any, read: Any) -> Any:
    return await datasette.get_database(DATABASE).execute_fn(read)


async def _page(
    datasette: Any, request: Any, template: str, context: dict[str, Any], headers: Mapping[str, str] | None = None
) -> Any:
    return Response.html(
        await datasette.render_template(template, context, request=request), headers=dict(headers or {})
    )
