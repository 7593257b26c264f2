"""Official output: a case's forms as PDF or Word, a unit's summary sheet as Excel. Made on request, never stored."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from gongjiang.kernel.errors import NotFound
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.nominations.printing import form_file
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.summary import export_summary, summary_form
from gongjiang.services.nominations.summary_stream import stream_summary
from gongjiang.services.nominations.unit import desk
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.units.views import unit_of

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{kind}"
    response["Cache-Control"] = "no-store"
    return response


@signed_in
def form(request: HttpRequest, case_id: int, form_id: str, kind: str) -> HttpResponse:
    """A form of a case that this person may see."""
    if kind not in {"pdf", "docx"}:
        raise NotFound()
    case = get_case(request.actor, case_id)
    name, data = form_file(programme_of(case.process), case, form_id, kind)
    return _download(data, name.removesuffix(f".{kind}"), kind)


@signed_in
def summary(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """The unit's official summary sheet; `?codes=1`: with our numbers behind it, for bringing it in again."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    found = desk(request.actor, edition, unit_of(request, edition, unit_id))
    data = export_summary(found.programme, found.cases, codes=request.GET.get("codes") == "1")
    return _download(data, f"{summary_form(found.programme).shown}-{found.unit.short_name}", "xlsx")


@signed_in
def edition_summary(request: HttpRequest, edition_id: int) -> StreamingHttpResponse:
    """The whole edition's official summary sheet, sent while it is read; `?codes=1`: with our numbers behind it."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    programme = programme_of(main_process(edition))
    pieces = stream_summary(
        actor=request.actor, at=request.at, programme=programme, codes=request.GET.get("codes") == "1"
    )
    response = StreamingHttpResponse(pieces, content_type=KINDS["xlsx"])
    name = quote(f"{summary_form(programme).shown}-{edition.title}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.xlsx"
    response["Cache-Control"] = "no-store"
    return response
