"""Workbooks in and out: what a sheet would change is shown first; errors come back in the very file."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError, NotFound, Stale
from gongjiang.services.nominations.sheet_store import (
    NOTHING,
    Choices,
    get_import,
    hand_in,
    let_go,
    look,
    marked,
    seen,
    take_in,
)
from gongjiang.services.nominations.summary import CODE, header_of, summary_form
from gongjiang.services.nominations.summary_people import FRESH, AskWhose
from gongjiang.services.nominations.workbook import make_workbook
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import link
from gongjiang.web.numbers import whole
from gongjiang.web.units.views import edition_of, unit_of

LARGEST = 20 * 1024 * 1024
SHOWN = 200
"""So many rows of each kind stand on the page; the workbook has all."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _ground(request: HttpRequest, edition_id: int, unit_id: int) -> tuple[Any, Any, Programme]:
    edition = edition_of(request, edition_id)
    return edition, unit_of(request, edition, unit_id), programme_of(main_process(edition))


@signed_in
def import_page(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """Download the workbook or choose one; a chosen one is looked at before anything is written."""
    edition, unit, programme = _ground(request, edition_id, unit_id)
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None or (upload.size or 0) > LARGEST:
            problem = "请选择一个不超过 20 MB 的 Excel 或 CSV 文件。"
        else:
            try:
                row = hand_in(
                    actor=request.actor, at=request.at, programme=programme, unit=unit,
                    filename=upload.name or "", data=upload.read(),
                )  # fmt: skip
                return redirect("units-import-look", edition_id, unit_id, row.pk)
            except GongjiangError as error:
                problem = str(error)
    context = {"unit": unit, "edition": edition, "problem": problem, "code": CODE, "header": (), "form": None}
    try:
        form = summary_form(programme)
        context |= {"form": form, "header": header_of(programme, form)}
    except NotFound:
        pass
    return render(request, "units/import.html", context, status=422 if problem else 200)


@signed_in
def workbook(request: HttpRequest, edition_id: int, unit_id: int) -> HttpResponse:
    """The workbook to fill in offline."""
    edition, unit, programme = _ground(request, edition_id, unit_id)
    data = make_workbook(actor=request.actor, at=request.at, programme=programme, unit=unit)
    return _download(data, f"{edition.title}-{unit.short_name or unit.name}-填报表.xlsx")


@signed_in
def look_page(request: HttpRequest, edition_id: int, unit_id: int, import_id: int) -> HttpResponse:
    """What the workbook would change, what has to be mended, and where people choose."""
    edition, unit, programme = _ground(request, edition_id, unit_id)
    row = get_import(request.actor, programme, unit, import_id)
    if row.state == "dropped":
        raise NotFound()
    return _show(request, edition, programme, row)


def _show(
    request: HttpRequest, edition: Any, programme: Programme, row: Any, problem: str = "", status: int = 200
) -> HttpResponse:
    found = look(request.actor, request.at, programme, row)
    context = {
        "edition": edition,
        "unit": row.unit,
        "row": row,
        "found": found,
        "problem": problem,
        "seen": seen(found),
        "ready": len(found.made) + len(found.changed),
        "made": [(one.number, one.value("name")) for one in found.made[:SHOWN]],
        "changed": [
            {"row": one.row.number, "title": one.case.title, "url": link("nominee", one.case.pk), "cells": one.cells}
            for one in found.changed[:SHOWN]
        ],
        "problems": found.problems[:SHOWN],
        "bad_rows": len({(one.sheet, one.row) for one in found.problems}),
        "asked": [_question(one) for one in found.asked[:SHOWN]],
        "clashes": found.clashes[:SHOWN],
        "shown": SHOWN,
        "code": CODE,
    }
    return render(request, "units/import_look.html", context, status=status)


@require_POST
@signed_in
def take_page(request: HttpRequest, edition_id: int, unit_id: int, import_id: int) -> HttpResponse:
    """Write all in which nothing is wrong."""
    edition, unit, programme = _ground(request, edition_id, unit_id)
    row = get_import(request.actor, programme, unit, import_id)
    try:
        done = take_in(
            actor=request.actor, at=request.at, programme=programme, row=row, said=_said(request),
            shown=request.POST.get("seen", ""),
        )  # fmt: skip
    except Stale as error:
        return _show(request, edition, programme, row, str(error), 409)
    except GongjiangError as error:
        return _show(request, edition, programme, row, str(error), error.status)
    left = f"；{len(done.problems)} 处须改正，所在的行没有导入" if done.problems else ""
    told = f"新建 {len(done.numbers)} 人，更新 {len(done.changed)} 人，无变化 {len(done.same)} 人{left}。"
    (messages.warning if done.problems else messages.success)(request, told)
    if done.problems:
        return redirect("units-import-look", edition_id, unit_id, row.pk)
    return redirect("units-desk-of", edition_id, unit_id)


@require_POST
@signed_in
def drop_page(request: HttpRequest, edition_id: int, unit_id: int, import_id: int) -> HttpResponse:
    """Give the workbook up; nothing of it was written."""
    _, unit, programme = _ground(request, edition_id, unit_id)
    let_go(actor=request.actor, at=request.at, row=get_import(request.actor, programme, unit, import_id))
    messages.success(request, "已放弃这份表，没有写入任何内容")
    return redirect("units-import", edition_id, unit_id)


@signed_in
def marked_page(request: HttpRequest, edition_id: int, unit_id: int, import_id: int) -> HttpResponse:
    """The same workbook, its errors marked cell by cell."""
    _, unit, programme = _ground(request, edition_id, unit_id)
    row = get_import(request.actor, programme, unit, import_id)
    if row.state == "dropped":
        raise NotFound()
    data, name = marked(request.actor, request.at, programme, row)
    return _download(data, f"标出错误-{name}")


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response


def _said(request: HttpRequest) -> Choices:
    """Whose a doubtful row is, by the row's number; and which side of a clash was chosen."""
    said = {key.removeprefix("row-"): str(one) for key, one in request.POST.items() if key.startswith("row-")}
    rows = {int(row): one for row, one in said.items() if whole(row, 0) and one}
    cells = {
        key.removeprefix("keep-") for key, one in request.POST.items() if key.startswith("keep-") and one == "sheet"
    }
    return Choices(rows, frozenset(cells)) if rows or cells else NOTHING


def _question(one: AskWhose) -> dict[str, Any]:
    """A doubtful row with the nominations that it may be about."""
    options = [(case.number, f"{case.title}，{case.applying_unit.name}（{case.number}）") for case in one.cases]
    return {
        "label": f"第{one.row.number}行 {one.row.value('name') or ''}",
        "name": f"row-{one.row.number}",
        "why": one.why,
        "options": [*options, (FRESH, "都不是，新增一人")],
    }
