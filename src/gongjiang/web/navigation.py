"""The rooms that an identity may enter, as the top bar lists them."""

from typing import Any

from django.http import HttpRequest

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.cultivation.artisans import holds_honour
from gongjiang.services.cultivation.mentors.queries import is_mentor
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.registry.authority import seats
from gongjiang.services.reports.progress.seats import counts_artisans
from gongjiang.services.reports.todo.item import Desk
from gongjiang.services.reports.todo.scope import Scope
from gongjiang.web.places import place, stage_page


def active_organisation(actor: Actor) -> int | None:
    """The organisation of the identity chosen on screen."""
    return actor.active.organisation_id if actor.active else None


def part_editions(scope: Scope, desk: Desk) -> list[Any]:
    """Running editions in which one of the person's organisations has a part, that they prepare, or in which
    something of theirs is under way."""
    busy = {one.edition_id for one in desk.items} | {one.edition_id for one in desk.waiting}
    return [
        one.edition
        for one in scope.programmes.values()
        if scope.held[one.edition.pk]
        or scope.parted[one.edition.pk]
        or scope.organises(one.edition)
        or one.edition.pk in busy
    ]


def navigation(request: HttpRequest, actor: Actor, scope: Scope, desk: Desk) -> list[dict[str, Any]]:
    """The rooms of the chosen identity; 待办 with its count, red when something is late."""
    ours = active_organisation(actor)
    here = {one.role for one in actor.grants if one.organisation_id == ours}
    mine = desk.of(ours)
    late = any(one.late(request.at) for one in mine.items)
    unit_desk = nominating_desk(scope, ours, request.session.get("edition"), mine)
    organises = any(scope.organises(one.edition) for one in scope.programmes.values()) and bool(here & HANDLING)
    objections = any(handles_objections(scope, one) for one in scope.programmes.values())
    inquires = bool(here & {"officer", "approver", "observer"}) and (organises or runs_something(scope, ours))
    holds = holds_honour(actor)
    rooms = [
        ("待办", "/todo/", True, len(mine.items)),
        ("申报", place("nominations-list", fallback=place("nominations-new")), files_here(scope, actor), 0),
        ("我的培育", place("mine"), holds, 0),
        ("我指导的工匠", place("mentoring"), is_mentor(actor), 0),
        ("证书", place("honours-own"), "filer" in here or holds, 0),
        ("推荐", unit_desk, bool(here & HANDLING), 0),
        ("意见与盖章", signing_page(mine), True, 0),
        ("评审", place("judging"), "expert" in here, 0),
        ("届次", place("editions-list"), runs_something(scope, ours) or organises or "system_admin" in here, 0),
        ("异议", place("objections-queue"), objections, 0),
        ("核查", place("inquiries"), inquires, 0),
        ("义务", place("duties"), inquires and binds(scope), 0),
        ("公示", place("public-notices-list"), True, 0),
        ("名册", place("honours-register"), True, 0),
        ("工匠", place("artisans"), bool(here & HANDLING), 0),
        ("进展", place("progress"), bool(here & HANDLING) and counts_artisans(actor, ours), 0),
        ("报告", place("reports"), bool(here & HANDLING) and counts_artisans(actor, ours), 0),
        ("训练活动", place("training"), holds, 0),
        ("经费与待遇", place("funds"), bool(here & {*HANDLING, "observer"}), 0),
        ("名册导入", place("registry"), organises or bool(seats(actor)), 0),
        ("审计", place("audit-log"), bool(here & {"observer", "system_admin"}), 0),
        ("单位与账号", place("organisations-tree"), bool(here & {"org_admin", "system_admin"}), 0),
        ("项目包", place("packs-list"), organises, 0),
        ("工作日历", place("calendar"), "system_admin" in here, 0),
        ("外发消息", place("messages-out"), "system_admin" in here, 0),
    ]
    shown_rooms = [url for _, url, shown, _ in rooms if shown and url and request.path.startswith(url.split("?")[0])]
    here_now = max(shown_rooms, key=len, default="")  # a stage's queue lies inside the editions: it is the nearer one
    return [
        {
            "label": label,
            "url": url,
            "current": url == here_now,
            "count": count,
            "hot": late and label == "待办",
        }
        for label, url, shown, count in rooms
        if shown and url
    ]


def binds(scope: Scope) -> bool:
    """Does an edition in which we have a hand bind whoever is chosen to something?"""
    return any(
        one.pack.obligations and (scope.held[one.edition.pk] or scope.organises(one.edition))
        for one in scope.programmes.values()
    )


def signing_page(mine: Desk) -> str:
    """The queue of the stage at which a box of a sheet waits for us; nothing while none does."""
    box = next((one for one in mine.items if one.kind == "box"), None)
    return stage_page("box", box.edition_id, box.stage) if box is not None else ""


def nominating_desk(scope: Scope, ours: int | None, chosen: int | None, mine: Desk) -> str:
    """The desk of the unit in an edition in which it nominates: the chosen one, else that of the most urgent thing
    to do, else of what is under way, else the newest that runs."""
    found = [
        one.edition.pk
        for one in scope.programmes.values()
        if one.edition.state == "open"
        for held in (scope.parted[one.edition.pk], scope.held[one.edition.pk])
        if any(ours in held.get(role, set()) for role in one.nominating)
    ]
    busy = (one.edition_id for one in (*mine.items, *mine.waiting))
    edition = next((one for one in (chosen, *busy, *found) if one in found), None)
    return place("units-desk", edition) if edition else ""


def files_here(scope: Scope, actor: Actor) -> bool:
    """Does the chosen identity file nominations: a filer, or an officer of a unit that runs nothing itself?"""
    ours = active_organisation(actor)
    here = {one.role for one in actor.grants if one.organisation_id == ours}
    return "filer" in here or (bool(here & HANDLING) and not runs_something(scope, ours))


def runs_something(scope: Scope, ours: int | None) -> bool:
    """Does this organisation hold a role for a whole edition, and the person more there than an expert's seat?"""
    roles = {one.role for one in scope.actor.grants if one.organisation_id == ours}
    return roles != {"expert"} and any(ours in ids for held in scope.held.values() for ids in held.values())


def handles_objections(scope: Scope, programme: Programme) -> bool:
    """Is one of my organisations the office that takes this edition's objections?"""
    acting = scope.acting(programme.edition.pk)
    return any(
        scope.runs(programme, one, one.objections.by) & acting
        for one in programme.stages
        if isinstance(one, Publish) and one.objections
    )
