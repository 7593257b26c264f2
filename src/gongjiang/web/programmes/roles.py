"""Binding the pack's roles to organisations."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.programmes.answers import answers_of
from gongjiang.services.programmes.binding import RoleView, bind_roles, create_missing, role_views
from gongjiang.services.programmes.publish_edition import may_organise, require_organiser
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in
from gongjiang.web.components.geometry import TILES
from gongjiang.web.numbers import whole_numbers
from gongjiang.web.programmes.prepare import left_to_do, steps


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Each role with its candidates; what the names suggest is ticked until something is bound."""
    programme = get_programme(request.actor, edition_id)
    edition = programme.edition
    if request.method == "POST":
        require_organiser(request.actor, edition.organiser)
        chosen = {role: whole_numbers(request.POST.getlist(f"r-{role}")) for role in request.POST.getlist("role")}
        try:
            changed = bind_roles(
                actor=request.actor,
                at=request.at,
                programme=programme,
                chosen=chosen,
                basis=request.POST.get("basis", ""),
            )
        except GongjiangError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"已保存，改动 {changed} 处。" if changed else "没有改动。")
        return redirect(f"/editions/{edition_id}/roles/")
    mine = may_organise(request.actor, edition.organiser)
    preparing = edition.state == "preparing"
    views = role_views(programme)
    context = {
        "edition": edition,
        "rows": [_row(one, preparing) for one in views],
        "nominating": [(one.role.id, one.role.shown) for one in views if one.role.id in programme.nominating],
        "missing": [
            {"name": name, "places": places, "role": _fitting(views, name)}
            for one in views
            for name, places in one.missing
        ],
        "editable": mine,
        "preparing": preparing,
        "steps": steps(programme, "roles", left_to_do(programme, answers_of(programme), request.at))
        if mine and preparing
        else [],
    }
    return render(request, "programmes/roles.html", context)


def _fitting(views: list[RoleView], name: str) -> str:
    """The role that a unit of the table most likely holds: a province's, or an industry's."""
    wanted = "province" if any(name.startswith(one) for one in TILES.values()) else "industry"
    return next((one.role.id for one in views if one.role.level == wanted), "")


def _row(one: RoleView, preparing: bool) -> dict[str, Any]:
    held = {row.organisation_id for row in one.held}
    ticked = held or (one.suggested if preparing else set())
    known = {organisation.pk for organisation in one.candidates}
    others = [row.organisation for row in one.held if row.organisation_id not in known]
    return {
        "view": one,
        "options": [(each, each.pk in ticked, each.pk in held) for each in [*others, *one.candidates]],
        "many": len(one.candidates) > 12,
        "chosen": len(ticked),
    }


@signed_in
@require_POST
def missing(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Enter the units that the table of places names and nobody has entered yet."""
    programme = get_programme(request.actor, edition_id)
    by_role: dict[str, list[str]] = {}
    for name in request.POST.getlist("name"):
        by_role.setdefault(request.POST.get(f"role-{name}", ""), []).append(name)
    made = 0
    try:
        for role, names in by_role.items():
            made += create_missing(actor=request.actor, at=request.at, programme=programme, role=role, names=names)
    except GongjiangError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已新增并指定 {made} 家推荐单位。")
    return redirect(f"/editions/{edition_id}/roles/")
