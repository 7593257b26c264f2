"""Budgets: a year's table with what is left, one budget with its versions and items, plans and approvals."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.documents.xlsx.write import SummarySheet, write_workbook
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.funds.money import shown, yuan
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.funds.budgets import PURPOSES, allow_beyond, decide, propose
from gongjiang.services.funds.ledger import STATES, Sum, all_items, detail_of, of_year, open_voucher, summed
from gongjiang.services.funds.scope import approves
from gongjiang.services.funds.spend import settle, spend, undo
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.funds.tabs import tabs
from gongjiang.web.funds.typed import item, money
from gongjiang.web.honours.document import XLSX, download, sent
from gongjiang.web.numbers import whole

MARKS = {"proposed": "waiting", "approved": "passed", "refused": "rejected"}
ITEM_MARKS = {"committed": "in_progress", "spent": "passed", "undone": "struck"}


@signed_in
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The money of a year: what there is, what is used, what is left, by level and purpose."""
    found = of_year(request.actor, request.at, whole(request.GET.get("year"), 0))
    context: dict[str, Any] = {
        "rooms": tabs("funds"),
        "found": found,
        "total": _told(found.total),
        "rows": [{"one": one, **_told(summed("", [one]))} for one in found.rows],
        "groups": [
            ("按层级", [{"label": one.label, **_told(one)} for one in found.levels]),
            ("按用途", [{"label": one.label, **_told(one)} for one in found.purposes]),
        ],
        "waiting": [
            {
                "one": one, "amount": shown(one.amount),
                "may": approves(request.actor, one.budget) and one.by_id != request.actor.user_id,
            }
            for one in found.waiting
        ],
        "years": [(str(year), f"{year}年") for year in found.years],
    }  # fmt: skip
    return render(request, "funds/index.html", context)


