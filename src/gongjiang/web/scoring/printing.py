"""A judge's own score sheet as a signed PDF."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongjiang.services.honours.certificates.keys import pdf_signer
from gongjiang.services.scoring.printed import sheet_pdf
from gongjiang.web.access import signed_in


@signed_in
@require_safe
def print_sheet(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Printed from what was handed in, signed with the platform's key (PAdES), with room for a pen."""
    content, about = sheet_pdf(request.actor, assignment_id)
    answer = HttpResponse(pdf_signer().sign(content, about), content_type="application/pdf")
    name = about.partition("，")[0].replace("：", " ")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or ""
    answer["Cache-Control"] = "private, no-store"
    return answer
