"""Trophies, certificates, bonuses: one page for the officer, many rows at once, a sheet to hand on."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.documents.xlsx.write import write_list
from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.honours.standing import HELD
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.honours.bestow import Given, list_due, record, undo
from gongjiang.services.honours.bestowals import all_rows, bestowal_desk, open_receipt
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.honours.document import XLSX, download, sent
from gongjiang.web.numbers import whole, whole_numbers


@signed_in
def page(request: HttpRequest, document_id: int) -> HttpResponse:
    """What is owed and what was given. POST: hand over or pay what is ticked."""
    problem = ""
    if request.method == "POST":
        try:
            many = _record(request, document_id)
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"已登记 {many} 项。")
            return redirect(f"{request.path}?{urlencode(_asked(request))}")
    asked = _asked(request)
    found = bestowal_desk(
        request.actor,
        document_id,
        benefit=asked.get("benefit", ""),
        left=asked.get("left") == "1",
        after=whole(request.GET.get("after"), 0),
    )
    context: dict[str, Any] = {
        "desk": found,
        "problem": problem,
        "tabs": _tabs(found.totals, asked),
        "sums": [
            f"{one.label}：已发 {_yuan(one.paid)} 元" + (f"，待发 {_yuan(one.left)} 元" if one.left else "")
            for one in found.totals
            if one.money
        ],
        "money": any(one.money for one in found.rows),
        "typed": request.POST,
        "rows": [_row(one, request.POST.getlist("row")) for one in found.rows],
        "today_iso": timezone.localtime(request.at).date().isoformat(),
        "preferences": found.preferences,
        "next_url": f"?{urlencode({**asked, 'after': found.after})}" if found.after else "",
    }
    return render(request, "honours/bestowals.html", context, status=409 if problem else 200)


def _row(one: Any, ticked: list[str]) -> dict[str, Any]:
    day = one.paid_on or one.handed_on
    if day is not None:
        mark = ("passed", "已发放" if one.money else "已交付")
    elif one.honour.state not in HELD:
        mark = ("struck", one.honour.get_state_display())
    else:
        mark = ("waiting", "未办")
    amount = "—" if not one.money else "未定" if one.amount is None else _yuan(one.amount)
    return {
        "one": one, "mark": mark, "day": day, "amount": amount, "ticked": str(one.pk) in ticked,
        "dialog": f"undo-{one.pk}", "field": f"why-{one.pk}",
    }  # fmt: skip


def _yuan(sum_: Decimal) -> str:
    return f"{sum_:,.2f}".removesuffix(".00")


def _asked(request: HttpRequest) -> dict[str, str]:
    found = {key: request.GET.get(key, "")[:40] for key in ("benefit", "left")}
    return {key: one for key, one in found.items() if one}


def _tabs(totals: Any, asked: dict[str, str]) -> list[dict[str, Any]]:
    benefit, left = asked.get("benefit", ""), asked.get("left") == "1"
    every = sum(one.many for one in totals)
    waiting = every - sum(one.done for one in totals)
    tabs = [
        {"n": every, "label": "全部", "url": "?", "current": not benefit and not left, "hot": False},
        {"n": waiting, "label": "未办", "url": "?left=1", "current": left and not benefit, "hot": False},
    ]
    return tabs + [
        {
            "n": f"{one.done}/{one.many}",
            "label": one.label[:12],
            "url": f"?{urlencode({'benefit': one.benefit})}",
            "current": benefit == one.benefit,
            "hot": False,
        }
        for one in totals
    ]


def _record(request: HttpRequest, document_id: int) -> int:
    said = request.POST
    rows = whole_numbers(said.getlist("row"))
    if not rows:
        raise BadInput("请先勾选要登记的人。", "Tick somebody.", place="勾选")
    upload = request.FILES.get("receipt")
    given = Given(
        parse_day(said["day"], place="日期") if said.get("day") else None,
        _amount(said.get("amount", "")),
        said.get("payee", "") if len(rows) == 1 else "",
        said.get("note", ""),
        (upload.name or "收据", cast(BinaryIO, upload)) if upload is not None else None,
    )
    return record(actor=request.actor, at=request.at, document_id=document_id, rows=rows, given=given)


def _amount(text: str) -> Decimal | None:
    plain = text.strip().replace(",", "").replace("，", "").removesuffix("元")
    if not plain:
        return None
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise BadInput("金额请写成数字，如 5000。", "Write a number.", place="金额") from None
    if not found.is_finite() or found != found.quantize(Decimal("0.01")):
        raise BadInput("金额最多写到分。", "At most two decimals.", place="金额")
    return found


@signed_in
@require_POST
def due(request: HttpRequest, document_id: int) -> HttpResponse:
    """Write down what the pack promises, for a document from before."""
    list_due(actor=request.actor, at=request.at, document_id=document_id)
    messages.success(request, "已按通知列出应发的奖励。")
    return redirect("honours-bestowals", document_id)


@signed_in
@require_POST
def again(request: HttpRequest, document_id: int, bestowal_id: int) -> HttpResponse:
    """Take back what was recorded by mistake."""
    try:
        done = undo(
            actor=request.actor,
            at=request.at,
            document_id=document_id,
            row=bestowal_id,
            version=whole(request.POST.get("version"), 0),
            reason=request.POST.get("reason", ""),
        )
    except NotFound:
        raise
    except told_here(request) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{done.honour.name}的“{done.label}”已改回未办。")
    return redirect("honours-bestowals", document_id)


@signed_in
@require_safe
def receipt(request: HttpRequest, document_id: int, bestowal_id: int) -> HttpResponseBase:
    """The receipt, as a file to keep."""
    one, content = open_receipt(request.actor, document_id, bestowal_id)
    return download(safe_name(f"{one.payee}-{one.label}-收据", f".{one.format}"), content)


@signed_in
@require_safe
def sheet(request: HttpRequest, document_id: int) -> HttpResponse:
    """All of it as Excel."""
    document, rows = all_rows(request.actor, document_id)
    columns = ("姓名", "单位", "称号", "事项", "金额（元）", "领取人", "交付或发放日期", "收据", "备注", "登记人")
    data = write_list(
        f"{document.number}奖励发放表",
        columns,
        [
            (
                one.honour.name, one.honour.shown.get("employer", {}).get("text", ""), one.honour.title, one.label,
                one.amount, one.payee, _iso(one.paid_on or one.handed_on), "有" if one.stored else "", one.note,
                one.by.full_name if one.by is not None else "",
            )
            for one in rows
        ],
        name="奖励发放",
    )  # fmt: skip
    return sent(data, safe_name(f"{document.number} 奖励发放表", ".xlsx"), XLSX)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
