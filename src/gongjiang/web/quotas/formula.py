"""Where a table of places comes from: figures typed or uploaded, computed numbers beside the table's, gaps named."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.quotas.reckoning import Line, Verdict
from gongjiang.rules.quotas.report import VERDICTS, line_text
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import may_organise
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.quotas.counts import Figures, read_counts, wrong_with
from gongjiang.services.quotas.figures import Reckoned, confirm_allocation, reckoned, save_figures, specs_of
from gongjiang.web.access import signed_in

LARGEST = 5 * 1024 * 1024
LONGEST = 200
OUTCOMES = {
    Verdict.FITS: "met",
    Verdict.ONE: "met",
    Verdict.SEVERAL: "judge",
    Verdict.NONE: "unmet",
    Verdict.DIFFERS: "unmet",
    Verdict.COMPUTED: "met",
    Verdict.OPEN: "missing",
}

Typed = dict[str, dict[str, dict[str, str]]]


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Anybody who sees the edition may try figures; the issuing office puts them on record and confirms."""
    programme = get_programme(request.actor, edition_id)
    if request.method != "POST":
        return _show(request, programme)
    go, _, name = request.POST.get("go", "").partition(":")
    try:
        if go == "confirm":
            confirm_allocation(
                actor=request.actor,
                at=request.at,
                programme=programme,
                allocation=name,
                basis=request.POST.get(f"basis-{name}", ""),
            )
            messages.success(request, "已确认，名额表按测算结果生成。")
            return redirect(f"{reverse('quotas-formula', args=[edition_id])}#a-{name}")
        typed = _typed(request, programme)
        if go == "upload":
            found = _uploaded(request, programme)
            for allocation, units in found.texts.items():
                for unit, row in units.items():
                    typed.setdefault(allocation, {}).setdefault(unit, {}).update(row)
            return _show(request, programme, typed, problems=found.problems)
        if go == "save":
            return _saved(request, programme, name, typed)
    except GongjiangError as error:
        return _show(request, programme, _typed(request, programme), str(error), error.status)
    return _show(request, programme, typed)


def _saved(request: HttpRequest, programme: Programme, name: str, typed: Typed) -> HttpResponse:
    save_figures(
        actor=request.actor,
        at=request.at,
        programme=programme,
        allocation=name,
        texts=typed.get(name, {}),
        basis=request.POST.get(f"basis-{name}", ""),
    )
    messages.success(request, "数字已记录。")
    return redirect(f"{reverse('quotas-formula', args=[programme.edition.pk])}#a-{name}")


def _typed(request: HttpRequest, programme: Programme) -> Typed:
    """What stands in the fields `f-<allocation>-<factor>-<n>`; n counts the allocation's units."""
    found: Typed = {}
    for spec in specs_of(programme):
        for n, unit in enumerate(spec.units):
            for factor in spec.factors:
                text = request.POST.get(f"f-{spec.id}-{factor.id}-{n}", "").strip()[: LONGEST + 1]
                if text:
                    found.setdefault(spec.id, {}).setdefault(unit, {})[factor.id] = text
    return found


def _uploaded(request: HttpRequest, programme: Programme) -> Figures:
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > LARGEST:
        raise BadInput("请选择一个不超过 5 MB 的 Excel 或 CSV 文件。", "Choose a file.", place="数字文件")
    return read_counts(upload.read(), specs_of(programme))


def _show(
    request: HttpRequest,
    programme: Programme,
    typed: Typed | None = None,
    problem: str = "",
    status: int = 200,
    problems: list[str] | None = None,
) -> HttpResponse:
    given = None if typed is None else {one.id: typed.get(one.id, {}) for one in programme.pack.allocations}
    context = {
        "edition": programme.edition,
        "blocks": [block(one, request) for one in reckoned(programme, given)],
        "office": may_organise(request.actor, programme.edition.organiser),
        "preparing": programme.edition.state == "preparing",
        "tried": typed is not None,
        "problem": problem,
        "problems": problems or [],
    }
    return render(request, "quotas/formula.html", context, status=status)


def block(one: Reckoned, request: HttpRequest) -> dict[str, Any]:
    """An allocation as its template reads it."""
    spec = one.report.spec
    lines = {line.unit: line for line in one.report.lines}
    return {
        "one": one,
        "spec": spec,
        "kind": one.report.kind,
        "computes": spec.kind != "factors",
        "asks": bool(spec.factors),
        "rows": [_row(one, n, unit, lines.get(unit)) for n, unit in enumerate(spec.units)],
        "gaps": one.report.gaps,
        "sum": one.report.table_sum,
        "result": None if one.report.result is None else sum(one.report.result.values()),
        "basis": request.POST.get(f"basis-{spec.id}", ""),
        "doubtful": any(line.verdict in (Verdict.NONE, Verdict.DIFFERS) for line in one.report.lines),
    }


def _row(one: Reckoned, n: int, unit: str, line: Line | None) -> dict[str, Any]:
    spec = one.report.spec
    texts = one.texts.get(unit, {})
    return {
        "unit": unit,
        "table": line.table if line else None,
        "parts": line.parts if line else {},
        "computed": "或".join(map(str, line.possible)) if line and spec.kind != "factors" else "",
        "quota": decimal_text(line.quota, 4) if line and line.quota is not None else "",
        "outcome": OUTCOMES[line.verdict] if line else "missing",
        "verdict": VERDICTS[line.verdict] if line else "",
        "says": line_text(spec, line) if line else "",
        "cells": [
            {
                "name": f"f-{spec.id}-{factor.id}-{n}",
                "label": f"{unit}的{factor.label}",
                "short": factor.label,
                "value": texts.get(factor.id, ""),
                "told": factor.told,
                "wrong": wrong_with(factor, texts[factor.id]) if texts.get(factor.id) else "",
            }
            for factor in spec.factors
        ],
    }
