"""系统管理—工作日历: decreed years, loaded from the State Council's arrangement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.programmes.calendar import known_elsewhere, load_year, read_days, years
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Loaded years; a form to load one. A year that the installed tables know fills the form."""
    rows = years(request.actor)
    latest = max((one.year for one in rows), default=request.at.year - 1)
    given = request.POST.get("year") or request.GET.get("year", "")
    year = whole(given, latest + 1)
    typed = {key: request.POST.get(key, "") for key in ("holidays", "worked", "source")}
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            made = load_year(
                actor=request.actor,
                at=request.at,
                year=year,
                holidays=read_days(typed["holidays"], year, "放假日"),
                worked=read_days(typed["worked"], year, "调休上班日"),
                source=typed["source"],
            )
        except GongjiangError as error:
            problem = error
        else:
            messages.success(
                request, f"{made.year}年已载入：放假 {len(made.holidays)} 天，上班 {len(made.worked)} 天。"
            )
            return redirect("/calendar/")
    elif known := known_elsewhere(year):
        typed["holidays"], typed["worked"] = "\n".join(known[0]), "\n".join(known[1])
    context = {
        "rows": rows,
        "year": year,
        "typed": typed,
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
        "known": known_elsewhere(year) is not None,
    }
    return render(request, "programmes/calendar.html", context, status=422 if problem else 200)
