"""Check a certificate: for anybody, by number, by the code on it, or by its file."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.honours.certificates.check import LONGEST, Checked, by_file, by_number
from gongjiang.services.honours.certificates.credentials import did_document
from gongjiang.services.honours.certificates.credentials import status_list as list_of
from gongjiang.services.honours.certificates.keys import pdf_signer, signer_shown
from gongjiang.services.honours.certificates.patience import TooMany, count_failure, require_patience
from gongjiang.web.access import public

#: How long a copy of a status list may be kept, in seconds: what is withdrawn shows within a minute.
FRESH: Final = 30
WORDS: Final = {
    "valid": ("ok", "有效"),
    "suspended": ("warn", "已暂停"),
    "ended": ("warn", "已期满"),
    "withdrawn": ("error", "已撤销"),
    "replaced": ("warn", "已换发"),
}
REMARKS: Final = {
    "suspended": "这项荣誉暂停期间，证书无效。",
    "ended": "这项荣誉的期限已满，证书不再有效。",
    "withdrawn": "这项荣誉已被撤销，证书作废。",
    "replaced": "这份证书已经换发，旧编号作废，请以新证书为准。",
}


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The form; `?number=` leads to the answer, or says what is wrong with it."""
    typed = request.GET.get("number", "").strip()[:200]
    if not typed:
        return _form(request)
    try:
        found = _checked(request, typed)
    except GongjiangError as problem:
        return _form(request, number=typed, problem=problem)
    return redirect("honours-checked", found.code)


@public
@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """What the certificate with this code is worth now: where the printed code leads."""
    try:
        found = _checked(request, code[:200])
    except GongjiangError as problem:
        return _form(request, number=code[:40], problem=problem)
    return _show(request, found)


@public
@require_POST
def by_upload(request: HttpRequest) -> HttpResponse:
    """What was sent is read, judged and let go."""
    sent = request.FILES.get("file")
    try:
        require_patience(_address(request), request.at)
        if sent is None:
            raise BadInput("请选择文件。", "Choose a file.", place="文件")
        data = sent.read(LONGEST + 1) if (sent.size or 0) <= LONGEST else b"\0" * (LONGEST + 1)
        found = by_file(data, request.at)
    except GongjiangError as problem:
        _count(request, problem)
        return _form(request, problem=problem, of_file=True)
    return _show(request, found)


@public
@require_safe
def signer(request: HttpRequest) -> HttpResponse:
    """The certificate that signs our PDFs, for readers that verify without us."""
    response = HttpResponse(pdf_signer().certificate(), content_type="application/pkix-cert")
    response.headers["Content-Disposition"] = 'attachment; filename="signer.cer"'
    return response


@public
@require_safe
def keys(request: HttpRequest) -> JsonResponse:
    """The DID document: keys of the credentials."""
    response = JsonResponse(did_document(), content_type="application/did+json")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
def status_list(request: HttpRequest, purpose: str, number: int) -> JsonResponse:
    """Which credentials are revoked, or suspended, as a signed list."""
    response = JsonResponse(list_of(purpose, number, request.at), content_type="application/vc")
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _checked(request: HttpRequest, typed: str) -> Checked:
    require_patience(_address(request), request.at)
    try:
        return by_number(typed, request.at)
    except GongjiangError as problem:
        _count(request, problem)
        raise


def _count(request: HttpRequest, problem: GongjiangError) -> None:
    if not isinstance(problem, TooMany):
        count_failure(actor=request.actor, at=request.at, address=_address(request))


def _address(request: HttpRequest) -> str:
    """Where the request comes from; behind a proxy on this machine, what that proxy saw."""
    near = str(request.META.get("REMOTE_ADDR", ""))
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return told if told and near in {"127.0.0.1", "::1", ""} else near


def _form(
    request: HttpRequest, *, number: str = "", problem: GongjiangError | None = None, of_file: bool = False
) -> HttpResponse:
    signs = signer_shown()
    print_of = signs.fingerprint.upper() if signs else ""
    context: dict[str, Any] = {
        "number": number,
        "problem": problem,
        "of_file": of_file,
        "signer": signs,
        "print": " ".join(print_of[n : n + 4] for n in range(0, len(print_of), 4)),
        "keys": reverse("honours-keys"),
    }
    return _private(render(request, "honours/check.html", context, status=problem.status if problem else 200))


def _show(request: HttpRequest, found: Checked) -> HttpResponse:
    kind, word = WORDS[found.worth]
    context = {"found": found, "kind": kind, "word": word, "remark": REMARKS.get(found.worth, "")}
    return _private(render(request, "honours/checked.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing in between keeps an answer, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
