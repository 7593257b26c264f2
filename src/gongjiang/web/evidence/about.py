"""The page of a file: looked at on the left; on the right what is said of it, its certificate, hints, the original."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.evidence.asked import asks_seal, spares_certificates
from gongjiang.rules.evidence.certificate_text import same_text
from gongjiang.rules.evidence.certificates import LABELS, LEVELS
from gongjiang.services.evidence.alike import alike_of
from gongjiang.services.evidence.awaited import Awaited, awaited, late_text
from gongjiang.services.evidence.describe import arrange, check_original, describe
from gongjiang.services.evidence.detail import Detail, detail
from gongjiang.services.evidence.originals import originals_receipt
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

YES_NO = [("yes", "是"), ("no", "否")]
PREVIEW = {
    "waiting": "各页的图正在后台生成，稍后刷新本页就能看到；现在可以先下载查看。",
    "failed": "这份文件没能生成预览，请下载查看。",
}
READING = {
    "off": "本平台没有安装文字识别，请照证书填；其他都不受影响。",
    "waiting": "图上的文字正在后台识别，稍后刷新本页就能看到；不等也可以，直接照证书填。",
    "nothing": "没有从图上认出证书的内容，请照证书填。",
    "failed": "图上的文字没能识别，请照证书填。",
    "done": "图上识别出的写在各栏下面，只供核对，填什么以您填的为准。",
}


@signed_in
@require_safe
def viewer(request: HttpRequest, file_id: int) -> HttpResponse:
    """Our own page around a file: every page of a PDF as a picture, a picture, a film; others to download."""
    return _show(request, detail(request.actor, file_id))


@signed_in
@require_POST
def say(request: HttpRequest, file_id: int) -> HttpResponse:
    """Keep what was typed of a file; or, asked to, fill what was read into the blanks, which keeps nothing yet."""
    if request.POST.get("fill"):
        found = detail(request.actor, file_id)
        typed = request.POST.dict()
        return _show(request, found, typed | {name: typed.get(name) or read for name, read in found.read.items()})
    try:
        row = describe(actor=request.actor, at=request.at, file_id=file_id, said=request.POST.dict())
    except NotFound:
        raise
    except GongjiangError as error:
        return _show(request, detail(request.actor, file_id), request.POST.dict(), error)
    messages.success(request, "已保存。")
    return redirect("evidence-view", row.pk)


@signed_in
@require_POST
def order(request: HttpRequest, case_id: int) -> HttpResponse:
    """The pieces of an indicator by their numbers, `place-<file>` each; back to where they stand in the form."""
    attachment, indicator = request.POST.get("attachment", ""), request.POST.get("indicator", "")
    typed = {whole(name.removeprefix("place-"), 0): whole(value, None) for name, value in request.POST.dict().items()}
    places = {key: place for key, place in typed.items() if place is not None}
    arrange(
        actor=request.actor,
        at=request.at,
        case_id=case_id,
        attachment=attachment,
        indicator=indicator,
        places=places,
    )
    return redirect(f"{_form(case_id)}#f-{indicator or attachment}")


@signed_in
@require_POST
def original(request: HttpRequest, file_id: int) -> HttpResponse:
    """The original was seen and given back."""
    row = check_original(actor=request.actor, at=request.at, file_id=file_id)
    messages.success(request, f"“{row.title}”的原件已核对，当场退回，记录在案。")
    return redirect("evidence-view", row.pk)


@signed_in
@require_safe
def originals(request: HttpRequest, case_id: int) -> HttpResponse:
    """What was checked and given back, on paper."""
    case, content = originals_receipt(request.actor, case_id)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'原件核对退回单-{case.number}')}.pdf"
    answer["Cache-Control"] = "no-store"
    return answer


def _show(
    request: HttpRequest,
    found: Detail,
    typed: Mapping[str, str] | None = None,
    problem: GongjiangError | None = None,
) -> HttpResponse:
    row = found.row
    waits, fields = awaited(row, request.at), _fields(found, typed) if found.editable else []
    context = {
        "found": found,
        "file": row,
        "case": row.case,
        "pages": range(1, (row.pages or 0) + 1) if row.kind == "pdf" else (),
        "download_url": reverse("evidence-file", args=[row.pk]),
        "form_url": _form(row.case_id) if found.editable else "",
        "problem": problem,
        "fields": fields,
        "facts": _facts(found) if found.inside else (),
        "preview": _told(PREVIEW, waits.preview, waits),
        "reading": _reading(found, waits) if found.editable or found.may_check else "",
        "fillable": any(one.get("read") and not one["value"] for one in fields),
        "alike": [one for one in alike_of(request.actor, row.case) if one.mine.pk == row.pk],
    }
    return render(request, "evidence/view.html", context, status=problem.status if problem else 200)


def _fields(found: Detail, typed: Mapping[str, str] | None) -> list[dict[str, Any]]:
    row = found.row
    values = {"title": row.title, "indicator": row.indicator, "stamped": row.stamped, "declassified": row.declassified}
    values |= row.certificate | dict(typed or {})
    fields: list[dict[str, Any]] = [{"kind": "text", "name": "title", "label": "名称", "required": True}]
    if found.indicators:
        options = [("", "还没有挂"), *((one.id, f"{one.under}　{one.label}".strip()) for one in found.indicators)]
        fields.append({"kind": "select", "name": "indicator", "label": "挂在哪项指标下", "options": options})
    asked = found.asked.attachment if found.asked is not None else None
    if asked is not None and asks_seal(asked, row.kind):
        spared = [("na", "是证书，不用盖")] if spares_certificates(asked) else []
        fields.append({"kind": "radio", "name": "stamped", "label": "已盖单位公章", "options": [*YES_NO, *spared]})
    if asked is not None and asked.declassified:
        fields.append({"kind": "radio", "name": "declassified", "label": "已作脱密处理", "options": YES_NO})
    if found.asked is not None and found.asked.attachment.photo is None and row.kind != "mp4":
        fields += [_certificate(name, label) for name, label in LABELS.items()]
    shown = [one | {"value": values.get(one["name"], "")} for one in fields]
    return [one | _beside(found.read.get(one["name"], ""), one["value"]) for one in shown]


def _beside(read: str, value: str) -> dict[str, str]:
    """What was read from the picture, under what is typed."""
    if not read:
        return {}
    if value and same_text(read, value):
        return {"hint": "与图上识别的一致"}
    return {"read": read, "hint": f"图上识别为“{read}”" + ("，与填的不同，请对照原件核对" if value else "")}


def _reading(found: Detail, waits: Awaited) -> str:
    """How far the reading of a certificate is; '' where none is asked for, or where it stands beside the fields."""
    asked = found.asked.attachment if found.asked is not None else None
    if asked is None or asked.photo is not None:
        return ""
    return _told(READING, waits.reading, waits)


def _told(words: Mapping[str, str], state: str, waits: Awaited) -> str:
    return words.get(state, "") + (late_text(waits.minutes) if state == "waiting" else "")


def _certificate(name: str, label: str) -> dict[str, Any]:
    if name == "level":
        levels = [("", "不填"), *((one, one) for one in LEVELS)]
        return {"kind": "select", "name": name, "label": label, "options": levels}
    return {"kind": "date" if name == "issued" else "text", "name": name, "label": label}


def _facts(found: Detail) -> list[dict[str, Any]]:
    """What was said, for those who only read it."""
    row, words = found.row, {"yes": "是", "no": "否", "na": "是证书，不用盖"}
    hung = f"{found.indicator.under}　{found.indicator.label}".strip() if found.indicator else ""
    pairs = [
        ("指标", hung),
        ("已盖章", words.get(row.stamped, "")),
        ("已脱密", words.get(row.declassified, "")),
        *((label, _both(getattr(found.certificate, name), found.read.get(name, ""))) for name, label in LABELS.items()),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _both(typed: str, read: str) -> str:
    """What was typed, with what was read from the picture where that is something else."""
    if not read or (typed and same_text(typed, read)):
        return typed
    return f"{typed or '没有填'}（图上识别为“{read}”）"


def _form(case_id: int) -> str:
    try:
        return reverse("nominations-form", args=[case_id, "material"])
    except NoReverseMatch:
        return ""
