"""Benefits: who is due what, a list shown before it is given, the record of what was."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.documents.xlsx.write import write_list
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.funds.money import shown
from gongjiang.rules.funds.periods import Rhythm
from gongjiang.rules.funds.wording import RULE, told
from gongjiang.rules.packages.names import safe_name
from gongjiang.rules.programmes.benefits import PAYEES
from gongjiang.services.funds.board import Board, board
from gongjiang.services.funds.grant import grant, take_back
from gongjiang.services.funds.ledger import payable
from gongjiang.services.funds.plan import MOST, Asked, plan_grants
from gongjiang.services.funds.records import STATES, all_grants, grants_page, open_receipt
from gongjiang.services.funds.spend import left_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.funds.tabs import tabs
from gongjiang.web.funds.typed import day, money, receipt
from gongjiang.web.honours.document import XLSX, download, sent
from gongjiang.web.numbers import whole, whole_numbers

MARKS = {"given": "passed", "booked": "in_progress", "undone": "struck"}
KEPT = ("benefit", "edition", "text", "show", "on", "through", "amount", "payee", "note", "budget")


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Who is due what. POST: first the list as it would be (`step` look), back to the form with all that was
    typed (edit), or, confirmed, it is given (give)."""
    problem = ""
    if request.method == "POST":
        if request.POST.get("step") == "give":
            return _give(request)
        try:
            if request.POST.get("step") != "edit":
                return _look(request)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = str(refusal)
    asked = _asked(request)
    found = board(
        request.actor,
        request.at,
        edition_id=whole(asked.get("edition"), 0),
        benefit=asked.get("benefit", ""),
        text=asked.get("text", ""),
        left=asked.get("show") != "all",
        page=min(whole(request.GET.get("page"), 0), 10_000),
    )
    status = 409 if problem else 200
    return render(request, "funds/benefits.html", _board(request, found, asked, problem), status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filter; a form that came back with a problem carries it along."""
    said: Mapping[str, str] = request.POST if request.method == "POST" else request.GET
    found = {key: said.get(key, "").strip()[:60] for key in ("edition", "benefit", "text", "show")}
    return {key: one for key, one in found.items() if one}


def _board(request: HttpRequest, found: Board, asked: dict[str, str], problem: str) -> dict[str, Any]:
    chosen, today = found.entitlement, timezone.localtime(request.at).date()
    needed = chosen is None or chosen.rhythm is Rhythm.NEEDED
    kept = {**asked, **({"benefit": chosen.id} if chosen else {})}
    ticked = set(whole_numbers(request.POST.getlist("honour")))
    return {
        "rooms": tabs("funds-benefits"),
        "found": found,
        "told": told(chosen) if chosen else "",
        "rule": "" if chosen is None or chosen.rhythm in {Rhythm.NEEDED, Rhythm.EARNED} else RULE,
        "needed": needed,
        "service": chosen is not None and chosen.service,
        "open_amount": chosen is not None
        and chosen.rhythm is not Rhythm.EARNED
        and (chosen.amount is None or chosen.service),
        "problem": problem,
        "typed": request.POST,
        "ticked": ticked,
        "asked": kept,
        "editions": [("", "全部（本单位另行给予时）" if needed else "最新一届"),
                     *((str(one.pk), one.title) for one in found.editions)],
        "edition": str(found.edition.pk) if found.edition is not None else "",
        "choices": [(one.id, f"{one.label}（本单位另行给予）" if one.own else one.label) for one in found.choices],
        "amount_hint": "不填就按标准" if chosen is not None and chosen.amount else "没有金额的可以不填",
        "tabs": [] if needed else [
            {"n": found.waiting, "label": "有到期未给的", "url": f"?{urlencode({**kept, 'show': 'left'})}",
             "current": asked.get("show") != "all", "hot": False},
            {"n": found.many, "label": "全部适用的人", "url": f"?{urlencode({**kept, 'show': 'all'})}",
             "current": asked.get("show") == "all", "hot": False},
        ],
        "rows": [_row(one, ticked) for one in found.rows],
        "most": MOST,
        "today": today.isoformat(),
        "budgets": _budgets(request, today.year),
        "next_url": f"?{urlencode({**kept, 'page': found.more})}" if found.more else "",
    }  # fmt: skip


def _row(one: Any, ticked: set[int]) -> dict[str, Any]:
    labels = [period.label for period in one.open]
    span = labels[0] if len(labels) == 1 else f"{labels[0]}至{labels[-1]}，共 {len(labels)} 期" if labels else ""
    return {"one": one, "span": span, "ticked": one.honour.pk in ticked}


def _budgets(request: HttpRequest, year: int) -> list[tuple[str, str]]:
    rows = payable(request.actor, year, ("benefits",))
    return [
        ("", "不从预算列支"),
        *(
            (
                str(one.pk),
                f"{one.organisation.short_name} {one.get_purpose_display()}（可用 {shown(left_of(one))} 元）",
            )
            for one in rows
        ),
    ]


def _wanted(request: HttpRequest) -> Asked:
    """What the form asks for: those ticked, or all that the filter shows."""
    said = request.POST
    honours = whole_numbers(said.getlist("honour"))
    if said.get("all") == "1":
        asked = _asked(request)
        found = board(
            request.actor,
            request.at,
            edition_id=whole(asked.get("edition"), 0),
            benefit=said.get("benefit", ""),
            text=asked.get("text", ""),
            left=asked.get("show") != "all",
        )
        honours = list(found.ids[:MOST])
    on = day(request, "on", "日期")
    if on is None:
        raise BadInput("请填写日期。", "Give the day.", place="日期")
    return Asked(
        said.get("benefit", "")[:48], honours, on, day(request, "through", "发到哪天止"), money(request, "amount"),
        said.get("payee", ""), said.get("note", ""), whole(said.get("budget"), 0),
    )  # fmt: skip


def _look(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The list as it would be given."""
    wanted = _wanted(request)
    plan = plan_grants(request.actor, request.at, wanted)
    said = {key: request.POST.get(key, "") for key in KEPT}
    context = {
        "rooms": tabs("funds-benefits"),
        "plan": plan,
        "rows": [
            {"one": line, "part": part, "amount": "—" if line.amount is None else _yuan(line.amount)}
            for line, part in plan.rows
        ],
        "total": _yuan(plan.total),
        "wanted": wanted,
        "hidden": [*said.items(), *(("honour", str(pk)) for pk in wanted.honours)],
        "budget": dict(_budgets(request, wanted.on.year)).get(str(wanted.budget), "") if wanted.budget else "",
        "problem": problem,
    }
    return render(request, "funds/confirm.html", context, status=409 if problem else 200)


def _give(request: HttpRequest) -> HttpResponse:
    try:
        wanted = _wanted(request)
        made = grant(
            actor=request.actor, at=request.at, asked=wanted, seal=request.POST.get("seal", ""),
            receipt=receipt(request),
        )  # fmt: skip
    except NotFound:
        raise
    except GongjiangError as refusal:
        try:
            return _look(request, str(refusal))
        except GongjiangError:
            messages.error(request, str(refusal))
            return redirect("funds-benefits")
    people = len({one.honour_id for one in made})
    messages.success(request, f"已登记：{made[0].label}，{people} 人 {len(made)} 项。")
    return redirect(f"{request.path}?{urlencode({'benefit': made[0].benefit})}")


def _yuan(sum_: Any) -> str:
    return f"{sum_:,.2f}".removesuffix(".00")


@signed_in
@require_safe
def given(request: HttpRequest) -> HttpResponse:
    """What was given, newest first."""
    asked = {key: request.GET.get(key, "").strip()[:60] for key in ("text", "state")}
    kept = {key: one for key, one in asked.items() if one}
    after = whole(request.GET.get("after"), 0)
    found = grants_page(request.actor, text=asked["text"], state=asked["state"], after=after)
    context = {
        "rooms": tabs("funds-given"),
        "asked": asked,
        "found": found,
        "states": [("", "已给予和已预约"), *STATES],
        "rows": [
            {
                "one": one, "amount": "—" if one.amount is None else _yuan(one.amount),
                "mark": (MARKS[one.state], one.get_state_display()), "dialog": f"back-{one.pk}",
                "part": PAYEES.get(one.part, "") if one.part != "person" else "",
            }
            for one in found.rows
        ],
        "year": timezone.localtime(request.at).year,
        "next_url": f"?{urlencode({**kept, 'after': found.after})}" if found.after else "",
    }  # fmt: skip
    return render(request, "funds/given.html", context)


@signed_in
@require_POST
def back(request: HttpRequest, benefitgrant_id: int) -> HttpResponse:
    """Take back what was recorded by mistake, or cancel a booking."""
    try:
        row = take_back(
            actor=request.actor,
            at=request.at,
            grant_id=benefitgrant_id,
            version=whole(request.POST.get("version"), 0),
            reason=request.POST.get("reason", ""),
        )
    except NotFound:
        raise
    except told_here(request) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已撤回：{row.label}。")
    return redirect("mine" if request.POST.get("from") == "mine" else "funds-given")


@signed_in
@require_safe
def file(request: HttpRequest, benefitgrant_id: int) -> FileResponse:
    """The receipt of a grant."""
    one, content = open_receipt(request.actor, benefitgrant_id)
    return download(safe_name(f"{one.honour.name}-{one.label}-凭证", f".{one.format}"), content)


@signed_in
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """A year's grants as Excel."""
    this = timezone.localtime(request.at).year
    year = whole(request.GET.get("year"), this)
    year = year if this - 30 <= year <= this else this
    columns = ("姓名", "单位", "称号", "届次", "待遇", "期次", "金额（元）", "领取人", "日期", "状态", "说明", "凭证",
               "给予单位", "登记人", "撤回的理由")  # fmt: skip
    rows = [
        (
            one.honour.name,
            one.honour.case.applying_unit.name if one.honour.case and one.honour.case.applying_unit else "",
            one.honour.title, one.honour.edition.title if one.honour.edition else "", one.label, one.period_label,
            one.amount, one.payee, one.on.isoformat(), one.get_state_display(), one.note, "有" if one.stored else "",
            one.giver.name if one.giver else "", one.by.full_name if one.by else "", one.reason,
        )
        for one in all_grants(request.actor, year=year)
    ]  # fmt: skip
    data = write_list(f"{year}年工匠人才待遇给予记录", columns, rows, name="给予记录")
    return sent(data, safe_name(f"{year}年工匠人才待遇给予记录", ".xlsx"), XLSX)