def _told(one: Sum) -> dict[str, Any]:
    return {
        "approved": shown(one.approved), "beyond": shown(one.beyond) if one.beyond else "", "spent": shown(one.spent),
        "committed": shown(one.committed), "left": shown(one.left), "used": one.used,
    }  # fmt: skip


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a plan forward: whose, which year, what for, how much, why."""
    found = of_year(request.actor, request.at)
    if not found.organisations:
        raise NotFound()
    problem = ""
    said = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        try:
            row = propose(
                actor=request.actor,
                at=request.at,
                organisation_id=whole(said.get("organisation"), 0),
                year=whole(said.get("year"), 0),
                purpose=said.get("purpose", ""),
                amount=money(request, "amount"),
                basis=said.get("basis", ""),
            )
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "已提交，请另一位审批人批准。")
            return redirect("funds-budget", row.budget_id)
    this = timezone.localtime(request.at).year
    context = {
        "problem": problem,
        "typed": said,
        "organisations": [(str(one.pk), one.name) for one in found.organisations],
        "years": [(str(year), f"{year}年") for year in (this - 1, this, this + 1)],
        "year": said.get("year") or str(this),
        "purposes": PURPOSES,
    }
    return render(request, "funds/new.html", context, status=409 if problem else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, budget_id: int) -> HttpResponse:
    """One budget. POST: an item, spent or set aside."""
    problem = ""
    if request.method == "POST":
        try:
            committed = request.POST.get("how") == "committed"
            spend(actor=request.actor, at=request.at, budget_id=budget_id, item=item(request), committed=committed)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "已登记。")
            return redirect("funds-budget", budget_id)
    return _page(request, budget_id, problem, "spend")


def _page(request: HttpRequest, budget_id: int, problem: str = "", step: str = "") -> HttpResponse:
    """The budget; `problem`: why the `step` just tried was not taken: its form has again what was typed."""
    state = request.GET.get("state", "")
    found = detail_of(request.actor, budget_id, state=state, after=whole(request.GET.get("after"), 0))
    mine = {one.pk for one in found.versions if one.by_id == request.actor.user_id}
    kept = {"state": state} if state else {}
    context: dict[str, Any] = {
        "rooms": tabs("funds"),
        "found": found,
        "budget": found.budget,
        "sum": _told(found.sum),
        "problem": problem,
        "typed": request.POST if step == "spend" else {},
        "beyond": request.POST if step == "beyond" else {},
        "versions": [
            {
                "one": one, "amount": shown(one.amount), "mark": (MARKS[one.state], one.get_state_display()),
                "decide": found.approves and one.state == "proposed" and one.pk not in mine,
            }
            for one in found.versions
        ],
        "waits": any(one.state == "proposed" for one in found.versions),
        "items": [_item(one) for one in found.items],
        "events": [("", "不限于某项活动"), *((str(pk), title) for pk, title in found.events)],
        "states": [("", "全部"), *STATES],
        "state": state,
        "today": timezone.localtime(request.at).date().isoformat(),
        "how": request.POST.get("how") or "spent",
        "hows": [("spent", "已支出（有凭证）"), ("committed", "先安排，支出后再结清")],
        "next_url": f"?{urlencode({**kept, 'after': found.after})}" if found.after else "",
    }  # fmt: skip
    return render(request, "funds/budget.html", context, status=409 if problem else 200)


def _item(one: Any) -> dict[str, Any]:
    return {
        "one": one, "amount": shown(one.amount), "mark": (ITEM_MARKS[one.state], one.get_state_display()),
        "settle": f"settle-{one.pk}", "undo": f"undo-{one.pk}", "granted": one.source.startswith("grant:"),
    }  # fmt: skip


def _done(request: HttpRequest, budget_id: int, said: str, act: Callable[[], object], step: str = "") -> HttpResponse:
    """Carry out a step of a dialog and go back to the budget; what was typed stays there if it is refused."""
    try:
        act()
    except NotFound:
        raise
    except told_here(request) as refusal:
        if budget_id:
            return _page(request, budget_id, str(refusal), step)
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("funds-budget", budget_id) if budget_id else redirect("funds")


@signed_in
@require_POST
def decided(request: HttpRequest, budgetversion_id: int) -> HttpResponse:
    """Approve a plan, or not."""
    agreed = request.POST.get("verdict") == "agree"
    return _done(
        request, 0, "已批准。" if agreed else "已退回，不批准。",
        lambda: decide(actor=request.actor, at=request.at, version_id=budgetversion_id, agreed=agreed,
                       note=request.POST.get("note", "")),
    )  # fmt: skip


@signed_in
@require_POST
def beyond(request: HttpRequest, budget_id: int) -> HttpResponse:
    """An approver allows more than is approved."""
    return _done(
        request, budget_id, "已准予超出。",
        lambda: allow_beyond(actor=request.actor, at=request.at, budget_id=budget_id, amount=money(request, "amount"),
                             reason=request.POST.get("reason", "")),
        "beyond",
    )  # fmt: skip


@signed_in
@require_POST
def settled(request: HttpRequest, budget_id: int, spending_id: int) -> HttpResponse:
    """What was set aside is spent."""
    return _done(
        request, budget_id, "已结清。",
        lambda: settle(actor=request.actor, at=request.at, spending_id=spending_id,
                       version=whole(request.POST.get("version"), 0), item=item(request)),
    )  # fmt: skip


@signed_in
@require_POST
def undone(request: HttpRequest, budget_id: int, spending_id: int) -> HttpResponse:
    """Strike an item."""
    return _done(
        request, budget_id, "已冲销。",
        lambda: undo(actor=request.actor, at=request.at, spending_id=spending_id,
                     version=whole(request.POST.get("version"), 0), reason=request.POST.get("reason", "")),
    )  # fmt: skip


@signed_in
@require_safe
def voucher(request: HttpRequest, spending_id: int) -> FileResponse:
    """The receipt of an item."""
    one, content = open_voucher(request.actor, spending_id)
    return download(safe_name(f"{one.label}-凭证", f".{one.format}"), content)


@signed_in
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """A year as Excel: the budgets with their sums, and every item."""
    found = of_year(request.actor, request.at, whole(request.GET.get("year"), 0))
    sums = [
        (one.organisation.name, one.get_level_display(), one.get_purpose_display(), *_cells(summed("", [one])))
        for one in found.rows
    ]
    items = [
        (
            one.budget.organisation.name, one.budget.get_purpose_display(), one.label,
            one.honour.name if one.honour else "", one.event.title if one.event else "", yuan(one.amount),
            one.get_state_display(), one.on.isoformat(), one.payee, "有" if one.stored else "", one.note, one.reason,
            one.by.full_name if one.by is not None else "",
        )
        for one in all_items(request.actor, found.year)
    ]  # fmt: skip
    head = ("单位", "层级", "用途", "批准（元）", "准予超出（元）", "已支出（元）", "已安排（元）", "可使用（元）")
    total = ("合计", "", "", *_cells(found.total))
    detail = (
        "单位",
        "用途",
        "事项",
        "工匠",
        "培训活动",
        "金额（元）",
        "状态",
        "日期",
        "收款人",
        "凭证",
        "说明",
        "冲销的理由",
        "登记人",
    )
    title = f"{found.year}年工匠人才培育专项资金"
    data = write_workbook(
        (
            SummarySheet(f"{title}预算执行表", head, (*sums, total), name="预算执行"),
            SummarySheet(f"{title}支出明细", detail, tuple(items), name="支出明细"),
        )
    )
    return sent(data, safe_name(title, ".xlsx"), XLSX)


def _cells(one: Sum) -> tuple[Any, ...]:
    return tuple(yuan(n) for n in (one.approved, one.beyond, one.spent, one.committed, one.left))
