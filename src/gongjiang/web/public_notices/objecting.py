"""Objecting: the form, the receipt shown once, following one's matter."""

from datetime import date
from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound, Refused
from gongjiang.services.public_notices.inquire import supplement
from gongjiang.services.public_notices.object import LONGEST, submit_objection, takes_objections
from gongjiang.services.public_notices.pages import NoticePage, follow, outcome_label, public_notice
from gongjiang.services.public_notices.steps import days_of
from gongjiang.web.access import public

RECEIPT = "objection_receipt"
#: The field that a message stands by, from the `place` of the error.
FIELDS = {
    "署名方式": "signed",
    "情况说明": "text",
    "姓名": "name",
    "联系方式": "contact",
    "单位名称": "unit",
    "反映对象": "entry",
    "证据材料": "files",
    "盖章件": "stamped",
    "补充情况": "more",
    "材料": "more_files",
}


@public
def new(request: HttpRequest, slug: str, entry_id: int | None = None) -> HttpResponse:
    """Say what is wrong about somebody on a notice."""
    page = public_notice(slug, request.at)
    if not page.takes_objections:
        raise NotFound()
    errors: dict[str, str] = {}
    problem = ""
    if request.method == "POST":
        try:
            return _taken(request, page)
        except BadInput as wrong:
            errors = {FIELDS[wrong.place]: wrong.text} if wrong.place in FIELDS else {}
            problem = "" if errors else wrong.text
        except Refused as refusal:
            problem = refusal.text
    return render(
        request,
        "public_notices/object.html",
        _form(request, page, entry_id) | {"errors": errors, "problem": problem},
        status=400 if errors or problem else 200,
    )


def _taken(request: HttpRequest, page: NoticePage) -> HttpResponse:
    said = request.POST
    chosen = said.get("entry", "")
    if chosen not in {str(one.pk) for one in page.entries}:
        raise BadInput("请选择反映对象。", "Say whom it is about.", place="反映对象")
    receipt = submit_objection(
        actor=request.actor,
        at=request.at,
        entry_id=int(chosen),
        signed=said.get("signed", ""),
        text=said.get("text", ""),
        name=said.get("name", ""),
        contact=said.get("contact", ""),
        unit=said.get("unit", ""),
        website=said.get("website", ""),
        files=uploads(request, "files"),
        stamped=uploads(request, "stamped"),
    )
    request.session[RECEIPT] = {
        "number": receipt.number,
        "code": receipt.code,
        "merged": receipt.merged,
        "slug": page.notice.slug,
    }
    return redirect("objections-received")


def _form(request: HttpRequest, page: NoticePage, entry_id: int | None) -> dict[str, Any]:
    open_entries = [one for one in page.entries if takes_objections(one, request.at)]
    ways = [("named", "实名（个人）"), ("unit", "单位")]
    if page.anonymous:
        ways.append(("anonymous", "匿名"))
    return {
        "page": page,
        "notice": page.notice,
        "people": [("", "请选择"), *((str(one.pk), _called(one)) for one in open_entries)],
        "chosen": request.POST.get("entry") or (str(entry_id) if entry_id else ""),
        "ways": ways,
        "typed": request.POST,
        "limit": LONGEST,
        "resend": bool(request.FILES),
        "publisher": page.notice.process.edition.organiser.name,
    }


def _called(entry: Any) -> str:
    employer = entry.shown.get("employer", "")
    return f"{entry.shown.get('name') or entry.case.title}{f'（{employer}）' if employer else ''}"


@public
def received(request: HttpRequest) -> HttpResponse:
    """The receipt and its code, shown once."""
    receipt = request.session.pop(RECEIPT, None)
    if receipt is None:
        return redirect("objections-follow")
    response = render(request, "public_notices/received.html", {"receipt": receipt})
    response.headers["Cache-Control"] = "no-store"
    return response


@public
def follow_page(request: HttpRequest) -> HttpResponse:
    """How a matter stands, by its number and code."""
    typed = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {"receipt": typed.get("receipt", "").strip(), "found": None, "problem": "", "errors": {}}
    if request.method == "POST":
        try:
            found = follow(context["receipt"], request.POST.get("code", ""))
            if "more" in request.POST:
                context |= _added(request)
                found = follow(context["receipt"], request.POST.get("code", ""))
            context |= {"found": found, "outcome": outcome_label(found), "steps": _steps(found)}
            context |= {"code": request.POST.get("code", ""), "more_limit": LONGEST, "typed": request.POST}
            context["files"] = found.files.exclude(kind="inquiry").count()
        except GongjiangError as wrong:
            context["problem"] = wrong.text
    wrong_input = context["problem"] or context["errors"]
    response = render(request, "public_notices/follow.html", context, status=400 if wrong_input else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _added(request: HttpRequest) -> dict[str, Any]:
    """Words and files that the objector adds; what is wrong with them stands by the field."""
    said = request.POST
    try:
        supplement(
            actor=request.actor, at=request.at, receipt=said.get("receipt", ""), code=said.get("code", ""),
            text=said.get("more", ""), files=uploads(request, "more_files"),
        )  # fmt: skip
    except BadInput as wrong:
        return {"errors": {FIELDS.get(wrong.place, "more"): wrong.text}}
    except Refused as refusal:
        return {"errors": {"more": refusal.text}}
    return {"added": True}


def uploads(request: HttpRequest, name: str) -> list[tuple[str, BinaryIO]]:
    """Files of a field, as services take them."""
    return [(one.name or "文件", cast(BinaryIO, one)) for one in request.FILES.getlist(name)]


def _steps(found: Any) -> list[dict[str, Any]]:
    """收到、受理、核实、办结 as a line of steps; a refused matter ends after the first."""
    order = ["received", "admitted", "verifying", "decided"]
    labels = {"received": "收到", "admitted": "受理", "verifying": "核实", "decided": "办结"}
    kinds = {"received": "receive", "admitted": "admit", "verifying": "", "decided": "decide"}
    days = days_of([found])
    if found.state == "refused":
        return [
            {"title": "收到", "when": _on(days, "receive"), "state": "done"},
            {"title": "不予受理", "when": _on(days, "refuse"), "state": "now"},
        ]
    at = order.index(found.state)
    return [
        {
            "title": labels[one],
            "when": _on(days, kinds[one]),
            "state": "done" if n < at or found.state == "decided" else "now" if n == at else "next",
        }
        for n, one in enumerate(order)
    ]


def _on(days: dict[str, date], kind: str) -> str:
    day = days.get(kind)
    return f"{day.month}月{day.day}日" if day is not None else ""
