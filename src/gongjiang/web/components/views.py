"""The specimen page of all components, and the switch to large type."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongjiang.web.access import public
from gongjiang.web.components.sample import SAMPLE

YEAR = 365 * 24 * 3600
LAYOUTS = ("work", "public", "judge", "entry", "form", "nominee", "home")


@public
@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Keep the size of type in a cookie (type=large or usual) and go back to `next` on this site."""
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    size = "large" if request.GET.get("type") == "large" else "usual"
    response.set_cookie("type", size, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response


@public
@require_safe
def specimen(request: HttpRequest, page: str = "work") -> HttpResponse:
    """Every component with invented data, in one of the four layouts."""
    if page not in LAYOUTS:
        raise Http404
    return render(request, f"components/specimen_{page}.html", SAMPLE)
