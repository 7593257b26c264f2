"""The register of honours: its public part for anybody, its internal part for those who keep it."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gongjiang.documents.xlsx.stream import stream_list
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.honours import facets, register
from gongjiang.services.honours.certificates.queries import current_code
from gongjiang.services.honours.register import Asked, Row
from gongjiang.services.honours.register import is_personal as personal
from gongjiang.services.honours.scope import Scope, keeper_scope, public_scope
from gongjiang.services.registry.authority import keeps
from gongjiang.web.access import public, signed_in
from gongjiang.web.honours.document import XLSX
from gongjiang.web.honours.marks import MARKS

PAGE = 50
STATES = {"stands": "已命名", "trainee": "培育对象", "ended": "期满", "suspended": "暂停", "revoked": "已撤销"}
FIELDS = ("text", "number", "year", "programme", "level", "state")


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Search and pages, newest first."""
    context = _context(request, public_scope())
    return render(request, "honours/register.html", context | {"keeps": keeps(request.actor)})


@signed_in
def inside(request: HttpRequest) -> HttpResponse:
    """All honours of all programmes of one's organisations, whatever became of them. What is looked for is posted:
    an identity number must not stand in an address; anything else goes into one."""
    scope = keeper_scope(request.actor)
    asked = _asked(request)
    if request.method == "POST" and not personal(asked.number):
        return redirect(f"{request.path}?{urlencode(_kept(asked))}")
    return render(request, "honours/inside.html", _context(request, scope))


@signed_in
@require_safe
def sheet(request: HttpRequest) -> StreamingHttpResponse:
    """What was looked for as a workbook, sent while it is read."""
    scope = keeper_scope(request.actor)
    rows = register.every(_asked(request), scope)
    labels = ("姓名", "出生年月", "称号", "级别", "单位", "时间", "状态", "来源")
    cells = (
        (one.name, one.birth, one.title, one.level_label, one.unit, one.day, one.state_label, one.source)
        for one in rows
    )
    answer = StreamingHttpResponse(stream_list("工匠名册", labels, cells, "名册"), content_type=XLSX)
    answer.headers["Content-Disposition"] = "attachment; filename*=UTF-8''%E5%B7%A5%E5%8C%A0%E5%90%8D%E5%86%8C.xlsx"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked(request: HttpRequest) -> Asked:
    said = request.POST if request.method == "POST" else request.GET
    return Asked(**{key: said.get(key, "").strip()[:60] for key in FIELDS})


def _kept(asked: Asked) -> dict[str, str]:
    found = {key: getattr(asked, key) for key in FIELDS}
    return {key: value for key, value in found.items() if value and not (key == "number" and personal(value))}


def _context(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    asked = _asked(request)
    page = register.search(asked, scope=scope, after=request.GET.get("after", "")[:40], limit=PAGE)
    kept = _kept(asked)
    counted = facets.states(scope, asked)
    return {
        "rows": [{"row": one, "mark": (MARKS.get(one.state, "waiting"), one.state_label)} for one in page.rows],
        "total": sum(counted.values()),
        "tabs": _tabs(counted, kept),
        "years": _options("全部年份", facets.years(scope)),
        "programmes": _options("全部项目", facets.programmes(scope)),
        "levels": [("", "全部级别"), *LEVELS.items()],
        "asked": asked,
        "searched": asked != Asked(),
        "query": urlencode(kept),
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
    }


def _options(every: str, choices: list[facets.Choice]) -> list[tuple[str, str]]:
    return [("", every), *((one.value, f"{one.label}（{one.count}）") for one in choices)]


def _tabs(counted: dict[str, int], kept: dict[str, str]) -> list[dict[str, Any]]:
    """培育对象 and 已命名 are two states of the register (X-06); those that nobody is in are left out."""
    plain = {key: value for key, value in kept.items() if key != "state"}
    here = kept.get("state", "")
    shown = [("", "全部", sum(counted.values())), *((key, word, counted.get(key, 0)) for key, word in STATES.items())]
    return [
        {
            "n": n,
            "label": word,
            "url": f"?{urlencode(plain | ({'state': key} if key else {}))}",
            "current": key == here,
            "hot": False,
        }
        for key, word, n in shown
        if n or not key or key == here
    ]


@public
@require_safe
def detail(request: HttpRequest, honour_id: int) -> HttpResponse:
    """One honour: only what was made public, the document it rests on, other honours of the same."""
    found = register.get(honour_id)
    return render(
        request,
        "honours/detail.html",
        {
            "honour": found,
            "state": STATES[found.state],
            "shown": [one for key, one in found.shown.items() if key != "name"],
            "others": _others(found.subject_id, f"h.{found.pk}"),
            "code": current_code(found.pk),
        },
    )


@public
@require_safe
def listed(request: HttpRequest, row_id: int) -> HttpResponse:
    """One honour that a published list tells of, with where it comes from."""
    found = register.get_listed(row_id)
    context = {
        "entry": found,
        "row": register.row_of(found),
        "others": _others(found.subject_id, f"e.{found.pk}"),
    }
    return render(request, "honours/listed.html", context)


def _others(subject_id: int | None, but: str) -> list[Row]:
    return register.same_subject(subject_id, but=but) if subject_id is not None else []
