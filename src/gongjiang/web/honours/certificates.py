"""Certificates for those who name, and for whoever was honoured."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.cultivation.artisans import own_honours
from gongjiang.services.honours.certificates.credentials import credential_of
from gongjiang.services.honours.certificates.issue import issue_all, reissue
from gongjiang.services.honours.certificates.keys import signer_shown
from gongjiang.services.honours.certificates.paper import pdf_of
from gongjiang.services.honours.certificates.queries import archive as archive_of
from gongjiang.services.honours.certificates.queries import desk, get_certificate, own_certificates
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.honours.document import sent

MARKS = {
    "valid": ("named", "有效"),
    "suspended": ("returned", "已暂停"),
    "ended": ("passed", "已期满"),
    "withdrawn": ("struck", "已撤销"),
    "replaced": ("withdrawn", "已换发"),
}


@signed_in
def page(request: HttpRequest, document_id: int) -> HttpResponse:
    """The certificates of a naming document. POST issues what is due."""
    problem = ""
    if request.method == "POST":
        try:
            made = issue_all(actor=request.actor, at=request.at, document_id=document_id)
        except GongjiangError as refusal:
            problem = str(refusal)
        else:
            messages.success(request, f"已制发 {len(made)} 份证书。")
            return redirect("honours-certificates", document_id)
    found = desk(request.actor, request.at, document_id)
    context = {
        "desk": found,
        "lines": [(one, MARKS[one.worth] if one.worth else None) for one in found.lines],
        "edition": found.programme.edition,
        "signer": signer_shown(),
        "problem": problem,
    }
    return render(request, "honours/certificates.html", context, status=409 if problem else 200)


@signed_in
@require_POST
def anew(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """A certificate in place of this one."""
    old = get_certificate(request.actor, certificate_id)
    try:
        made = reissue(
            actor=request.actor,
            at=request.at,
            certificate_id=certificate_id,
            reason=request.POST.get("reason", ""),
            name=request.POST.get("name", ""),
        )
    except told_here(request) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已换发，新编号 {made.number}；旧编号查验时显示“已换发”。")
    return redirect("honours-certificates", old.honour.document_id)


@signed_in
@require_safe
def archive(request: HttpRequest, document_id: int) -> HttpResponse:
    """All valid PDFs of a document in one ZIP."""
    name, data = archive_of(request.actor, request.at, document_id)
    return sent(data, safe_name(name, ".zip"), "application/zip")


@signed_in
@require_safe
def paper(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The signed PDF."""
    row = get_certificate(request.actor, certificate_id)
    return sent(pdf_of(row), safe_name(f"{row.face['name']}-{row.number}", ".pdf"), "application/pdf")


@signed_in
@require_safe
def credential(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The award as a credential, plain JSON with its proof."""
    row = get_certificate(request.actor, certificate_id)
    data = json.dumps(credential_of(row), ensure_ascii=False, indent=1).encode()
    return sent(data, safe_name(f"{row.face['name']}-{row.number}", ".json"), "application/vc")


@signed_in
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """One's own certificates; an artisan's with the way back to their own pages."""
    rows = [(one, MARKS[worth]) for one, worth in own_certificates(request.actor, request.at)]
    honour = next(iter(own_honours(request.actor)), None)
    return render(request, "honours/own.html", {"rows": rows, "honour": honour})
