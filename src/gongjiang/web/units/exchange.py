"""Import of the official summary sheet; every wrong cell is told by row and column, the rest is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.nominations.import_summary import Imported, import_summary
from gongjiang.services.nominations.summary import CODE, header_of, summary_form
from gongjiang.services.nominations.summary_people import FRESH, AskWhose
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import link
from gongjiang.web.numbers import whole
from gongjiang.web.units.views import edition_of, unit_of

LARGEST = 20 * 1024 * 1024


@signed_in
def import_page(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """Choose a workbook; afterwards what was made, what was changed, and what has to be mended in the file."""
    edition = edition_of(request, edition_id)
    unit = unit_of(request, edition, unit_id)
    programme = programme_of(main_process(edition))
    form = summary_form(programme)
    result: Imported | None = None
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or (upload.size or 0) > LARGEST:
            problem = "请选择一个不超过 20 MB 的 Excel 或 CSV 文件。"
        else:
            try:
                result = import_summary(
                    actor=request.actor,
                    at=request.at,
                    programme=programme,
                    unit=unit,
                    data=upload.read(),
                    chosen=_chosen(request),
                )
            except GongjiangError as error:
                problem = str(error)
    asked = [_question(one) for one in result.asked] if result is not None else []
    made = [(one, link("nominee", one.pk)) for one in (*result.made, *result.changed)] if result is not None else []
    context = {
        "unit": unit,
        "edition": edition,
        "result": result,
        "problem": problem,
        "form": form,
        "header": header_of(programme, form),
        "people": made,
        "asked": asked,
        "code": CODE,
    }
    return render(request, "units/import.html", context, status=422 if problem else 200)


def _chosen(request: HttpRequest) -> dict[int, str]:
    """Whose a doubtful row is, as chosen on the page, by the row's number."""
    said = {key.removeprefix("row-"): str(one) for key, one in request.POST.items() if key.startswith("row-")}
    return {int(row): one for row, one in said.items() if whole(row, 0) and one}


def _question(one: AskWhose) -> dict[str, Any]:
    """A doubtful row with the nominations that it may be about."""
    options = [(case.number, f"{case.title}，{case.applying_unit.name}（{case.number}）") for case in one.cases]
    return {
        "label": f"第{one.row.number}行 {one.row.value('name') or ''}",
        "name": f"row-{one.row.number}",
        "why": one.why,
        "options": [*options, (FRESH, "都不是，新增一人")],
    }
