"""Queues and the nominee page."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongjiang.kernel.errors import NotFound
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.evidence.alike import alike_of
from gongjiang.services.formality.dossier import Dossier, dossier
from gongjiang.services.formality.queue import PAGE, edition_for, neighbours, queue, stage_rows
from gongjiang.services.honours.ahead import ahead_of
from gongjiang.services.honours.duties import duties
from gongjiang.services.inquiries.around import around_case
from gongjiang.services.letters.asked import letters_asked, names_experts
from gongjiang.services.letters.overview import experts_of
from gongjiang.services.nominations.printing import papers_of
from gongjiang.services.nominations.twice import double_of
from gongjiang.services.opinions.many import boxes_waiting
from gongjiang.services.reports.explanation import explained_at
from gongjiang.web.access import signed_in
from gongjiang.web.formality import page
from gongjiang.web.formality.present import CASE_STATES, link
from gongjiang.web.numbers import whole
from gongjiang.web.registry.links import mend_links


@signed_in
def queue_page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Who waits at a stage."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    after = whole(request.GET.get("after"), 0)
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
        {
            "programme": programme,
            "stage": stage,
            "rows": rows,
            "total": total,
            "unsigned": boxes_waiting(request.actor, programme, stage),
            "next_url": more,
            "first_url": "?" if after else "",
            "edition": edition,
        },
    )


@signed_in
def nominee(request: HttpRequest, case_id: int) -> HttpResponse:
    """Everything about one nominee on one page."""
    return nominee_page(request, dossier(request.actor, case_id))


def nominee_page(request: HttpRequest, found: Dossier, problem: str = "", status: int = 200) -> HttpResponse:
    """The page, perhaps with a problem to tell and what was typed kept."""
    context: dict[str, Any] = {
        "d": found,
        "case": found.case,
        "edition": found.programme.edition,
        "parts": (parts := page.parts_of(found)),
        "deeds": next((one["id"] for one in parts if any(len(text.value) > 200 for text in one["texts"])), ""),
        "timeline": page.timeline_of(found.way),
        "prints": _prints(found),
        "edit_url": link("nominations-edit", found.case.pk) if found.editable else "",
        "phrases": page.PHRASES,
        "verdicts": page.VERDICTS,
        "duties": duties(request.actor, request.at, found.programme, found.case, found.rows),
        "matter": around_case(request.actor, found.programme, found.case),
        "case_key": str(found.case.pk),
        "problem": problem,
        "typed": request.POST,
        "letters": _letters(request, found),
        "double": double_of(request.actor, found.programme, found.case),
        "explained": [
            (link("explanation", found.programme.edition.pk, one.id, found.case.pk), one.shown)
            for one in explained_at(request.actor, found.programme, found.case)
        ],
        "ahead": ahead_of(found.programme, found.case),
        "way_url": link("people-path", found.case.subject_id) if found.case.subject_id else "",
    }
    context |= page.state_of(found)
    context |= page.rules_shown(found)
    mend_links(request.actor, found.outcomes, context["must"])
    context |= page.files_shown(found, request.GET.get("file", ""))
    context["alike"] = alike_of(request.actor, found.case)
    context |= page.opinions_shown(found, request.POST, problem)
    context |= page.questions_shown(found)
    context |= (around := _around(request, found))
    context |= page.acts_of(found, request.POST, problem, bool(around["after_url"]), secrets.token_hex(8))
    return render(request, "formality/nominee.html", context, status=status)


def _letters(request: HttpRequest, found: Dossier) -> dict[str, Any] | None:
    """How many letters of experts count, and what there is to look into; None where the form names no expert."""
    if not names_experts(found.programme, found.case):
        return None
    asked = letters_asked(found.programme, found.case, found.facts)
    if asked is None:
        return None
    experts = experts_of(found.case, asked, request.at)
    return {
        "url": link("letters", found.case.pk),
        "label": asked.label,
        "needed": asked.needed,
        "counting": sum(one.counts for one in experts),
        "told": [(one.name, told) for one in experts for told in one.findings],
    }


def _around(request: HttpRequest, found: Dossier) -> dict[str, object]:
    """The case's neighbours in the queue that this person works through."""
    stage = next((one.stage for one in found.acts), None)
    if stage is None:  # who only signs goes through the queue of the boxes
        mine = (one.stage for one in found.boxes if one.may_give and not one.for_others)
        named = next((found.programme.stage(one) for one in mine), None)
        stage = named if named is not None and named.type != "apply" else None
    if stage is None:
        return {"before_url": "", "after_url": "", "place": 0, "total": 0, "queue_url": ""}
    ids = stage_rows(request.actor, found.programme, stage)
    before, after, place = neighbours(ids, found.case.pk)
    return {
        "before_url": link("nominee", before) if before else "",
        "after_url": link("nominee", after) if after else "",
        "place": place,
        "total": len(ids),
        "queue_url": link("nominees-queue", found.programme.edition.pk, stage.id),
    }


def _prints(found: Dossier) -> list[tuple[str, str, str]]:
    """Forms to print, with their addresses as PDF and Word."""
    return [
        (
            label,
            link("nominations-print", found.case.pk, name, "pdf"),
            link("nominations-print", found.case.pk, name, "docx"),
        )
        for name, label in papers_of(found.programme, found.case)
    ]
