"""Interpretation of rules: asked beside a rule, answered on the page of the department."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.programmes.interpret import addressed_to, answer_meaning, ask_meaning
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_POST
def ask(request: HttpRequest, edition_id: int) -> HttpResponse:
    """A question about one rule; back to that rule."""
    programme = get_programme(request.actor, edition_id)
    rule = request.POST.get("rule", "")
    try:
        made = ask_meaning(
            actor=request.actor, at=request.at, programme=programme, rule=rule, text=request.POST.get("text", "")
        )
    except GongjiangError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已提请{made.answer['of']}解释。")
    known = rule if rule in {one.id for one in programme.pack.rules} else ""
    return redirect(f"/editions/{edition_id}/rules/{f'#rule-{known}' if known else ''}")


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What is asked of one's organisations, open questions first, each with a box for the answer."""
    problem, status = "", 200
    if request.method == "POST":
        try:
            answer_meaning(
                actor=request.actor,
                at=request.at,
                row_id=whole(request.POST.get("row"), 0),
                text=request.POST.get("text", ""),
                basis=request.POST.get("basis", ""),
            )
        except GongjiangError as error:
            problem, status = str(error), error.status
        else:
            messages.success(request, "答复已记录，提问的人会收到。")
            return redirect("meanings")
    context = {"rows": addressed_to(request.actor), "problem": problem, "typed": request.POST}
    return render(request, "programmes/meanings.html", context, status=status)
