"""Units and their places: given, given on, taken back, cancelled, used, left."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.services.nominations.allot_choices import entering, givings
from gongjiang.services.nominations.matrix import Sheet, by_unit, matrix
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.quotas.figures import reckoned
from gongjiang.services.reports.cockpit.page import may_oversee
from gongjiang.web.access import signed_in
from gongjiang.web.quotas.factors import factor_blocks

HANDLING = ("officer", "approver", "observer", "org_admin")


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The matrix; a unit sees its own rows and those below it."""
    return show(request, get_programme(request.actor, edition_id))


def show(
    request: HttpRequest, programme: Programme, problem: str = "", status: int = 200, typed: Any = None
) -> HttpResponse:
    """The page, perhaps with what went wrong and what was typed."""
    edition = programme.edition
    wide = may_oversee(request.actor, programme)
    sheets = matrix(programme, None if wide else request.actor.organisation_ids(*HANDLING, edition_id=edition.pk))
    under_way = edition.state == "open"
    moving = givings(request.actor, programme, sheets) if under_way else ()
    office = entering(request.actor, programme)
    names = {row.name for sheet in sheets for row in sheet.rows}
    context = {
        "edition": edition,
        "wide": wide,
        "sheets": sheets,
        "any": any(by_unit(one) for one in programme.pack.pools),
        "story": story_of(sheets),
        "givings": [one for one in moving if one.takers],
        "recalls": [one for one in moving if one.held],
        "office": office,
        "entered_names": {one.organisation.short_name for one in office.entered},
        "sources": [(sheet, row) for sheet in sheets if sheet.allots for row in sheet.rows if row.left and row.unit],
        "blocks": factor_blocks(reckoned(programme), names),
        "problem": problem,
        "typed": typed or {},
        "under_way": under_way,
    }
    return render(request, "quotas/page.html", context, status=status)


def story_of(sheets: tuple[Sheet, ...]) -> list[dict[str, Any]]:
    """Every change, the newest first, each end once."""
    found = [
        {"sheet": sheet, "name": row.name, "one": one}
        for sheet in sheets
        for row in sheet.rows
        for one in row.story
        if one.places < 0 or not one.other or one.other not in {each.name for each in sheet.rows}
    ]
    return sorted(found, key=lambda each: -each["one"].pk)
