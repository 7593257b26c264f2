"""Queues and the nominee page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongjiang.kernel.errors import NotFound
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.formality.dossier import Dossier, dossier
from gongjiang.services.formality.queue import PAGE, edition_for, neighbours, queue, stage_rows
from gongjiang.services.nominations.printing import forms_of
from gongjiang.web.access import signed_in
from gongjiang.web.formality.present import CASE_STATES, acts_of, answer_text, link, rules_of, timeline_of


@signed_in
def queue_page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Who waits at a stage."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    after = int(request.GET["after"]) if request.GET.get("after", "").isdecimal() else 0
    programme, stage, waiting, total = queue(request.actor, edition, stage_id, after)
    rows = [
        {
            "waiting": one,
            "url": link("nominee", one.case.pk),
            "state": CASE_STATES[CaseState(one.case.state)],
            "since": timezone.localtime(one.row.opened_at) if one.row.opened_at else None,
            "unmet": one.counts.get("fail", 0),
            "missing": one.counts.get("unknown", 0),
        }
        for one in waiting
    ]
    more = f"?after={waiting[-1].case.pk}" if len(waiting) == PAGE else ""
    return render(
        request,
        "formality/queue.html",
        {"programme": programme, "stage": stage, "rows": rows, "total": total, "next_url": more, "edition": edition},
    )


@signed_in
def nominee(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything about one nominee on one page."""
    return nominee_page(request, dossier(request.actor, case_id))


def nominee_page(request: HttpRequest, found: Dossier, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, perhaps with a problem to tell and what was typed kept."""
    case, programme = found.case, found.programme
    must, shown = rules_of(found.outcomes)
    stage = next((one.stage for one in found.acts), None)
    before = after = None
    place = total = 0
    if stage is not None:
        ids = stage_rows(request.actor, programme, stage)
        before, after, place = neighbours(ids, case.pk)
        total = len(ids)
    questions = [{"q": one, "answer": answer_text(one)} for one in found.questions]
    labels = {one.id: one.shown for one in programme.pack.attachments}
    files = [
        {
            "file": one,
            "title": f"{labels.get(one.attachment, one.attachment)}　{one.title or one.name}",
            "link": f"?file={one.pk}",
            "url": link("evidence-file", one.pk),
            "page": link("evidence-page", one.pk, 1) if one.kind in {"pdf", "jpeg", "png", "image"} else "",
        }
        for one in found.files
    ]
    shown_file = next(
        (one for one in files if str(one["file"].pk) == request.GET.get("file")), files[0] if files else None
    )
    return render(
        request,
        "formality/nominee.html",
        {
            "d": found,
            "case": case,
            "edition": programme.edition,
            "state": CASE_STATES[CaseState(case.state)],
            "facts": [{"label": one.label, "value": one.value, "wide": one.wide} for one in found.lines],
            "acts": acts_of(found),
            "must": must,
            "shown": shown,
            "questions": questions,
            "files": files,
            "shown_file": shown_file,
            "timeline": timeline_of(found),
            "before_url": link("nominee", before) if before else "",
            "after_url": link("nominee", after) if after else "",
            "place": place,
            "total": total,
            "prints": [
                (
                    one.shown,
                    link("nominations-print", case.pk, one.id, "pdf"),
                    link("nominations-print", case.pk, one.id, "docx"),
                )
                for one in forms_of(programme, case)
            ],
            "edit_url": link("nominations-form", case.pk, "") or link("nominations-edit", case.pk),
            "problem": problem,
            "typed": request.POST,
        },
        status=status,
    )
