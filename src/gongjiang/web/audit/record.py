"""存证 for anybody: what was signed of the log, to keep a copy of, and the program that compares it."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

import gongjiang
from gongjiang.services.audit.checkpoints import PAGE, checkpoints, note_of, verifier_key
from gongjiang.web.access import public
from gongjiang.web.numbers import whole

VERIFIER = Path(str(gongjiang.__file__)).parent / "cli" / "standalone" / "verify_log.py"


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Checkpoints, newest first, the key, and how to compare."""
    found = checkpoints(before=whole(request.GET.get("before"), 0))
    context = {
        "points": found[:PAGE],
        "older": f"{reverse('audit-record')}?before={found[PAGE - 1].size}" if len(found) > PAGE else "",
        "key": verifier_key(),
    }
    return render(request, "audit/record.html", context)


@public
@require_safe
def note(request: HttpRequest, size: int) -> HttpResponse:
    """One checkpoint as the text that was signed."""
    response = HttpResponse(note_of(size), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="checkpoint-{size}.txt"'
    return response


@public
@require_safe
def verifier(request: HttpRequest) -> FileResponse:
    """The stand-alone verifier."""
    return FileResponse(
        VERIFIER.open("rb"), as_attachment=True, filename=VERIFIER.name, content_type="text/x-python; charset=utf-8"
    )
