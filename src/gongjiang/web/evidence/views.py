"""Bytes of nominations' files: as attachments; pictures, pages and films for our own viewer only.

What somebody uploaded never becomes a page of ours: it leaves as an attachment, or sandboxed under `nosniff` with a
type that we chose ourselves.
"""

from typing import Final

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.services.evidence.read import open_file, open_page
from gongjiang.web.access import signed_in
from gongjiang.web.evidence.ranges import partial

TYPES: Final = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN: Final = frozenset({"jpg", "png", "mp4"})
"""Kinds that a browser shows safely by itself: pictures we made anew, films."""
STANDING_IN: Final = {"failed": "icons/preview-none.svg", "done": "icons/preview-none.svg"}
SANDBOX: Final = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


@signed_in
@require_safe
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """The file as it was stored, to keep."""
    row, content = open_file(request.actor, file_id)
    answer = FileResponse(
        content, as_attachment=True, filename=row.name, content_type=TYPES.get(row.kind, "application/octet-stream")
    )
    return guarded(answer)


@signed_in
@require_safe
def inline(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """A picture or film for the viewer; films in ranges, so that one can jump."""
    row, content = open_file(request.actor, file_id)
    if row.kind not in SHOWN:
        content.close()
        raise NotFound()
    return guarded(partial(request, content, row.size, TYPES[row.kind]))


@signed_in
@require_safe
def page(request: HttpRequest, file_id: int, number: int) -> HttpResponseBase:
    """A page as a picture made in the background, page 0 a small one; until it is made, a picture that says so.
    A picture can stand in for its own preview."""
    row, content = open_page(request.actor, file_id, number)
    if content is None and row.kind in {"jpg", "png"}:
        return guarded(FileResponse(open_file(request.actor, file_id)[1], content_type=TYPES[row.kind]))
    if content is None:
        return guarded(redirect(static(STANDING_IN.get(row.prepared, "icons/preview-waiting.svg"))))
    answer = FileResponse(content, content_type="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return guarded(answer)


def guarded(answer: HttpResponseBase) -> HttpResponseBase:
    """What somebody uploaded, sent so that it is no page of ours; kept by nobody unless it says so already."""
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers.setdefault("Cache-Control", "private, no-store")
    return answer
