"""What arrived on the desk: by unit, by code, with receipts."""

import contextlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.papers.page_code import parse_typed
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.papers.arrived import UnitPapers, all_units, receives, unit_papers
from gongjiang.services.papers.expected import Key, cases_by_unit, paper_stage, paper_stages, units_named
from gongjiang.services.papers.queries import get_arrival, visible_to
from gongjiang.services.papers.receipt import receipt_pdf
from gongjiang.services.papers.register import Brought, crossed_by, register, void
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.numbers import whole

COUNT = re.compile(r"(original|copy)-(\d*)-(\w+)")
WAYS = (("brought", "送达"), ("posted", "邮寄"))


def _programme(request: HttpRequest, edition_id: int) -> Programme:
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    return programme_of(main_process(edition))


def _stage(request: HttpRequest, edition_id: int, stage_id: str) -> tuple[Programme, Stage]:
    programme = _programme(request, edition_id)
    stage = paper_stage(programme, stage_id)
    if not receives(request.actor, programme, stage):
        raise NotFound()
    return programme, stage


@signed_in
@require_safe
def steps(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The step whose papers arrive here; for a unit its own receipts."""
    programme = _programme(request, edition_id)
    mine = [one for one in paper_stages(programme) if receives(request.actor, programme, one)]
    if mine:
        return redirect("papers-units", edition_id, mine[0].id)
    rows = visible_to(request.actor).filter(process=programme.process).select_related("unit", "to").order_by("-id")
    return render(request, "papers/receipts.html", {"edition": programme.edition, "arrivals": list(rows[:200])})


@signed_in
@require_safe
def units(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Every unit with what is missing."""
    programme, stage = _stage(request, edition_id, stage_id)
    found = all_units(programme, stage)
    other = [one for one in paper_stages(programme) if one.id != stage.id]
    context = {
        "edition": programme.edition,
        "stage": stage,
        "rows": found,
        "heading": f"纸质材料：{stage.shown}",
        "summary": _summary(found),
        "others": [one for one in other if receives(request.actor, programme, one)],
        "problem": "",
    }
    return render(request, "papers/units.html", context)


def _summary(found: list[UnitPapers]) -> str:
    """The last day in time, how many papers are all there, how many units came late."""
    if not found:
        return ""
    due, late = found[0].due, sum(bool(one.late_days) for one in found)
    how = "寄出（以邮戳为准）" if due.posted else "送达"
    until = f"{long_date(due.day)}前{how}（{due.clause}）。" if due.day is not None else ""
    told = f"共 {sum(len(one.sheets) for one in found)} 种，已齐 {sum(one.complete for one in found)} 种"
    return f"{until}{told}" + (f"，逾期 {late} 家" if late else "")


@signed_in
@require_safe
def find(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """By a code that was scanned, a number or a name: the unit whose papers these are."""
    programme, stage = _stage(request, edition_id, stage_id)
    text = request.GET.get("text", "").strip()[:200]
    number = text
    with contextlib.suppress(BadInput):
        number = parse_typed(text).case_no
    groups = cases_by_unit(programme, stage)
    names = units_named(list(groups))
    for pk, cases in groups.items():
        told = {one.number for one in cases} | {one.title for one in cases} | {names[pk].name, names[pk].short_name}
        if text and (number in told or text in told):
            code = f"?code={quote(text)}" if number != text else ""
            return redirect(reverse("papers-unit", args=[edition_id, stage_id, pk]) + code)
    messages.error(request, f"没有找到“{text}”：请核对页码、编号、姓名或单位全称。还没有报送的不在此登记。")
    return redirect("papers-units", edition_id, stage_id)


@signed_in
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, edition_id: int, stage_id: str, unit_id: int) -> HttpResponse:
    """One unit's papers; what has just come is put down here."""
    programme, stage = _stage(request, edition_id, stage_id)
    cases = cases_by_unit(programme, stage).get(unit_id)
    sender = units_named([unit_id]).get(unit_id)
    if cases is None or sender is None:
        raise NotFound()
    problem, status = "", 200
    if request.method == "POST":
        try:
            made = register(
                actor=request.actor,
                at=request.at,
                programme=programme,
                stage=stage,
                unit=sender,
                brought=_brought(request.POST),
            )
        except GongjiangError as error:
            problem, status = str(error), error.status
        else:
            messages.success(request, f"已登记，回执 {made.number}，报送单位会收到消息")
            for text in crossed_by(made):
                messages.warning(request, f"与上传的盖章件不是同一版，已告知报送单位。{text}")
            return redirect("papers-unit", edition_id, stage_id, unit_id)
    found = unit_papers(programme, stage, sender, cases)
    return _show(request, programme, stage, found, problem, status)


def _show(
    request: HttpRequest, programme: Programme, stage: Stage, found: UnitPapers, problem: str, status: int
) -> HttpResponse:
    typed = request.POST
    rows = []
    for one in found.sheets:
        case = one.expected.case
        key = f"{case.pk if case is not None else ''}-{one.expected.form}"
        rows.append(
            {
                "sheet": one,
                "who": case.title if case is not None else "本单位",
                "number": case.number if case is not None else "",
                "original": f"original-{key}",
                "copy": f"copy-{key}",
                "original_value": typed.get(f"original-{key}", ""),
                "copy_value": typed.get(f"copy-{key}", ""),
            }
        )
    arrivals = visible_to(request.actor).filter(process=programme.process, stage=stage.id, unit=found.unit)
    context: dict[str, Any] = {
        "edition": programme.edition,
        "stage": stage,
        "found": found,
        "rows": rows,
        "arrivals": list(arrivals.select_related("by").order_by("-id")[:50]),
        "today": timezone.localtime(request.at).date().isoformat(),
        "ways": WAYS,
        "typed": typed,
        "codes": typed.get("codes", request.GET.get("code", "")[:200]),
        "problem": problem,
    }
    return render(request, "papers/unit.html", context, status=status)


def _brought(typed: Mapping[str, Any]) -> Brought:
    counts: dict[Key, tuple[int, int]] = {}
    for name, value in typed.items():
        told = COUNT.fullmatch(name)
        if told is None or not str(value).strip():
            continue
        number = whole(str(value).strip(), None)
        if number is None:
            raise BadInput("份数请填整数。", "A whole number.", place="份数")
        key = (whole(told[2], None), told[3])
        before = counts.get(key, (0, 0))
        counts[key] = (number, before[1]) if told[1] == "original" else (before[0], number)
    return Brought(
        str(typed.get("brought_by", "")),
        _day(typed.get("arrived_on"), "收到日期"),
        str(typed.get("way", "")),
        _day(typed.get("posted_on"), "寄出日") if typed.get("posted_on") else None,
        counts,
        str(typed.get("codes", ""))[:60_000],
        str(typed.get("note", "")),
    )


def _day(text: Any, place: str) -> date:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        raise BadInput("请填写日期，如 2026-06-30。", "A date.", place=place) from None


@signed_in
@require_safe
def receipt(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """The receipt, for the unit and for the desk."""
    found = get_arrival(request.actor, arrival_id)
    answer = HttpResponse(receipt_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'回执-{found.number}')}.pdf"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def strike(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """Strike what was registered by mistake."""
    found = get_arrival(request.actor, arrival_id)
    programme = programme_of(found.process)
    try:
        void(
            actor=request.actor,
            at=request.at,
            programme=programme,
            arrival_id=arrival_id,
            reason=request.POST.get("reason", ""),
        )
    except NotFound:
        raise
    except told_here(request) as error:
        messages.error(request, error.text)
    else:
        messages.success(request, f"回执 {found.number} 已作废")
    return redirect("papers-unit", programme.edition.pk, found.stage, found.unit_id)
