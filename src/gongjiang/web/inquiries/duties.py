"""What those who were chosen owe, as a list for the office."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.rules.honours.obligations import Flag
from gongjiang.services.honours.watch import OFFICE, Watched, watched
from gongjiang.web.access import signed_in

PAGE = 50
MARKS = {
    Flag.OVERDUE: ("unmet", "逾期未批"),
    Flag.WAITING: ("missing", "待批复"),
    Flag.LATE: ("missing", "迟报"),
    Flag.DEFIED: ("unmet", "未批先变"),
    Flag.CONFLICT: ("unmet", "记录不一致"),
}
TABS = (("", "需要查看"), ("waiting", "待批复"), ("all", "全部"), ("over", "已期满"))


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What stands out first; `show`: waiting, all, over."""
    if not (request.actor.is_platform or request.actor.has(*OFFICE)):
        raise NotFound()
    lines = watched(request.actor, request.at)
    show = request.GET.get("show", "")
    parts = {name: [one for one in lines if _fits(name, one)] for name, _ in TABS}
    show = show if show in parts else ""
    pages = Paginator(parts[show], PAGE)
    here = pages.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "rows": [
            {"one": one, "notes": [(MARKS[note.flag], note.text) for note in one.notes]} for one in here.object_list
        ],
        "tabs": [
            {
                "n": len(parts[name]),
                "label": label,
                "url": f"?show={name}" if name else "?",
                "current": name == show,
                "hot": name == "" and bool(parts[name]),
            }
            for name, label in TABS
        ],
        "here": here,
        "show": show,
        "bound": bool(lines),
    }
    return render(request, "inquiries/duties.html", context)


def _fits(name: str, one: Watched) -> bool:
    if name == "waiting":
        return any(note.flag in {Flag.WAITING, Flag.OVERDUE} for note in one.notes)
    if name == "over":
        return one.over
    return name == "all" or one.grave
