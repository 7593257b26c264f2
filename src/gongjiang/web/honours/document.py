"""A naming document as a file: Word to seal, PDF to read."""

from typing import BinaryIO, Final
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongjiang.documents.decree import decree_docx, decree_pdf
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.honours.decree import decree_of
from gongjiang.web.access import signed_in

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def word(request: HttpRequest, document_id: int) -> HttpResponse:
    """The document in the official layout, its list as an annex."""
    found = decree_of(request.actor, document_id)
    return sent(decree_docx(found), safe_name(f"{found.number} {found.title}", ".docx"), DOCX)


@signed_in
@require_safe
def pdf(request: HttpRequest, document_id: int) -> HttpResponse:
    """The same as PDF."""
    found = decree_of(request.actor, document_id)
    return sent(decree_pdf(found), safe_name(f"{found.number} {found.title}", ".pdf"), "application/pdf")


def sent(data: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep, not to be kept by anybody on the way."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response


def download(name: str, content: BinaryIO) -> FileResponse:
    """What somebody uploaded, as a file to keep and never to be opened here."""
    answer = FileResponse(content, as_attachment=True, filename=name, content_type="application/octet-stream")
    answer.headers["Cache-Control"] = "no-store"
    return answer
