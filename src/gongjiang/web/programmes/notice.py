"""The text of the notice with what the pack makes of it; times and extensions."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.programmes.clauses import clause_views, upper_views
from gongjiang.services.programmes.extend import extend, take_back_extension
from gongjiang.services.programmes.packs import followed_by
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import may_organise
from gongjiang.services.programmes.queries import extensions_of, get_programme, holder_of, holders_of
from gongjiang.services.programmes.windows import window_of
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Every clause, misprints with what was meant beside, and the items that rest on it."""
    programme = get_programme(request.actor, edition_id)
    context = {"edition": programme.edition, "pack": programme.pack, "clauses": clause_views(programme.pack)}
    context |= {"above": upper_views(programme.pack), "followed": followed_by(programme.pack)}
    return render(request, "programmes/notice.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def extensions(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The edition's times, and moving one for all or for one unit, with a reason on record."""
    programme = get_programme(request.actor, edition_id)
    holders = holders_of(programme)
    asked = request.POST if request.method == "POST" else request.GET
    typed = {key: asked.get(key, "").strip() for key in ("time", "until", "unit", "reason")}
    unit = holder_of(programme, whole(typed["unit"], 0))
    if unit is not None and unit not in holders:
        holders = [unit, *holders]
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            until = _until(typed["until"])
            if typed["unit"] and unit is None:
                raise BadInput("请选择本届的单位。", "Choose a unit of this edition.", place="给谁")
            extend(
                actor=request.actor,
                at=request.at,
                edition=programme.edition,
                time=typed["time"],
                until=until,
                reason=typed["reason"],
                organisation=unit,
            )
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "延期已记录，从现在起生效；已发消息告知有关单位和人员。")
            return redirect(f"/editions/{edition_id}/extend/")
    editable = may_organise(request.actor, programme.edition.organiser)
    ours = request.actor.organisation_ids(edition_id=edition_id)
    made = [one for one in extensions_of(programme) if editable or one.organisation_id in (None, *ours)]
    sides = set() if editable else ours
    context = {
        "edition": programme.edition,
        "times": [
            _time(programme, one, sides, made) for one in programme.pack.times if one.length is None or one.window
        ],
        "options": [(one.id, one.shown) for one in programme.pack.times if one.window or one.date],
        "units": [("", "全部单位"), *((str(one.pk), one.name) for one in holders)],
        "made": [_made(programme, one, request.at) for one in made],
        "editable": editable,
        "typed": typed,
        "wrong": {problem.place: problem.text} if problem else {},
        "problem": problem,
    }
    return render(request, "programmes/extend.html", context, status=422 if problem else 200)


def _made(programme: Programme, one: Any, at: datetime) -> dict[str, Any]:
    spec = programme.time(one.time)
    return {
        "one": one,
        "label": spec.shown if spec is not None else one.time,
        "last": _last(one.until),
        "ended": _last(one.ended_until) if one.ended_until is not None else None,
        "stands": one.ended_at is None and one.until > at,
        "ids": {"dialog": f"back-{one.pk}", "why": f"back-{one.pk}-why"},
    }


def _last(closes: datetime) -> datetime:
    """The last moment in time, of which people say the day."""
    return timezone.localtime(closes - timedelta(microseconds=1))


@require_POST
@signed_in
def take_back(request: HttpRequest, edition_id: int, extension_id: int) -> HttpResponse:
    """An extension ends with this day, for a reason."""
    programme = get_programme(request.actor, edition_id)
    take_back_extension(
        actor=request.actor,
        at=request.at,
        edition=programme.edition,
        extension_id=extension_id,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, "延期已撤回，今天 24:00 前仍按延期办；已发消息告知有关单位和人员。")
    return redirect("editions-extend", edition_id)


def _until(text: str) -> datetime:
    """The last day in time becomes the midnight after it."""
    try:
        day = datetime.fromisoformat(text).date()
    except ValueError:
        raise BadInput("日期须写作 2026-07-05。", "A date reads 2026-07-05.", place="延至") from None
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _time(programme: Any, one: Any, ours: set[int], made: list[Any]) -> dict[str, Any]:
    window = window_of(programme, one.id, ours, made)
    opens = timezone.localtime(window.opens).date() if window.opens else None
    return {
        "label": one.shown,
        "opens": opens,
        "last": window.last_day,
        "clause": one.clause,
        "rough": one.precision == "month",
        "late": {"refuse": "过期不受理", "lapse": "过期视为放弃", "ask": "过期由主办单位决定"}[one.late],
        "closes": window.closes,
        "moves": one.day_off == "next_working_day",
    }
