"""Begin a nomination: which edition and award, by which way in, from which unit, to whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongjiang.kernel.errors import BadInput, GongjiangError
from gongjiang.services.nominations.openings import Opening, Way, opening, openings, receivers_for
from gongjiang.services.nominations.prefill import begin
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """First the edition, if there are several; then the rest on one page; the receiver last, where one chooses."""
    asked = request.POST.get("edition") or request.GET.get("edition", "")
    number = whole(asked, None)
    if number is None:
        found = openings(request.actor, request.at)
        if len(found) != 1:
            rows = [{"opening": one, "state": one.window.state(request.at)} for one in found]
            return render(request, "nominations/editions.html", {"rows": rows})
        chosen = found[0]
    else:
        chosen = opening(request.actor, request.at, number)
    if request.method == "POST":
        return _post(request, chosen)
    return _page(request, chosen)


def _post(request: HttpRequest, chosen: Opening) -> HttpResponse:
    try:
        way, award, unit = _said(request, chosen)
        choices = receivers_for(chosen, way.id, unit)
        picked = next((one for one in choices if str(one.pk) == request.POST.get("receiver")), None)
        if picked is None and len(choices) > 1:
            return _page(request, chosen, receivers=choices)
        case = begin(
            actor=request.actor,
            at=request.at,
            programme=chosen.programme,
            award=award,
            route=way.id,
            unit=unit,
            receiver=picked,
            title=request.POST.get("title", ""),
            myself=request.POST.get("who") == "me",
        )
    except GongjiangError as error:
        return _page(request, chosen, problem=error, status=error.status)
    return redirect("nominations-edit", case.pk)


def _said(request: HttpRequest, chosen: Opening):  # type: ignore[no-untyped-def]
    """Way in, award and unit as posted. BadInput names what was left out."""
    way = next((one for one in chosen.ways if one.id == request.POST.get("way", "")), None)
    if way is None:
        raise BadInput("请选择申报方式。", "Choose a way in.", place="申报方式")
    award = request.POST.get("award", "") or (way.awards[0] if len(way.awards) == 1 else "")
    if award not in way.awards:
        raise BadInput("请选择奖项；所选申报方式不用于别的奖项。", "Choose an award.", place="奖项")
    units = {str(one.pk): one for one in chosen.units if one.pk in way.units}
    unit = units.get(request.POST.get("unit", "")) or (next(iter(units.values())) if len(units) == 1 else None)
    if unit is None:
        raise BadInput("请选择申报单位。", "Choose the unit.", place="申报单位")
    return way, award, unit


def _page(request: HttpRequest, chosen: Opening, **more: object) -> HttpResponse:
    said = request.POST
    labels = {one.id: one.shown for one in chosen.programme.awards}
    context = {
        "opening": chosen,
        "edition": chosen.programme.edition,
        "state": chosen.window.state(request.at),
        "ways": [_way(one, labels, said.get("way", ""), alone=len(chosen.ways) == 1) for one in chosen.ways],
        "awards": [(one.id, one.shown) for one in chosen.awards] if len(chosen.awards) > 1 else [],
        "award": said.get("award", ""),
        "units": [(one.pk, one.name) for one in chosen.units],
        "unit": said.get("unit", str(chosen.units[0].pk)),
        "title": said.get("title", ""),
        "persons": any(one.subject == "person" for one in chosen.awards),
        **more,
    }
    status = context.pop("status", 200)
    return render(request, "nominations/new.html", context, status=status if isinstance(status, int) else 200)


def _way(one: Way, labels: dict[str, str], said: str, *, alone: bool) -> dict[str, object]:
    awards = "、".join(labels.get(name, name) for name in one.awards) if len(labels) > 1 else ""
    return {"way": one, "awards": awards, "checked": alone or one.id == said}
