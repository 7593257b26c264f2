"""What is judged for a whole edition during its run: a pass line, the trades of this year, a unit's admission."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.formality.judge_edition import Asked, asked_of, codes_of, judge_edition
from gongjiang.services.programmes.clauses import clause_texts
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Each question with its clauses, the answer that stands, who answers it; a form for them."""
    programme = get_programme(request.actor, edition_id)
    problem: GongjiangError | None = None
    posted = request.POST.get("of", "")
    if request.method == "POST":
        question, _, key = posted.partition("|")
        given = request.POST.getlist("answer")
        try:
            judge_edition(
                actor=request.actor,
                at=request.at,
                programme=programme,
                question=question,
                key=key,
                answer=given if len(given) > 1 else given[0] if given else "",
                basis=request.POST.get("basis", ""),
            )
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "认定已记录。")
            return redirect("editions-judgements", edition_id)
    rows = [_row(programme, one, n) for n, one in enumerate(asked_of(request.actor, programme), 1)]
    for row in rows:
        row["typed"] = request.POST if row["of"] == posted else {}
        row["error"] = problem.text if problem and row["of"] == posted else ""
    context = {"edition": programme.edition, "rows": rows, "left": sum(row["one"].given is None for row in rows)}
    return render(request, "programmes/judgements.html", context, status=problem.status if problem else 200)


def _row(programme: Programme, one: Asked, number: int) -> dict[str, Any]:
    spec, takes = one.spec, one.spec.takes
    texts = clause_texts(programme.pack)
    codes = codes_of(programme, spec)
    options = {"yes_no": {"yes": "是", "no": "否"}, "one_of": takes.options, "codes": codes}.get(takes.kind, {})
    before = next((stage.shown for stage in programme.stages if stage.id == spec.before), "")
    return {
        "one": one,
        "of": one.field,
        "id": f"j-{number}",
        "kind": takes.kind,
        "options": list(options.items()),
        "said": _said(one.given.answer, options) if one.given is not None else "",
        "who": "、".join(programme.role_label(name) for name in spec.by),
        "before": before,
        "clauses": [(name, texts.get(name, "")) for name in spec.cite],
    }


def _said(answer: Any, options: dict[str, str]) -> str:
    if isinstance(answer, bool):
        return "是" if answer else "否"
    found = answer if isinstance(answer, list) else [answer]
    return "、".join(options.get(str(word), str(word)) for word in found)
