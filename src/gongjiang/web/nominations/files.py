"""Material of a nomination: add files, take one back."""

from typing import Any, BinaryIO, cast

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
    """Take in files, each by itself: one that is refused keeps no other out. With script the refusal is JSON for the
    progress line, else the page with it."""
    page = form_page(request.actor, request.at, case_id)
    taken, refused = _taken_in(request, case_id)
    if refused:
        error = refused[0][1] if len(refused) + len(taken) == 1 else _told_together(refused)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"text": str(error)}, status=error.status)
        if taken:
            messages.success(request, f"已收下{len(taken)}个文件。")
            page = form_page(request.actor, request.at, case_id)
        here = page.plan.section("material") or page.plan.sections[0]
        return show(request, page, here, problem=error, status=error.status)
    if hint := portrait_hint(request.actor, taken[0].pk):
        messages.warning(request, hint)
    return redirect(address(page, "material", taken[0].indicator or taken[0].attachment))


def _taken_in(request: HttpRequest, case_id: int) -> tuple[list[Any], list[tuple[str, GongjiangError]]]:
    """The files that were kept, and the names of the others with what is wrong with them."""
    sent, said = request.FILES.getlist("file"), request.POST
    if not sent:
        return [], [("", BadInput("请先选择文件。", "Choose a file.", place="材料"))]
    taken, refused, title = list[Any](), list[tuple[str, GongjiangError]](), said.get("title", "").strip()
    for number, one in enumerate(sent, 1):
        try:
            row = upload(
                actor=request.actor,
                at=request.at,
                case_id=case_id,
                attachment=said.get("attachment", ""),
                name=one.name or "",
                content=cast(BinaryIO, one),
                title=f"{title}（{number}）" if title and len(sent) > 1 else title,
                indicator=said.get("indicator", ""),
                crop=said.get("crop") == "yes",
                box=said.get("box", ""),
            )
            taken.append(row)
        except GongjiangError as error:
            refused.append((one.name or "", error))
    return taken, refused


def _told_together(refused: list[tuple[str, GongjiangError]]) -> GongjiangError:
    told = [error.text if name in error.text else f"“{name}”：{error.text}" for name, error in refused]
    return BadInput("有文件没有收下。" + "".join(told), "Some files were not taken.")


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
