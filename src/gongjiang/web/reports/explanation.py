"""How a nominee's result came about, line by line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.reports.explanation import Explanation, explanation
from gongjiang.web.access import signed_in


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int, stage_id: str, case_id: int) -> HttpResponse:
    """For whoever runs the panel, and for the nominee where the edition allows it."""
    programme = get_programme(request.actor, edition_id)
    found = explanation(request.actor, programme, stage_id, case_id)
    context = {"edition": programme.edition, "stage": found.stage, "found": found, "told": _told(found)}
    return render(request, "reports/explanation.html", context)


def _told(found: Explanation) -> list[dict[str, str]]:
    """The order and the cut line: label and words."""
    told = [(f"排序依据{n}：{label}", value) for n, (label, value) in enumerate(found.keys, 1)]
    told.append(("名次", _place(found)))
    told.append(("名单人数", "不限" if found.size is None else f"取 {found.size} 人"))
    told += [
        (label, value)
        for label, value in (("入选线内最后一位", found.last_kept), ("入选线外第一位", found.first_out))
        if value
    ]
    told.append(("结果", found.kept))
    return [{"label": label, "value": value} for label, value in told]


def _place(found: Explanation) -> str:
    if found.place is None:
        return "未定，不排名次"
    said = f"第 {found.place}，共 {found.listed} 人"
    if found.tied > 1:
        return f"{said}；与另外 {found.tied - 1} 人各项依据都相同，由会议或抽签定次序"
    beside = "后一名" if found.place == 1 else "前一名"
    return f"{said}；与{beside}相比，由“{found.decided}”分出先后" if found.decided else said
