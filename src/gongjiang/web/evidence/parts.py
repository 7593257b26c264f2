"""A large file in parts: begun, part after part, finished; answers in JSON for the script of the material page.

begin  POST attachment, indicator, name, size, head, title → {"url": of this upload, "offset": n, "part": bytes}
part   PUT the bytes, header `Upload-Offset` → {"offset": n}; 409 {"offset": where it goes on, "text"}
finish POST → {"url": of the page}. Refusals are {"text": sentence} with their status.
"""

from collections.abc import Callable
from functools import wraps
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.evidence.finish import finish as finish_upload
from gongjiang.services.evidence.finish import give_up
from gongjiang.services.evidence.parts import PART, Elsewhere, take_part
from gongjiang.services.evidence.parts import begin as begin_upload
from gongjiang.services.evidence.portrait import portrait_hint
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

View = Callable[..., HttpResponse]


def _in_json(view: View) -> View:
    """What the services refuse, as the script reads it."""

    @wraps(view)
    def told(request: HttpRequest, *args: int, **named: int) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except GongjiangError as error:
            place = {"offset": error.received} if isinstance(error, Elsewhere) else {}
            return JsonResponse({"text": str(error), **place}, status=error.status)

    return told


@signed_in
@require_POST
@_in_json
def begin(request: HttpRequest, case_id: int) -> HttpResponse:
    """A new one, or one begun earlier with the same file."""
    row = begin_upload(
        actor=request.actor,
        at=request.at,
        case_id=case_id,
        attachment=request.POST.get("attachment", ""),
        indicator=request.POST.get("indicator", ""),
        name=request.POST.get("name", ""),
        size=whole(request.POST.get("size"), 0),
        head=request.POST.get("head", ""),
        title=request.POST.get("title", ""),
    )
    address = reverse("evidence-part", args=[row.pk])
    return JsonResponse({"url": address, "offset": row.received, "part": PART})


@signed_in
@require_http_methods(["PUT"])
@_in_json
def part(request: HttpRequest, upload_id: int) -> HttpResponse:
    """The next part."""
    try:
        received = take_part(
            actor=request.actor,
            at=request.at,
            upload_id=upload_id,
            offset=whole(request.headers.get("Upload-Offset"), -1),
            content=cast(BinaryIO, request),
        )
    except UnreadablePostError:
        raise BadInput("这一段没有传完整，请接着再传。", "A part was cut short.") from None
    return JsonResponse({"offset": received})


@signed_in
@require_POST
@_in_json
def finish(request: HttpRequest, upload_id: int) -> HttpResponse:
    """All parts are there."""
    row = finish_upload(
        actor=request.actor,
        at=request.at,
        upload_id=upload_id,
        crop=request.POST.get("crop") == "yes",
        box=request.POST.get("box", ""),
    )
    if hint := portrait_hint(request.actor, row.pk):
        messages.warning(request, hint)
    address = reverse("nominations-form", args=[row.case_id, "material"])
    return JsonResponse({"url": f"{address}#f-{row.indicator or row.attachment}"})


@signed_in
@require_POST
def give_up_upload(request: HttpRequest, upload_id: int) -> HttpResponse:
    """What was sent of it is thrown away."""
    row = give_up(actor=request.actor, at=request.at, upload_id=upload_id)
    messages.success(request, f"“{row.name}”不传了，已传的部分已经删去。")
    address = reverse("nominations-form", args=[row.case_id, "material"])
    return redirect(f"{address}#f-{row.indicator or row.attachment}")
