"""Lists of cases as sheets to take away: what is narrowed on screen, nothing else."""

from collections.abc import Sequence
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjiang.documents.xlsx import write_list
from gongjiang.kernel.errors import NotFound
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.nominations.listing import Listed, all_filed, all_of_edition
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.formality.listing import filters, shown

COLUMNS = (
    *("编号", "姓名", "届次", "奖项", "申报方式", "申报单位", "推荐单位"),
    *("状态", "所在环节", "等谁办", "截止", "说明"),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one has filed, as it is narrowed on screen, as a sheet."""
    return _sheet(request, "我的申报", all_filed(request.actor, filters(request)))


@signed_in
@require_safe
def of_edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Everybody of an edition, as it is narrowed on screen, as a sheet."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    found = all_of_edition(request.actor, programme_of(main_process(edition)), filters(request))
    return _sheet(request, f"{edition.title}人选", found)


def _sheet(request: HttpRequest, title: str, found: Sequence[Listed]) -> HttpResponse:
    rows = []
    for one in found:
        row, case = shown(request, one), one.case
        units = (case.applying_unit.name, case.nominator.name)
        stands = (row["state"][1], row["where"], "、".join(one.next_by), row["due"], row["note"])
        rows.append((case.number, case.title, case.process.edition.title, row["award"], case.route, *units, *stands))
    response = HttpResponse(write_list(title, COLUMNS, rows), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    response["Cache-Control"] = "no-store"
    return response
