"""The tree of units."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.accounts.queries import ROLE_LABELS, standing_grants
from gongjiang.services.organisations.queries import get_organisation, groups, node, roots, search
from gongjiang.services.organisations.tree import KINDS, LEVELS, add_organisation
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def top(request: HttpRequest) -> HttpResponse:
    """One's own unit first; the tops of what one sees, or what a search found."""
    words = request.GET.get("q", "")
    active = request.actor.active
    if not words and active is not None and active.role != "system_admin":
        return redirect(f"/organisations/{active.organisation_id}/")
    rows = search(request.actor, words) if words else roots(request.actor)
    if not words and len(rows) == 1:
        return redirect(f"/organisations/{rows[0].pk}/")
    return render(request, "organisations/top.html", {"rows": rows, "words": words})


@signed_in
@require_safe
def page(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """One unit: what lies under it, its people and their grants."""
    return show(request, organisation_id)


def show(
    request: HttpRequest, organisation_id: int, *, problem: GongjiangError | None = None, form: str = ""
) -> HttpResponse:
    """The page, perhaps with what was wrong in one of its forms; what was typed is kept."""
    after = request.GET.get("after", "")
    found = node(request.actor, organisation_id, whole(after, 0))
    one = found.organisation
    context: dict[str, Any] = {
        "node": found,
        "one": one,
        "facts": [
            {"label": "简称", "value": one.short_name},
            {"label": "层级", "value": one.get_level_display()},
            {"label": "类别", "value": one.get_kind_display()},
            {"label": "地区", "value": one.region},
            {"label": "企业集团", "value": one.corp_group.name if one.corp_group else ""},
            {"label": "信用代码", "value": one.credit_code},
        ],
        "grants": standing_grants(one.pk, request.at) if found.may_administer else [],
        "roles": [
            (key, label)
            for key, label in ROLE_LABELS.items()
            if key != "system_admin" or request.actor.has("system_admin")
        ],
        "levels": LEVELS,
        "kinds": KINDS,
        "groups": [("", "不属于集团"), *((str(each.pk), each.name) for each in groups(request.actor))],
        "next": f"?after={found.children[-1].pk}" if found.more else "",
        "typed": request.POST if form else {},
        "form": form,
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
    }
    return render(request, "organisations/page.html", context, status=422 if problem else 200)


@signed_in
@require_POST
def add(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """A new unit under this one."""
    parent = get_organisation(request.actor, organisation_id)
    given = {key: request.POST.get(key, "").strip() for key in ("name", "short_name", "region", "credit_code")}
    group = next((one for one in groups(request.actor) if str(one.pk) == request.POST.get("corp_group")), None)
    try:
        made = add_organisation(
            actor=request.actor,
            at=request.at,
            parent=parent,
            level=request.POST.get("level", ""),
            kind=request.POST.get("kind", ""),
            corp_group=group,
            **given,
        )
    except GongjiangError as error:
        return show(request, organisation_id, problem=error, form="add")
    messages.success(request, f"已新增“{made.name}”。")
    return redirect(f"/organisations/{organisation_id}/")
