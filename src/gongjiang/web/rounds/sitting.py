"""Call a sitting on a list: its body, how it votes, who must leave for whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.meetings.ballot import Terms
from gongjiang.services.meetings.call import MemberIn
from gongjiang.services.meetings.room import records
from gongjiang.services.rounds.sit import sit, sitting_of, stated_terms, usual_body
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole
from gongjiang.web.rounds.choice import first, names
from gongjiang.web.rounds.place import ListPlace, place_of

QUORUMS = (("two_thirds", "应到成员三分之二以上"), ("half", "应到成员超过半数"), ("all", "全体成员"))
MAJORITIES = (("half", "超过半数"), ("two_thirds", "三分之二以上"), ("all", "全体"))
BASES = (("members", "应到成员的"), ("present", "到会成员的"))


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """The sitting under way, or the form that calls one."""
    place = place_of(request, edition_id, stage_id)
    if not records(request.actor, place.programme, place.stage.id) or (place.stage.per and not place.group):
        raise NotFound()
    held = sitting_of(place.programme, place.stage, place.group)
    if held is not None and held.state != "ended":
        return redirect("sittings-page", held.pk)
    body = usual_body(place.programme, place.stage)
    problem = None
    if request.method == "POST":
        try:
            return redirect("sittings-page", _call(request, place, body).pk)
        except GongjiangError as error:
            problem = error
    return render(
        request,
        "rounds/sitting.html",
        {**_form(request, place, body), "before": held, "problem": problem},
        status=problem.status if problem else 200,
    )


def _call(request: HttpRequest, place: ListPlace, body: list[MemberIn]) -> Any:
    said = request.POST
    chosen = {whole(one, -1) for one in said.getlist("member")}
    members = [one for n, one in enumerate(body) if n in chosen]
    known = {one.name for one in members}
    members += [MemberIn(one) for one in names(said.get("others", "")) if one not in known]
    chair = whole(said.get("chair"), None)
    accounts = {one.user_id for one in members} | {request.actor.user_id}
    return sit(
        actor=request.actor,
        at=request.at,
        programme=place.programme,
        stage_id=place.stage.id,
        group=place.group,
        body=said.get("body", ""),
        members=members,
        chair_id=chair if chair in accounts else None,
        terms=Terms(said.get("quorum", "two_thirds"), said.get("majority", "half"), said.get("of", "members")),
        secret=said.get("secret") == "on",
    )


def _form(request: HttpRequest, place: ListPlace, body: list[MemberIn]) -> dict[str, Any]:
    said = request.POST
    fresh = request.method != "POST"
    chosen = {whole(one, -1) for one in said.getlist("member")}
    return {
        "place": place,
        "edition": place.programme.edition,
        "stage": place.stage,
        "group": place.group,
        "body": said.get("body", first(place.stage)),
        "members": [{"n": n, "one": one, "in": fresh or n in chosen} for n, one in enumerate(body)],
        "others": said.get("others", ""),
        "chairs": [("", "另行确定"), *((str(one.user_id), one.name) for one in body if one.user_id)],
        "chair": said.get("chair", ""),
        "quorums": QUORUMS,
        "majorities": MAJORITIES,
        "bases": BASES,
        "quorum": said.get("quorum", "two_thirds"),
        "majority": said.get("majority", "half"),
        "of": said.get("of", "members"),
        "secret": said.get("secret") == "on",
        "stated": _stated(place),
    }


def _stated(place: ListPlace) -> dict[str, str]:
    """What the notice says of the vote, in words: nobody chooses that."""
    held = stated_terms(place.programme, place.stage)
    words = {"quorum": dict(QUORUMS), "majority": dict(MAJORITIES), "of": dict(BASES)}
    told = {name: words[name].get(str(value), str(value)) for name, value in held.items() if name in words}
    if "secret" in held:
        told["secret"] = "无记名投票" if held["secret"] else "记名投票"
    return told
