"""What anybody may read: the list of notices, one notice, its Word file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongjiang.documents.notice import notice_docx
from gongjiang.kernel.errors import Gone
from gongjiang.services.public_notices.export import notice_text
from gongjiang.services.public_notices.face import GONE, PAGE, context_of
from gongjiang.services.public_notices.pages import past_notices, public_notice, running_notices
from gongjiang.services.public_notices.present import left_text
from gongjiang.web.access import public
from gongjiang.web.numbers import whole

MANY = 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@public
def notices(request: HttpRequest) -> HttpResponse:
    """Notices that run, and those that are over."""
    before = whole(request.GET.get("before"), 0)
    past = past_notices(request.at, before=before, limit=MANY + 1)
    running = [] if before else running_notices(request.at)
    ids = {one.pk for one in running}
    return render(
        request,
        "public_notices/list.html",
        {
            "running": [{"notice": one, "left": left_text(one, request.at)} for one in running],
            "past": [one for one in past[:MANY] if one.pk not in ids],
            "next_url": f"?before={past[MANY - 1].pk}" if len(past) > MANY else "",
        },
    )


@public
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """One notice: its days, its list, how to object. Drawn here only while no page was made ahead (made.py)."""
    try:
        return render(request, PAGE, context_of(public_notice(slug, request.at)))
    except Gone:
        return render(request, GONE, status=410)


@public
def word(request: HttpRequest, slug: str) -> HttpResponse:
    """The notice as a Word file."""
    page = public_notice(slug, request.at)
    response = HttpResponse(notice_docx(notice_text(page.notice)), content_type=DOCX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{page.notice.title}.docx") or ""
    return response
