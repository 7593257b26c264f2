"""The people, and the entries of their logs, behind a figure of the board."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongjiang.kernel.text import clean
from gongjiang.rules.cultivation.kinds import KINDS, label_of
from gongjiang.rules.honours.targets import LEVELS, level_label
from gongjiang.rules.programmes.vocabulary import HONOUR_STATES
from gongjiang.services.reports.progress.people import NARROWING, NONE, entries, people
from gongjiang.services.reports.progress.seats import seat_of
from gongjiang.web.access import signed_in
from gongjiang.web.honours.marks import MARKS
from gongjiang.web.numbers import whole

STATES = (
    ("", "全部状态"), ("trainee,stands", "在册"), ("stands", "已认定"), ("trainee", "培育对象"), ("suspended", "暂停"),
    ("ended", "期满"), ("revoked", "已撤销"), ("suspended,ended,revoked", "不在册"),
)  # fmt: skip
BOXED = ("level", "state", "year", "source")
SOURCES = (("", "全部来源"), ("platform", "本平台命名"), ("register", "名册导入"))
WORDS = {"edition": "只看这一届", "unsure": "身份待核对"}
ENTRY_STATES = (("", "全部"), ("confirmed", "已确认"), ("claimed", "待确认"))


@signed_in
@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    """Honours that a figure counts."""
    seat, _ = seat_of(request.actor, whole(request.GET.get("of"), None))
    asked = _asked(request, (*NARROWING, "source", "unsure"))
    found = people(request.actor, seat, asked, after=clean(request.GET.get("after", ""))[:24])
    kept = {"of": str(seat.organisation.pk), **asked}
    context: dict[str, Any] = {
        "seat": seat.organisation,
        "board_url": f"{reverse('progress')}?of={seat.organisation.pk}",
        "asked": asked,
        "kept": kept,
        "total": f"共 {found.n} 名",
        "rows": [
            {"one": one, "level": level_label(one.level), "mark": (MARKS[one.state], HONOUR_STATES[one.state])}
            for one in found.rows
        ],
        "chips": [_chip(kept, key, value) for key, value in asked.items() if key not in BOXED],
        "levels": [("", "全部级别"), *LEVELS.items(), (NONE, "其他")],
        "states": STATES,
        "sources": SOURCES,
        "next_url": f"?{urlencode({**kept, 'after': found.after})}" if found.after else "",
    }  # fmt: skip
    return render(request, "progress/people.html", context)


@signed_in
@require_safe
def activities_page(request: HttpRequest) -> HttpResponse:
    """Entries that a figure counts."""
    seat, _ = seat_of(request.actor, whole(request.GET.get("of"), None))
    asked = _asked(request, ("kind", "year", "state", "level", "province"))
    found = entries(request.actor, seat, asked, after=whole(request.GET.get("after"), 0))
    kept = {"of": str(seat.organisation.pk), **asked}
    context: dict[str, Any] = {
        "seat": seat.organisation,
        "board_url": f"{reverse('progress')}?of={seat.organisation.pk}",
        "asked": asked,
        "kept": kept,
        "total": f"共 {found.n} 条",
        "rows": [{"one": one, "kind": label_of(one.kind)} for one in found.rows],
        "kinds": [("", "全部种类"), *((one.id, one.label) for one in KINDS)],
        "states": ENTRY_STATES,
        "next_url": f"?{urlencode({**kept, 'after': found.after})}" if found.after else "",
    }
    return render(request, "progress/activities.html", context)


def _asked(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name in names if (value := clean(request.GET.get(name, "")).strip()[:80])}


def _chip(kept: dict[str, str], key: str, value: str) -> dict[str, str]:
    """A narrowing that has no box of its own, to be taken away by a click."""
    rest = {name: one for name, one in kept.items() if name != key}
    if key in WORDS:
        return {"label": WORDS[key], "url": f"?{urlencode(rest)}"}
    return {"label": "未填" if value == NONE else value.replace(",", "、"), "url": f"?{urlencode(rest)}"}
