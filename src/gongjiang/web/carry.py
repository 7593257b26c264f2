"""What was typed outlives the login: it travels through the login page in the browser and is handed in again after.

Nothing of it is kept on the server: between the two posts it stands in hidden fields of the person's own page. Files
can't travel so; passwords never do.
"""

import json
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from gongjiang.web.again import SECRET

KEPT: Final = "kept"
BESIDE: Final = "csrfmiddlewaretoken"
Pairs = list[tuple[str, str]]


def kept_of(request: HttpRequest) -> str:
    """Everything posted, as text for one hidden field; '' if there is nothing."""
    posted = [(name, one) for name, values in request.POST.lists() for one in values if name not in {BESIDE, *SECRET}]
    return json.dumps(posted, ensure_ascii=False) if posted else ""


def pairs_of(kept: str) -> Pairs:
    """Names and values of what was kept; [] for anything else."""
    try:
        found = json.loads(kept or "[]")
    except ValueError:
        return []
    if not isinstance(found, list):
        return []
    fits = (one for one in found if isinstance(one, list) and len(one) == 2)
    return [(name, value) for name, value in fits if isinstance(name, str) and isinstance(value, str)]


def hand_in_again(request: HttpRequest, address: str, kept: str, *, status: int = 200) -> HttpResponse:
    """A page with everything that was posted and one button that posts it again."""
    context = {"address": address, "pairs": pairs_of(kept), "files": bool(request.FILES)}
    return _private(render(request, "accounts/again.html", context, status=status))


def signed_out(request: HttpRequest, address: str) -> HttpResponse:
    """Led to the login and back; what was posted comes along. Script is told so in JSON and keeps it itself."""
    onward = f"{settings.LOGIN_URL}?next={address}"
    if request.method != "POST":
        return redirect(onward)
    if asked_by_script(request):
        return JsonResponse({"text": "登录已过期，请重新登录后再办。"}, status=401)
    kept = kept_of(request)
    if not kept:
        return redirect(onward)
    context = {"next": request.get_full_path(), KEPT: kept, "files": bool(request.FILES)}
    return _private(render(request, "accounts/login.html", context, status=401))


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is out of date (signed in again in another tab, cookies cleared) is offered once more, if it
    is one of ours: the browser says from which site it was sent. From elsewhere it is refused."""
    if asked_by_script(request):
        return JsonResponse({"text": "登录状态变了，请重新打开这一页。"}, status=403)
    came = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    kept = kept_of(request) if came.netloc == request.get_host() and request.method == "POST" else ""
    if not kept:
        return render(request, "accounts/elsewhere.html", status=403)
    return hand_in_again(request, request.get_full_path(), kept, status=403)


def asked_by_script(request: HttpRequest) -> bool:
    """Does a script of ours wait for the answer, not a page?"""
    wants = "application/json" in request.headers.get("Accept", "")
    return wants or request.headers.get("X-Requested-With") == "XMLHttpRequest"


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
