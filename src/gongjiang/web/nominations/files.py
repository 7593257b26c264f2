"""Material of a nomination: add a file, take one back."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.evidence.portrait import portrait_hint
from gongjiang.services.evidence.upload import remove, upload
from gongjiang.services.nominations.form import form_page
from gongjiang.web.access import signed_in
from gongjiang.web.nominations.page import show
from gongjiang.web.nominations.steps import address


@signed_in
@require_POST
def add(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take in one file. With script the refusal is JSON for the progress line, else the page with it."""
    page = form_page(request.actor, request.at, case_id)
    attachment = request.POST.get("attachment", "")
    try:
        sent = request.FILES.get("file")
        if sent is None:
            raise BadInput("请先选择文件。", "Choose a file.", place="材料")
        row = upload(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            attachment=attachment,
            name=sent.name or "",
            content=cast(BinaryIO, sent),
            title=request.POST.get("title", ""),
            indicator=request.POST.get("indicator", ""),
            crop=request.POST.get("crop") == "yes",
            box=request.POST.get("box", ""),
        )
    except GongjiangError as error:
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"text": str(error)}, status=error.status)
        here = page.plan.section("material") or page.plan.sections[0]
        return show(request, page, here, problem=error, status=error.status)
    if hint := portrait_hint(request.actor, row.pk):
        messages.warning(request, hint)
    return redirect(address(page, "material", row.indicator or attachment))


@signed_in
@require_POST
def take_back(request: HttpRequest, case_id: int, file_id: int) -> HttpResponse:
    """Remove a file; its bytes stay on record."""
    page = form_page(request.actor, request.at, case_id)
    try:
        row = remove(actor=request.actor, at=request.at, case_id=case_id, file_id=file_id)
    except GongjiangError as error:
        here = page.plan.section("material") or page.plan.sections[0]
        return show(request, page, here, problem=error, status=error.status)
    messages.success(request, f"“{row.title}”已删去。")
    return redirect(address(page, "material", row.attachment))
