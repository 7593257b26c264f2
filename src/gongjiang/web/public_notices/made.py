"""Pages of notices that were made ahead are handed out before anything asks the database: a web server in front does
the same from the same files (docs/deployment.md)."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from gongjiang.services.public_notices.standing import standing

ADDRESS: Final = re.compile(r"/notices/(?P<slug>[-a-zA-Z0-9_]+)/(?P<word>notice\.docx)?")
HTML = "text/html; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class MadePages:
    """Stands before sessions and people: the page of a notice is the same for all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = ADDRESS.fullmatch(request.path_info) if request.method in ("GET", "HEAD") else None
        return (self._made(request, asked) if asked else None) or self.get_response(request)

    def _made(self, request: HttpRequest, asked: re.Match[str]) -> HttpResponse | None:
        word = asked["word"] is not None
        large = request.COOKIES.get("type") == "large"
        found = standing(asked["slug"], timezone.now(), large=large, word=word)
        if found is None:
            return None
        if found.gone:
            return HttpResponse(found.content, content_type=HTML, status=410)
        response = HttpResponse(found.content, content_type=DOCX if word else HTML)
        response.headers["ETag"] = found.tag
        response.headers["Cache-Control"] = "no-cache"
        if word:
            response.headers["Content-Disposition"] = content_disposition_header(True, f"{found.title}.docx") or ""
        else:
            response.headers["Vary"] = "Cookie"
        return get_conditional_response(request, etag=found.tag, response=response) or response
