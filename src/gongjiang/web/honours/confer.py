"""Naming by a document: who is on it, who is still held up, the last look before it is issued."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongjiang.documents.decree import decree_docx
from gongjiang.kernel.dates import iso_day
from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.rules.honours.naming import read_number
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.honours.confer import confer
from gongjiang.services.honours.decree import draft_of, words_of
from gongjiang.services.honours.desk import naming_desk
from gongjiang.services.honours.finish import finish_edition
from gongjiang.services.honours.naming import Naming
from gongjiang.web.access import signed_in
from gongjiang.web.honours.document import DOCX, sent

FIELDS = ("number", "title", "addressee", "body", "issued_on", "without")


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """The document. POST `step`: draft (as Word), check (the last look), then name."""
    found = naming_desk(request.actor, edition_id, stage_id)
    step, problem = request.POST.get("step", ""), ""
    typed = {key: request.POST.get(key, "").strip() for key in FIELDS}
    if step == "draft" and found.naming.named:
        return _draft(request, found.naming, typed)
    if request.method == "POST" and step != "edit":
        problem = _missing(typed, bool(found.naming.held), timezone.localtime(request.at).date())
    if step == "name" and not problem:
        try:
            made = confer(
                actor=request.actor,
                at=request.at,
                programme=found.naming.programme,
                stage_id=stage_id,
                **_read(typed),
            )
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(
                request, f"《{made.title}》（{made.number}）已登记，{len(found.naming.named)} 人载入名册。"
            )
            return redirect("honours-confer", edition_id, stage_id)
    return render(
        request,
        "honours/confer.html",
        {
            "desk": found,
            "naming": found.naming,
            "edition": found.naming.programme.edition,
            "typed": typed,
            "title": typed["title"] or found.naming.title,
            "body": typed["body"] or words_of(found.naming),
            "problem": problem,
            "checking": step == "check" and not problem,
            "day": iso_day(typed["issued_on"]) or timezone.localtime(request.at).date(),
        },
        status=409 if problem else 200,
    )


@require_POST
@signed_in
def finish(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """End the edition; what is still open is told."""
    found = naming_desk(request.actor, edition_id, stage_id)
    try:
        ended = finish_edition(actor=request.actor, at=request.at, edition=found.naming.programme.edition)
    except GongjiangError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"本届已办结，{ended} 名未命名的人选就此结束。")
    return redirect("honours-confer", edition_id, stage_id)


def _draft(request: HttpRequest, naming: Naming, typed: dict[str, str]) -> HttpResponse:
    """The document as it stands, to be read and signed before it is issued."""
    day = iso_day(typed["issued_on"]) or timezone.localtime(request.at).date()
    said = {key: typed[key] for key in ("number", "title", "addressee", "body")}
    data = decree_docx(draft_of(naming, day=day, **said))
    return sent(data, safe_name(f"{typed['title'] or naming.title}（稿）", ".docx"), DOCX)


def _missing(typed: dict[str, str], held: bool, today: date) -> str:
    if not typed["number"]:
        return "请填写文号。"
    if typed["issued_on"] and iso_day(typed["issued_on"]) is None:
        return "发文日期看不懂，请写作 2026-10-12。"
    try:
        read_number(typed["number"], (iso_day(typed["issued_on"]) or today).year)
    except BadInput as wrong:
        return wrong.text
    if held and not typed["without"]:
        return "还有人不能一并命名：请等办结，或写明不等候的理由。"
    return ""


def _read(typed: dict[str, str]) -> dict[str, Any]:
    return {
        "number": typed["number"],
        "title": typed["title"],
        "addressee": typed["addressee"],
        "body": typed["body"],
        "issued_on": iso_day(typed["issued_on"]),
        "without": typed["without"],
    }
