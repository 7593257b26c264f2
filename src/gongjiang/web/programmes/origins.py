"""Where each item of a pack comes from: taken over, tightened, added, or departing, with clause and reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongjiang.rules.programmes.extending.provenance import Origin, provenance
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.programmes.clauses import SECTIONS, clause_texts
from gongjiang.services.programmes.packs import get_offered
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in


@signed_in
@require_safe
def of_pack(request: HttpRequest, key: str) -> HttpResponse:
    """The items of a pack on offer."""
    one = get_offered(request.actor, key)
    context = {**_context(one.pack), "back": f"/packs/{key}/", "title": one.pack.pack.title}
    return render(request, "programmes/origins.html", context)


@signed_in
@require_safe
def of_edition(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The items of an edition's own pack."""
    programme = get_programme(request.actor, edition_id)
    context = {
        **_context(programme.pack),
        "back": f"/editions/{edition_id}/",
        "title": programme.edition.title,
    }
    return render(request, "programmes/origins.html", context)


def _context(pack: Pack) -> dict[str, Any]:
    found = provenance(pack)
    texts = clause_texts(pack)
    titles = {f"{one.id}@{one.version}": one.title for one in pack.uppers}
    return {
        "pack": pack,
        "departures": [_row(one, titles, texts) for one in found if one.departs],
        "groups": [
            (SECTIONS.get(section, section), [_row(one, titles, texts) for one in found if one.section == section])
            for section in dict.fromkeys(one.section for one in found)
        ],
        "count": len(found),
        "taken": len([one for one in found if one.how == "沿用"]),
    }


def _row(one: Origin, titles: dict[str, str], texts: dict[str, str]) -> dict[str, Any]:
    return {
        "one": one,
        "section": SECTIONS.get(one.section, one.section),
        "pack": titles.get(one.pack, one.pack) if one.pack else "本级",
        "clauses": [(name, texts.get(name, "")) for name in one.clauses],
    }
