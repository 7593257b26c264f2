"""The public gallery of artisans who agreed to be shown."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongjiang.services.cultivation.profile.queries import PAGE, get_public, open_file, public_page, shown_files
from gongjiang.web.access import public
from gongjiang.web.evidence.ranges import partial
from gongjiang.web.evidence.views import TYPES, guarded
from gongjiang.web.numbers import whole


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The latest first, a page at a time."""
    text = request.GET.get("text", "").strip()[:60]
    rows = public_page(text, _after(request.GET.get("after", "")))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    more = f"{last.shown_at.isoformat()}_{last.pk}" if last is not None and last.shown_at is not None else ""
    kept = {"text": text} if text else {}
    context: dict[str, Any] = {
        "rows": rows[:PAGE],
        "text": text,
        "next_url": f"?{urlencode({**kept, 'after': more})}" if more else "",
    }
    return _fresh(render(request, "cultivation/profile_gallery.html", context))


@public
@require_safe
def detail(request: HttpRequest, profile_id: int) -> HttpResponse:
    """One artisan: words, works, pictures, the film."""
    found = get_public(profile_id)
    shown, files = found.shown or {}, shown_files(found)
    context = {
        "profile": found,
        "honour": found.honour,
        "shown": shown,
        "photo": files.get(shown.get("photo") or 0),
        "pictures": [files[one] for one in shown.get("pictures", ()) if one in files],
        "film": files.get(shown.get("film") or 0),
    }
    return _fresh(render(request, "cultivation/profile_public.html", context))


@public
@require_safe
def picture(request: HttpRequest, profilefile_id: int) -> HttpResponseBase:
    """A picture or the film: of what is shown for anybody, of a draft for who works on it."""
    row, content = open_file(request.actor, profilefile_id)
    return guarded(partial(request, content, row.size, TYPES[row.format]))


def _fresh(answer: HttpResponse) -> HttpResponse:
    """Kept by nobody: what is withdrawn is gone with the next look."""
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _after(text: str) -> tuple[datetime, int] | None:
    moment, _, key = text.partition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, whole(key, 0)) if timezone.is_aware(found) else None
