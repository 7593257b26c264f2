"""Behind an expert's link: one page without login, for one letter."""

from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import BadInput
from gongjiang.services.invitations.door import note_failed, note_opened
from gongjiang.services.letters.decline import decline_letter
from gongjiang.services.letters.write import CONFIRMED, LABELS, LONGEST, Said, Wanted, sign_letter, wanted_letter
from gongjiang.services.opinions.sheet import plain_facts
from gongjiang.web.access import public
from gongjiang.web.invitations.door import let_in, private

FIELDS = {
    **{label: name for name, label in LABELS.items()},
    "推荐意见": "text",
    "同行": "same_trade",
    "亲属关系": "kin",
    "声明": "agreed",
    "签名": "signed_as",
    "签名扫描件": "scan",
    "说明": "reason",
}
MOST_MB = 20


@public
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, token: str) -> HttpResponse:
    """Whom it is about, who one is, what one has to say, and one's name under it."""
    wanted = let_in(request, token, lambda: wanted_letter(token, request.at))
    if request.method == "GET":
        note_opened(actor=request.actor, at=request.at, invitation=wanted.invitation)
        return _form(request, wanted)
    if request.POST.get("step") == "decline":
        return _decline(request, wanted, token)
    typed = request.POST
    said = Said(
        {name: typed.get(name, "") for name in CONFIRMED},
        typed.get("text", ""),
        typed.get("kin", ""),
        typed.get("same_trade", ""),
        typed.get("signed_as", ""),
        typed.get("agreed", "") in {"yes", "on"},
        typed.get("contact", ""),
    )
    upload = request.FILES.get("scan")
    try:
        made = sign_letter(
            actor=request.actor,
            at=request.at,
            token=token,
            said=said,
            scan_name=(upload.name or "") if upload is not None else "",
            scan=cast(BinaryIO, upload.file) if upload is not None else None,
        )
    except BadInput as error:
        note_failed(actor=request.actor, at=request.at, invitation=wanted.invitation)
        return _form(request, wanted, error)
    context = {"letter": made, "case": wanted.case, "at": timezone.localtime(request.at), "text": said.text}
    return private(render(request, "letters/thanks.html", context))


@sensitive_variables("token")
def _decline(request: HttpRequest, wanted: Wanted, token: str) -> HttpResponse:
    try:
        made = decline_letter(actor=request.actor, at=request.at, token=token, reason=request.POST.get("reason", ""))
    except BadInput as error:
        note_failed(actor=request.actor, at=request.at, invitation=wanted.invitation)
        return _form(request, wanted, error)
    context = {"letter": made, "case": wanted.case, "at": timezone.localtime(request.at), "declined": True}
    return private(render(request, "letters/thanks.html", context))


def _form(request: HttpRequest, wanted: Wanted, error: BadInput | None = None) -> HttpResponse:
    typed = request.POST
    known = {"name": wanted.letter.name, "employer": wanted.letter.employer}
    errors = {} if error is None else {FIELDS.get(error.place, "text"): error.text}
    context: dict[str, Any] = {
        "wanted": wanted,
        "facts": plain_facts(wanted.programme, wanted.case),
        "value": {name: typed.get(name, known.get(name, "")) for name in CONFIRMED},
        "labels": LABELS,
        "levels": [("", "不填"), *wanted.levels],
        "typed": typed,
        "errors": errors,
        "limit": LONGEST,
        "most": MOST_MB,
        "until": timezone.localtime(wanted.invitation.expires_at),
        "yes_no": [("yes", "是"), ("no", "否")],
        "has": [("no", "没有"), ("yes", "有")],
    }
    return private(render(request, "letters/write.html", context, status=400 if error else 200))
