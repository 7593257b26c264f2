"""Bytes of cultivation files: pictures to look at, everything else to keep."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from gongjiang.services.cultivation.files import open_file
from gongjiang.web.access import signed_in
from gongjiang.web.evidence.views import TYPES, guarded


@signed_in
@require_safe
def download(request: HttpRequest, attached_id: int) -> HttpResponseBase:
    """The file as it was stored. A picture, made anew by us, may be looked at in the page that shows it."""
    row, content = open_file(request.actor, attached_id)
    kind = TYPES.get(row.kind, "application/octet-stream")
    keep = row.kind not in {"jpg", "png"} or request.GET.get("keep") == "1"
    return guarded(FileResponse(content, as_attachment=keep, filename=row.name, content_type=kind))
