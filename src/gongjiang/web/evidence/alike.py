"""Files alike, for officers: a list for a nomination and for an edition, each pair side by side, answered by name."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.actor import HANDLING
from gongjiang.kernel.errors import NotFound
from gongjiang.services.evidence.alike import PAGE, Pair, alike_in, alike_of, get_pair, looks, settle
from gongjiang.services.evidence.previews import PICTURED
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.programmes.queries import get_edition
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

PAGES = 8


@signed_in
@require_safe
def of_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """All pairs of one nomination."""
    case = get_case(request.actor, case_id)
    if not looks(request.actor, case):
        raise NotFound()
    found = alike_of(request.actor, case)
    context = {
        "title": case.title,
        "back": reverse("nominee", args=[case.pk]),
        "open": [_row(one) for one in found if not one.answered],
        "answered": [_row(one) for one in found if one.answered],
        "edition_url": reverse("evidence-alike-edition", args=[case.process.edition_id]),
    }
    return render(request, "evidence/alike.html", context)


@signed_in
@require_safe
def of_edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Pairs of an edition that nobody has answered, a page at a time."""
    edition = get_edition(request.actor, edition_id)
    if not request.actor.is_platform and not request.actor.has(*HANDLING):
        raise NotFound()
    found = alike_in(request.actor, edition_id, whole(request.GET.get("after"), 0))
    shown = found[:PAGE]
    more = f"?after={shown[-1].row.pk}" if len(found) > PAGE else ""
    context = {"title": edition.title, "open": [_row(one) for one in shown], "answered": [], "more": more}
    return render(request, "evidence/alike.html", context)


@signed_in
@require_safe
def side_by_side(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Both files beside each other."""
    pair = get_pair(request.actor, likeness_id)
    sides = [_side(pair.mine, pair.page), _side(pair.theirs, pair.page_there)]
    context = {"pair": pair, "sides": sides, "words": _words(pair)}
    return render(request, "evidence/pair.html", context)


@signed_in
@require_POST
def looked_at(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """An officer found nothing wrong with it."""
    number = settle(actor=request.actor, at=request.at, likeness_id=likeness_id, note=request.POST.get("note", ""))
    more = f"，相同的 {number} 处一并记下" if number > 1 else ""
    messages.success(request, f"已记下：看过，没有问题{more}。")
    return redirect("evidence-pair", likeness_id)


def _row(pair: Pair) -> dict[str, Any]:
    return {
        "pair": pair,
        "words": _words(pair),
        "url": reverse("evidence-pair", args=[pair.row.pk]),
        "pictures": [_small(pair.mine), _small(pair.theirs)],
    }


def _words(pair: Pair) -> str:
    label = str(pair.row.get_kind_display())
    return label if pair.row.kind == "same" else f"{label}（{pair.row.score}%）"


def _small(file: Any) -> str:
    return reverse("evidence-page", args=[file.pk, 0]) if file.previews else ""


def _side(file: Any, page: int) -> dict[str, Any]:
    last = (file.pages or 1) if file.kind == "pdf" else 1
    numbers = range(1, min(last, PAGES) + 1) if file.kind in PICTURED else ()
    order = sorted(numbers, key=lambda n: n != page)  # the page that is alike first
    return {
        "file": file,
        "case": file.case,
        "edition": file.case.process.edition,
        "pages": [(n, reverse("evidence-page", args=[file.pk, n])) for n in order],
        "film": reverse("evidence-inline", args=[file.pk]) if file.kind == "mp4" else "",
        "view": reverse("evidence-view", args=[file.pk]),
        "nominee": reverse("nominee", args=[file.case_id]),
    }
