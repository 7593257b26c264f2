"""A version of a plan to print: PDF and Word."""

from typing import Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongjiang.documents.docx.render import render_docx
from gongjiang.documents.pdf.render import render_pdf
from gongjiang.kernel.errors import NotFound
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.cultivation.plans.paper import sheet_of
from gongjiang.web.access import signed_in
from gongjiang.web.evidence.views import TYPES, guarded

KINDS: Final = {"docx": render_docx, "pdf": render_pdf}


@signed_in
@require_safe
def download(request: HttpRequest, honour_id: int, number: int, kind: str) -> HttpResponseBase:
    """One version as a form with the boxes for three seals."""
    sheet = sheet_of(request.actor, honour_id, number)
    if kind not in KINDS:
        raise NotFound()
    answer = HttpResponse(KINDS[kind](sheet), content_type=TYPES[kind])
    name = quote(safe_name(f"{sheet.title}第{number}版", f".{kind}"))
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return guarded(answer)
