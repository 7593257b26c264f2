"""The log for observers and organisers, and whether its chain is whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.audit.actions import ROOMS
from gongjiang.services.audit.queries import PAGE, entries, may_verify, watches
from gongjiang.services.audit.verify import verify
from gongjiang.services.programmes.queries import list_editions
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.places import case_page

FILTERS = ("edition", "case", "action")


@signed_in
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Entries by edition, case and room, newest first, paged by key."""
    return _show(request)


@signed_in
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain now and say where it is broken."""
    if not may_verify(request.actor):
        raise NotFound()
    return _show(request, verdict=verify())


def _show(request: HttpRequest, **more: object) -> HttpResponse:
    if not watches(request.actor):
        raise NotFound()
    given = {key: request.GET.get(key, "") for key in FILTERS}
    before = request.GET.get("before", "")
    found = entries(
        request.actor,
        edition_id=whole(given["edition"], None),
        case_id=whole(given["case"], None),
        action=given["action"] if given["action"] in ROOMS else "",
        before=whole(before, 0),
    )
    kept = {key: value for key, value in given.items() if value}
    rows = [{"one": one, "url": one.url_of(case_page)} for one in found[:PAGE]]
    context = {
        "rows": rows,
        "older": f"?{urlencode({**kept, 'before': str(found[PAGE - 1].seq)})}" if len(found) > PAGE else "",
        "newest": f"?{urlencode(kept)}" if before else "",
        "given": given,
        "editions": [("", "全部届次"), *((str(one.pk), one.title) for one in list_editions(request.actor))],
        "rooms": [("", "全部事项"), *ROOMS.items()],
        "may_verify": may_verify(request.actor),
        **more,
    }
    return render(request, "audit/log.html", context)
