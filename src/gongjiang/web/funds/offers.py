"""Appointments: what may be booked, who booked, who came."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.services.funds.offers import Wanted, arrived, book, bookings_of, close, offer, offer_page
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.funds.benefits import MARKS
from gongjiang.web.funds.tabs import tabs
from gongjiang.web.funds.typed import day
from gongjiang.web.numbers import whole, whole_numbers


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """All that may be or was booked. POST: open one more."""
    problem = ""
    said = request.POST
    if request.method == "POST":
        try:
            edition, _, benefit = said.get("service", "").partition("/")
            wanted = Wanted(
                whole(edition, 0), benefit, said.get("place", ""), day(request, "first", "自"),
                day(request, "last", "至"), day(request, "book_by", "预约截止"), whole(said.get("seats"), None),
                said.get("contact", ""), said.get("note", ""),
            )  # fmt: skip
            row = offer(actor=request.actor, at=request.at, wanted=wanted)
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "已开放预约，已通知本届有账号的工匠。")
            return redirect("funds-offer", row.pk)
    found = offer_page(request.actor, after=whole(request.GET.get("after"), 0))
    today = timezone.localtime(request.at).date()
    context = {
        "rooms": tabs("funds-offers"),
        "rows": [{"one": one, "mark": _mark(one, today)} for one in found.rows],
        "services": [
            (f"{edition.pk}/{one.id}", f"{one.label}，{edition.title}"[:60])
            for edition, services in found.services
            for one in services
        ],
        "problem": problem,
        "typed": said,
        "today": today.isoformat(),
        "next_url": f"?after={found.after}" if found.after else "",
    }  # fmt: skip
    return render(request, "funds/offers.html", context, status=409 if problem else 200)


def _mark(one: Any, today: Any) -> tuple[str, str]:
    if one.closed or today > one.book_by:
        return ("passed", "预约已截止")
    return ("waiting", "名额已满") if one.taken >= one.seats else ("in_progress", "预约中")


@signed_in
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, serviceoffer_id: int) -> HttpResponse:
    """One offer with its bookings. POST: those who came."""
    problem = ""
    if request.method == "POST":
        try:
            ticked = whole_numbers(request.POST.getlist("row"))
            many = arrived(actor=request.actor, at=request.at, offer_id=serviceoffer_id, rows=ticked)
        except NotFound:
            raise
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"已登记 {many} 人。")
            return redirect("funds-offer", serviceoffer_id)
    one, rows, manages = bookings_of(request.actor, serviceoffer_id)
    today = timezone.localtime(request.at).date()
    context = {
        "rooms": tabs("funds-offers"),
        "offer": one,
        "mark": _mark(one, today),
        "manages": manages,
        "rows": [
            {"one": row, "mark": (MARKS[row.state], row.get_state_display()), "dialog": f"back-{row.pk}"}
            for row in rows
        ],
        "facts": [
            {"label": "地点", "value": one.place},
            {"label": "日期", "value": f"{long_date(one.first)}至{long_date(one.last)}"},
            {"label": "预约截止", "value": long_date(one.book_by)},
            {"label": "名额", "value": f"{one.seats}，已约 {one.taken}", "nowrap": True},
            {"label": "联系人", "value": one.contact or "—"},
            {"label": "须知", "value": one.note or "—"},
        ],
        "problem": problem,
    }
    return render(request, "funds/offer.html", context, status=409 if problem else 200)


@signed_in
@require_POST
def closed(request: HttpRequest, serviceoffer_id: int) -> HttpResponse:
    """No more bookings."""
    try:
        version = whole(request.POST.get("version"), 0)
        close(actor=request.actor, at=request.at, offer_id=serviceoffer_id, version=version)
    except NotFound:
        raise
    except told_here(request) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已停止预约。")
    return redirect("funds-offer", serviceoffer_id)


@signed_in
@require_POST
def booked(request: HttpRequest, serviceoffer_id: int) -> HttpResponse:
    """Take a place: from the artisan's own page, or by those who look after them."""
    honour = whole(request.POST.get("honour"), 0)
    try:
        on = day(request, "on", "日期")
        row = book(actor=request.actor, at=request.at, honour_id=honour, offer_id=serviceoffer_id, on=on)
    except NotFound:
        raise
    except GongjiangError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已预约：{row.label}，{row.on.month}月{row.on.day}日。")
    return redirect("mine") if request.POST.get("from") == "mine" else redirect("artisan", honour)
