"""What anybody finds first: notices that run, the register, the way to follow an objection, the login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjiang.services.honours.facets import count
from gongjiang.services.public_notices.pages import running_notices
from gongjiang.services.public_notices.present import left_text
from gongjiang.web.access import public


@public
def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    running = running_notices(request.at)
    return render(
        request,
        "home/front.html",
        {
            "running": [{"notice": one, "people": one.running, "left": left_text(one, request.at)} for one in running],
            "honours": count(),
        },
    )
