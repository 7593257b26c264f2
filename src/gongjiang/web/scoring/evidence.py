"""What lies beside the score sheet: files page by page, deeds, the form."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.scoring.material import Material
from gongjiang.services.scoring.sheet import Desk
from gongjiang.web.numbers import whole

TABS = (("files", "材料"), ("deeds", "事迹"), ("form", "申请表"))
VIEWS = ("views", "各方评价")
"""Between deeds and form, where there are any."""
PICTURES = frozenset({"pdf", "jpg", "png"})


def evidence(request: HttpRequest, found: Desk, shown: Material) -> dict[str, Any]:
    """The chosen tab (`?tab=`), file (`?file=`) and page (`?page=`), with the addresses of the others."""
    here = reverse("judging-sheet", args=[found.assignment.pk])
    blind = is_blind(found.programme, found.stage)
    labels = {one.id: one.shown for one in found.programme.pack.attachments}
    leaves = {one.id: one.label for one in found.leaves}
    files: list[dict[str, Any]] = [
        {
            "n": n,
            "file": one,
            "title": one.title or labels.get(one.attachment, one.name) or "材料",
            "group": leaves.get(one.indicator) or labels.get(one.attachment, one.attachment),
            "url": f"{here}?file={one.pk}",
            "small": reverse("evidence-page", args=[one.pk, 0]) if one.previews and not blind else "",
            "note": _note(one.kind, one.pages, one.seconds),
        }
        for n, one in enumerate(shown.files, 1)
    ]
    chosen = next((one for one in files if str(one["file"].pk) == request.GET.get("file")), files[0] if files else None)
    deeds = [one for one in shown.parts if one.texts]
    default = "files" if files else "deeds" if deeds else "form"
    tabs = (*TABS[:2], VIEWS, *TABS[2:]) if shown.views else TABS
    tab = request.GET.get("tab", default)
    tab = tab if tab in dict(tabs) else default
    return {
        "tabs": [{"label": label, "url": f"{here}?tab={key}", "current": key == tab} for key, label in tabs],
        "tab": tab,
        "files": files,
        "shown_file": None if chosen is None else _shown(request, here, chosen, found.assignment.pk if blind else 0),
        "withheld": shown.withheld,
        "told": shown.told,
        "deeds": deeds,
        "views": shown.views,
        "parts": [one for one in shown.parts if one.lines or one.tables],
    }


def _shown(request: HttpRequest, here: str, chosen: dict[str, Any], blind: int) -> dict[str, Any]:
    """The chosen file; `blind`: the assignment, where only redacted copies are shown."""
    row = chosen["file"]
    pages = row.pages or 1
    number = min(max(whole(request.GET.get("page"), 1), 1), pages)
    link = f"{here}?file={row.pk}&page="
    picture = reverse("evidence-page", args=[row.pk, number]) if row.kind in PICTURES else ""
    film = reverse("evidence-inline", args=[row.pk]) if row.kind == "mp4" else ""
    if blind:
        picture = reverse("judging-copy", args=[blind, row.pk, number]) if row.pages else ""
        film = reverse("judging-film", args=[blind, row.pk]) if row.kind == "mp4" else ""
    return {
        **chosen,
        "current": row.pk,
        "pages": pages,
        "number": number,
        "picture": picture,
        "film": film,
        "download": "" if blind else reverse("evidence-file", args=[row.pk]),
        "before": f"{link}{number - 1}" if number > 1 else "",
        "after": f"{link}{number + 1}" if number < pages else "",
    }


def _note(kind: str, pages: int | None, seconds: int | None) -> str:
    if seconds:
        return f"视频，{seconds // 60} 分 {seconds % 60} 秒"
    if kind == "pdf":
        return f"PDF，{pages or 1} 页"
    return {"jpg": "图片", "jpeg": "图片", "png": "图片", "docx": "Word", "xlsx": "Excel"}.get(kind, kind)
