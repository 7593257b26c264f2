"""A form by which a lower office sets up its own programme under a framework."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.programmes.extending.local_rules import KINDS, LocalRule
from gongjiang.rules.programmes.extending.lower import Wish, awards_for, nominating_group, open_params
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.rules.programmes.schema.words import Param
from gongjiang.services.programmes.lower import framework, make_lower, offices, read_snippet
from gongjiang.web.access import signed_in

KIND_WORDS = [("", "—"), *((key, one.label) for key, one in KINDS.items())]
FORCE_WORDS = [("hard", "必须"), ("soft", "一般"), ("prefer", "优先")]
COLUMNS = (
    {"name": "name", "label": "条件名称"},
    {"name": "kind", "label": "种类", "kind": "select", "options": KIND_WORDS},
    {"name": "value", "label": "数值或内容"},
    {"name": "force", "label": "效力", "kind": "select", "options": FORCE_WORDS},
    {"name": "basis", "label": "本级依据"},
)
LEAST_ROWS = 2
_ROW = re.compile(r"rules-(\d{1,2})-name")


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Title, places, days, what is tightened, what is added; the made pack is checked like any other."""
    upper = framework(request.actor, key)
    bodies = offices(request.actor)
    if not bodies:
        raise NotFound()
    rows = _rows(request.POST)
    problem: GongjiangError | None = None
    problems: tuple[PackProblem, ...] = ()
    if request.method == "POST" and not request.POST.get("add_row") and not request.POST.get("remove_row"):
        try:
            organiser = _organiser(request.POST.get("organiser", ""), bodies)
            made = make_lower(
                actor=request.actor,
                at=request.at,
                key=key,
                wish=_wish(request.POST, rows, upper.pack, organiser),
                organiser=organiser,
            )
        except PackError as error:
            problems = error.problems
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, f"“{made.title}”检查无误，已立项；请逐项核对来源，再办一届。")
            return redirect(f"/packs/v{made.pk}/origins/")
    if request.POST.get("add_row"):
        rows = [*rows, {"force": "hard"}]
    elif removed := request.POST.get("remove_row", "").rpartition("-")[2]:
        rows = [one for one in rows if one["at"] != removed]
    wrong = {problem.place: problem.text} if problem else {}
    context = _context(request, upper.pack, key, bodies, rows, wrong)
    context |= {"problem": problem, "problems": problems, "wrong": wrong}
    return render(request, "programmes/lower.html", context, status=422 if problem or problems else 200)


def _context(
    request: HttpRequest,
    pack: Pack,
    key: str,
    bodies: list[Any],
    rows: list[dict[str, Any]],
    wrong: Mapping[str, str],
) -> dict[str, Any]:
    typed: Mapping[str, str] = request.POST
    levels = dict.fromkeys(one.level for one in bodies)
    awards = {one.id: one.shown for level in levels for one in awards_for(pack, level)}
    params = {one.id: one for award in awards for one in open_params(pack, award)}
    return {
        "key": key,
        "pack": pack,
        "typed": typed,
        "bodies": [(str(one.pk), one.name) for one in bodies],
        "awards": list(awards.items()),
        "award": typed.get("award", next(iter(awards)) if len(awards) == 1 else ""),
        "params": [_param(one, typed, wrong) for one in params.values()],
        "windows": [
            {
                "from": f"w-{one.id}-from",
                "to": f"w-{one.id}-to",
                "label": one.shown,
                "first": typed.get(f"w-{one.id}-from", ""),
                "last": typed.get(f"w-{one.id}-to", ""),
                "hint": f"办法：{one.window.from_}至{one.window.to}，只可在其内",
            }
            for one in pack.times
            if one.window is not None
        ],
        "recommenders": [(one.id, one.shown) for one in nominating_group(pack)[1]],
        "chosen": request.POST.getlist("rec"),
        "columns": COLUMNS,
        "rows": [*rows, *({"force": "hard"} for _ in range(LEAST_ROWS - len(rows)))],
    }


def _param(one: Param, typed: Mapping[str, str], wrong: Mapping[str, str]) -> dict[str, str]:
    way = "只可提高" if one.tighter == "up" else "只可降低"
    return {
        "label": f"{one.shown}（{one.unit}）" if one.unit else one.shown,
        "name": f"p-{one.id}",
        "error": wrong.get(one.shown, ""),
        "value": typed.get(f"p-{one.id}", str(one.value if one.value is not None else "")),
        "hint": f"办法{one.clause}：{one.value}{one.unit}，{way}",
        "reason_name": f"r-{one.id}",
        "reason": typed.get(f"r-{one.id}", ""),
    }


def _organiser(key: str, bodies: list[Any]) -> Any:
    found = next((one for one in bodies if str(one.pk) == key), None)
    if found is None:
        raise BadInput("请选择主办单位。", "Choose the organiser.", place="主办单位")
    return found


def _rows(typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The lines of the table of conditions as typed, in order."""
    numbers = sorted({int(found[1]) for key in typed if (found := _ROW.fullmatch(key))})
    return [
        {"at": str(n), **{str(one["name"]): typed.get(f"rules-{n}-{one['name']}", "").strip() for one in COLUMNS}}
        for n in numbers
    ]


def _wish(typed: Any, rows: list[dict[str, Any]], pack: Pack, organiser: Any) -> Wish:
    slug = typed.get("slug", "").strip().lower()
    if not re.fullmatch(r"[a-z][a-z0-9-]{2,39}", slug):
        raise BadInput(
            "代号用小写字母、数字、连字符，以字母开头。", "Lower-case letters, digits, hyphens.", place="代号"
        )
    if not typed.get("title", "").strip():
        raise BadInput("请填写项目名称。", "A title is needed.", place="项目名称")
    return Wish(
        id=slug,
        title=typed["title"].strip()[:80],
        level=organiser.level,
        issued_by=organiser.name,
        issued_on=_day(typed.get("issued_on", ""), "发文日期"),
        basis=typed.get("basis", "").strip()[:120],
        award=typed.get("award", ""),
        award_label=typed.get("award_label", "").strip()[:40],
        doc_no=typed.get("doc_no", "").strip()[:60],
        places=typed.get("places", "").strip(),
        windows=_windows(typed, pack),
        params={one.id: typed.get(f"p-{one.id}", "") for one in pack.params},
        reasons={one.id: typed.get(f"r-{one.id}", "")[:200] for one in pack.params},
        recommenders=tuple(typed.getlist("rec")),
        rules=tuple(_rule(one, typed.get("basis", "")) for one in rows if one["name"] or one["kind"]),
        snippet=read_snippet(typed.get("snippet", "")),
    )


def _rule(row: Mapping[str, str], basis: str) -> LocalRule:
    return LocalRule(row["name"], row["kind"], row["value"], row["force"] or "hard", row["basis"] or basis)


def _windows(typed: Mapping[str, str], pack: Pack) -> dict[str, tuple[date, date]]:
    found = {}
    for one in pack.times:
        if one.window is not None:
            first, last = typed.get(f"w-{one.id}-from", ""), typed.get(f"w-{one.id}-to", "")
            found[one.id] = (_day(first, one.shown), _day(last, one.shown))
    return found


def _day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("请填写日期，如 2026-06-30。", "A date reads 2026-06-30.", place=place) from None
