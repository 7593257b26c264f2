"""Behind a one-time link: one page without login, for one opinion about one person. It shows what the opinion needs and
nothing secret beyond it."""

from typing import Any, BinaryIO, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from gongjiang.kernel.errors import BadInput
from gongjiang.services.invitations.door import note_failed, note_opened
from gongjiang.services.opinions.links import Wanted, answer_by_link, decline_by_link, wanted_of
from gongjiang.services.opinions.sheet import opinion_sheet, plain_facts
from gongjiang.services.papers.by_link import answer_with_sheet
from gongjiang.web.access import public
from gongjiang.web.invitations.door import let_in, private

CHOICES = ("同意", "不同意", "不出具意见")
FIELDS = {"签署人姓名": "signer", "单位职务": "post", "理由": "text", "盖章件": "scan", "页码": "scan"}


@public
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, token: str) -> HttpResponse:
    """The question, and its one answer."""
    wanted = let_in(request, token, lambda: wanted_of(token, request.at))
    if request.method == "GET":
        note_opened(actor=request.actor, at=request.at, invitation=wanted.invitation)
        return _form(request, wanted, token)
    said = {name: request.POST.get(name, "") for name in ("signer", "post", "text")}
    choice = request.POST.get("verdict", "")
    try:
        if choice == CHOICES[2]:
            decline_by_link(
                actor=request.actor,
                at=request.at,
                token=token,
                reason=said["text"],
                signer=said["signer"],
                post=said["post"],
            )
        elif (file := request.FILES.get("scan")) is not None:
            scan, code = (str(file.name), cast(BinaryIO, file)), request.POST.get("code", "")
            answer_with_sheet(
                actor=request.actor, at=request.at, token=token, verdict=choice, scan=scan, code=code, **said
            )
        else:
            answer_by_link(actor=request.actor, at=request.at, token=token, verdict=choice, **said)
    except BadInput as error:
        note_failed(actor=request.actor, at=request.at, invitation=wanted.invitation)
        return _form(request, wanted, token, error)
    context = {
        "wanted": wanted,
        "choice": choice,
        "said": said,
        "at": timezone.localtime(request.at),
        "stamped": choice != CHOICES[2] and "scan" in request.FILES,
    }
    return private(render(request, "opinions/thanks.html", context))


def _form(request: HttpRequest, wanted: Wanted, token: str, error: BadInput | None = None) -> HttpResponse:
    errors: dict[str, str] = {}
    if error is not None:
        errors[FIELDS.get(error.place, "text" if "意见" in error.text or "理由" in error.text else "verdict")] = (
            error.text
        )
    context: dict[str, Any] = {
        "wanted": wanted,
        "case": wanted.case,
        "facts": plain_facts(wanted.programme, wanted.case),
        "token": token,
        "choices": CHOICES,
        "typed": request.POST,
        "errors": errors,
        "until": timezone.localtime(wanted.invitation.expires_at),
        "has_sheet": opinion_sheet(wanted) is not None,
    }
    return private(render(request, "opinions/give.html", context, status=400 if error else 200))


@public
@sensitive_variables("token")
@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """The official sheet with the person's name and unit, to be stamped."""
    wanted = let_in(request, token, lambda: wanted_of(token, request.at))
    made = opinion_sheet(wanted, drawn=True)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="opinion.pdf"'
    return private(answer)
