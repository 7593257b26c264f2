"""The rules of an edition beside the notice's text; where its values are used; clauses without a rule and their
signatures."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.programmes.interpret import meanings
from gongjiang.services.programmes.publish_edition import may_organise
from gongjiang.services.programmes.queries import get_programme
from gongjiang.services.programmes.rule_sheets import param_sheets, rule_sheets
from gongjiang.services.programmes.sign_clause import by_people, sign_clauses, unruled
from gongjiang.web.access import signed_in


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Each rule with its clauses word for word, and each value with everything that uses it."""
    programme = get_programme(request.actor, edition_id)
    told = meanings(programme)
    context = {
        "edition": programme.edition,
        "rules": [(one, told.get(one.id, ())) for one in rule_sheets(programme)],
        "params": param_sheets(programme),
        "pools": programme.pack.pools,
    }
    return render(request, "programmes/rules.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def clauses(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Clauses on which nothing rests, who signed that it is right so, and a form for the organiser to sign."""
    programme = get_programme(request.actor, edition_id)
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            signed = sign_clauses(
                actor=request.actor,
                at=request.at,
                programme=programme,
                clauses=request.POST.getlist("clause"),
                basis=request.POST.get("basis", ""),
            )
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, f"已签认 {signed} 条。")
            return redirect("editions-clauses", edition_id)
    rows = unruled(programme)
    context = {
        "edition": programme.edition,
        "rows": rows,
        "left": sum(one.signed is None for one in rows),
        "paper": by_people(programme),
        "may": may_organise(request.actor, programme.edition.organiser),
        "problem": problem,
        "chosen": request.POST.getlist("clause"),
        "basis": request.POST.get("basis", ""),
    }
    return render(request, "programmes/unruled.html", context, status=problem.status if problem else 200)
