"""Evidence of a matter, and its papers as Word and PDF."""

from typing import BinaryIO, Final, cast
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gongjiang.documents.notice import notice_docx, notice_pdf
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.inquiries.evidence import add_file, open_file
from gongjiang.services.inquiries.matter import matter
from gongjiang.services.inquiries.paper import paper_of
from gongjiang.web.access import signed_in
from gongjiang.web.evidence.views import TYPES, guarded
from gongjiang.web.inquiries.views import show

KINDS: Final = {"docx": TYPES["docx"], "pdf": TYPES["pdf"]}


@require_POST
@signed_in
def add(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """Take in one file. With script the refusal is JSON for the progress line, else the page with it."""
    found = matter(request.actor, request.at, inquiry_id)
    try:
        sent = request.FILES.get("file")
        if sent is None:
            raise BadInput("请先选择文件。", "Choose a file.", place="证据")
        row = add_file(
            actor=request.actor,
            at=request.at,
            inquiry_id=inquiry_id,
            name=sent.name or "",
            content=cast(BinaryIO, sent),
            title=request.POST.get("title", ""),
        )
    except NotFound:
        raise
    except GongjiangError as refusal:
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({"text": str(refusal)}, status=refusal.status)
        return show(request, found, str(refusal), refusal.status)
    messages.success(request, f"“{row.title}”已收到。")
    return redirect("inquiries-page", inquiry_id)


@require_safe
@signed_in
def download(request: HttpRequest, piece_id: int) -> HttpResponseBase:
    """The file as it was stored, to keep."""
    row, content = open_file(request.actor, piece_id)
    kind = TYPES.get(row.kind, "application/octet-stream")
    answer = FileResponse(content, as_attachment=True, filename=row.name, content_type=kind)
    return guarded(answer)


@require_safe
@signed_in
def paper(request: HttpRequest, inquiry_id: int, paper: str, kind: str) -> HttpResponseBase:
    """The notice to whom it concerns, or the decision."""
    text = paper_of(request.actor, request.at, inquiry_id, paper)
    if kind not in KINDS:
        raise NotFound()
    answer = HttpResponse(notice_docx(text) if kind == "docx" else notice_pdf(text), content_type=KINDS[kind])
    name = quote(safe_name(text.title, f".{kind}"))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return guarded(answer)
