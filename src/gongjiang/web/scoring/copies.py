"""Redacted copies for a judge of a blind panel: pages as pictures, films without metadata, nothing to download."""

from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from gongjiang.services.scoring.blind.copies import film_of, page_of
from gongjiang.services.scoring.blind.desk import copy_for_judge
from gongjiang.services.scoring.sheet import open_desk
from gongjiang.web.access import signed_in
from gongjiang.web.evidence.ranges import partial

Answer = TypeVar("Answer", bound=HttpResponseBase)
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'"


@signed_in
@require_safe
def page(request: HttpRequest, assignment_id: int, copy_id: int, number: int) -> HttpResponse:
    """A page of an approved copy of the case on one's own desk."""
    row = copy_for_judge(open_desk(request.actor, assignment_id), copy_id)
    return guarded(HttpResponse(page_of(row, number), content_type="image/jpeg"))


@signed_in
@require_safe
def film(request: HttpRequest, assignment_id: int, copy_id: int) -> HttpResponseBase:
    """A film, in ranges, so that one can jump."""
    row = copy_for_judge(open_desk(request.actor, assignment_id), copy_id)
    return guarded(partial(request, film_of(row), row.size, "video/mp4"))


def guarded(answer: Answer) -> Answer:
    """Never a page of ours, never kept."""
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
