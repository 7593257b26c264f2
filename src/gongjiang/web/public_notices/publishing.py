"""Posting a notice: preview with what was edited, then the last look before it goes up; and settling it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.public_notices.desk import Desk, desk, programme_seen
from gongjiang.services.public_notices.export import CONTACT
from gongjiang.services.public_notices.present import COLUMNS, left_text, ordered_by, sections, short_date
from gongjiang.services.public_notices.publish import publish
from gongjiang.services.public_notices.settle import settle_due
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """What is posted, what is due, and the next notice. POST `step`: preview, check (the last look), publish."""
    typed, wrong = _typed(request)
    step = request.POST.get("step", "")
    unit = whole(request.GET.get("unit"), 0) or 0
    found = desk(request.actor, request.at, edition_id, stage_id, unit=unit, **typed)
    problem = wrong or (found.problem if request.method == "POST" else "")
    if step == "publish" and not problem:
        try:
            own = found.unit.pk if found.unit is not None else None
            made = publish(
                actor=request.actor, at=request.at, programme=found.programme, stage_id=stage_id, unit=own, **typed
            )  # fmt: skip
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"《{made.title}》已发布，{short_date(made.last_day)} 24:00 公示期满。")
            here = reverse("public-notices-publish", args=[edition_id, stage_id])
            return redirect(f"{here}?unit={unit}" if unit else here)
    checking = step == "check" and not problem and found.draft is not None and found.draft.decision.allowed
    return render(
        request,
        "public_notices/publish.html",
        _context(request, found, problem) | {"checking": checking, "typed": request.POST},
        status=409 if problem and request.method == "POST" else 200,
    )


def _typed(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """What was edited, as the service takes it, and what could not be read."""
    if request.method != "POST":
        return {}, ""
    said: dict[str, Any] = {
        "title": request.POST.get("title", ""),
        "body": request.POST.get("body", ""),
        "contact": {key: request.POST.get(f"contact_{key}", "") for key in CONTACT},
    }
    day = request.POST.get("published_on", "")
    if day:
        try:
            said["published_on"] = date.fromisoformat(day)
        except ValueError:
            return said, "公示日期看不懂，请写作 2026-09-18。"
    return said, ""


def _context(request: HttpRequest, found: Desk, problem: str) -> dict[str, Any]:
    draft = found.draft
    context: dict[str, Any] = {
        "desk": found,
        "edition": found.programme.edition,
        "stage": found.stage,
        "problem": problem,
        "units": [
            {"label": one.short_name, "url": f"?unit={one.pk}", "current": one == found.unit} for one in found.units
        ]
        if len(found.units) > 1
        else [],
        "sub": f"{found.programme.edition.title}，{found.unit.short_name}" if found.unit else "",
        "posted": [{"notice": one, "left": left_text(one, request.at)} for one in found.posted],
        "contact_fields": [
            (f"contact_{key}", label, (draft.contact if draft else {}).get(key, "")) for key, label in CONTACT.items()
        ],
    }
    if draft is not None:
        context |= {
            "draft": draft,
            "body": "\n".join(draft.body),
            "sections": sections(draft.columns, draft.lines),
            "heads": [(COLUMNS.get(one["id"], "ot"), one["label"]) for one in draft.columns],
            "grouped": any(one.group for one in draft.lines),
            "group_label": "笔画" if any(one.group.endswith("画") for one in draft.lines) else "地区",
            "ordered": ordered_by(draft.columns, [one.group for one in draft.lines]),
            "last": short_date(draft.days.last),
            "findings": draft.decision.reasons,
        }
    return context


@signed_in
@require_POST
def settle(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Whose days are over goes on to the naming; whom an open objection holds stays."""
    programme = programme_seen(request.actor, edition_id)
    settled = settle_due(actor=request.actor, at=request.at, programme=programme)
    said = f"{len(settled.done)} 人公示期满，已转入下一步。" if settled.done else "没有公示期满的人。"
    if settled.held:
        said += f"{'、'.join(one.title for one in settled.held)}的异议尚未办结，暂不转入。"
    messages.success(request, said)
    return redirect("public-notices-publish", edition_id, stage_id)
