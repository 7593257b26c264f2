"""The office's side of a blind panel: how far texts and copies are, and one nominee after the other to look at."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.queries import frozen
from gongjiang.services.scoring.blind.copies import (
    TAKEN,
    approve_copy,
    copy_for_officer,
    copy_of_original,
    drop_copy,
    film_of,
    page_of,
    upload_copy,
)
from gongjiang.services.scoring.blind.review import approve_text, cover_words, overview, reviewed
from gongjiang.web.access import signed_in
from gongjiang.web.evidence.ranges import partial
from gongjiang.web.numbers import whole
from gongjiang.web.scoring.copies import guarded
from gongjiang.web.scoring.judging import names
from gongjiang.web.scoring.panel import open_panel

DRAWN = frozenset(one.value for one in TAKEN)


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Everybody on the list with code, approved words and copies."""
    programme, stage = open_panel(request, edition_id, stage_id)
    rows = overview(request.actor, programme, stage)
    ready = sum(one.text is not None and one.shown == one.files for one in rows)
    context = {
        "edition": programme.edition,
        "stage": stage,
        "rows": rows,
        "kpis": [
            {"value": f"{ready} / {len(rows)}", "label": "全部核准"},
            {"value": sum(one.files - one.shown for one in rows), "label": "件材料不显示"},
        ],
    }
    return render(request, "scoring/blind.html", context)


@signed_in
def case(request: HttpRequest, edition_id: int, stage_id: str, case_id: int) -> HttpResponse:
    """One nominee as judges will read them; POST (`do`): words, text, upload, original, approve, drop, all."""
    programme, stage = open_panel(request, edition_id, stage_id)
    problem = None
    if request.method == "POST":
        try:
            messages.success(request, _do(request, programme, stage, case_id))
            return redirect("panel-blind-case", edition_id, stage_id, case_id)
        except GongjiangError as error:
            problem = error
    found = reviewed(request.actor, programme, stage, case_id)
    labels = {one.id: one.shown for one in programme.pack.attachments}
    files = [
        {
            "file": file,
            "label": labels.get(file.attachment, file.attachment),
            "copy": copy,
            "drawn": file.kind in DRAWN,
            "pages": [
                reverse("panel-blind-page", args=[edition_id, stage_id, copy.pk, n]) for n in range(1, copy.pages + 1)
            ]
            if copy is not None
            else [],
        }
        for file, copy in found.files
    ]
    rows = overview(request.actor, programme, stage)
    at = next((n for n, one in enumerate(rows) if one.case.pk == case_id), -1)
    context = {
        "edition": programme.edition,
        "stage": stage,
        "found": found,
        "files": files,
        "closed": frozen(programme, stage) is not None,
        "problem": problem,
        "words": request.POST.get("words", "\n".join(found.words)) if problem else "\n".join(found.words),
        "following": rows[at + 1].case.pk if 0 <= at < len(rows) - 1 else None,
    }
    return render(request, "scoring/blind_case.html", context, status=problem.status if problem else 200)


@signed_in
@require_safe
def picture(request: HttpRequest, edition_id: int, stage_id: str, copy_id: int, number: int) -> HttpResponseBase:
    """A page of a copy for the officer; page 0: the film."""
    programme, stage = open_panel(request, edition_id, stage_id)
    row = copy_for_officer(request.actor, programme, stage, copy_id)
    if number == 0:
        return guarded(partial(request, film_of(row), row.size, "video/mp4"))
    return guarded(HttpResponse(page_of(row, number), content_type="image/jpeg"))


def _do(request: HttpRequest, programme: Programme, stage: Panel, case_id: int) -> str:
    post = request.POST
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "programme": programme, "stage": stage}
    what, number = post.get("do"), whole(post.get("of"), 0)
    if what == "words":
        cover_words(**given, case_id=case_id, words=names(post.get("words", "")))
        return "已隐去这些词，请再看一遍文字后核准。"
    if what == "text":
        approve_text(**given, case_id=case_id, digest=post.get("digest", ""))
        return "文字已核准，专家可以看到。"
    if what == "upload":
        sent = request.FILES.get("copy")
        if sent is None:
            raise BadInput("请选择遮盖后的文件。", "No file.", place="遮盖件")
        upload_copy(**given, file_id=number, name=sent.name or "", content=cast(BinaryIO, sent))
        return "遮盖件已上传，请逐页看过后核准。"
    if what == "original":
        copy_of_original(**given, file_id=number)
        return "已按原件重新画出（不含元数据），请逐页看过后核准。"
    if what == "approve":
        approve_copy(**given, copy_id=number)
        return "已核准，专家可以看到这一件。"
    if what == "drop":
        drop_copy(**given, copy_id=number)
        return "已撤下，专家看不到这一件。"
    raise BadInput("请选择要办的事。", "Say what to do.")
