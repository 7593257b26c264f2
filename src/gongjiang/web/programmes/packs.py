"""Packs: what is on offer, what checking found, and how the notice is covered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.services.programmes.clauses import clause_views
from gongjiang.services.programmes.cycle import turn_of
from gongjiang.services.programmes.packs import add_pack, followed_by, get_offered, offered
from gongjiang.web.access import signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The packs on offer; a file of one's own is checked, and taken if nothing is wrong."""
    found = offered(request.actor)
    problems: tuple[PackProblem, ...] = ()
    wrong, status = "", 200
    if request.method == "POST":
        given = request.FILES.get("pack")
        notice = request.FILES.get("notice")
        if given is None:
            wrong, status = "请选择项目包文件。", 422
        else:
            try:
                made = add_pack(
                    actor=request.actor,
                    at=request.at,
                    filename=given.name or "项目包.yaml",
                    source=given.read(),
                    notice=notice.read() if notice is not None else b"",
                )
            except PackError as error:
                problems, status = error.problems, 422
            except GongjiangError as error:
                wrong, status = str(error), error.status
            else:
                messages.success(request, f"“{made.title}”检查无误，已收下。")
                return redirect(f"/packs/v{made.pk}/")
    rows = [
        {
            "one": one,
            "url": f"/packs/{one.key}/",
            "new_url": f"/editions/new/?pack={one.key}",
            "lower_url": f"/packs/{one.key}/lower/",
        }
        for one in found
    ]
    return render(request, "programmes/packs.html", {"rows": rows, "problems": problems, "wrong": wrong}, status=status)


@signed_in
@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """One pack: warnings, questions, every clause with what rests on it."""
    one = get_offered(request.actor, key)
    clauses = clause_views(one.pack)
    context = {
        "one": one,
        "pack": one.pack,
        "clauses": clauses,
        "followed": followed_by(one.pack),
        "uncovered": [clause for clause in clauses if clause.uncovered],
        "facts": [
            {"label": "代号与版本", "value": f"{one.pack.id}　{one.pack.pack.version}"},
            {"label": "发文单位", "value": "、".join(one.pack.pack.issued_by)},
            {"label": "发文日期", "value": one.pack.pack.issued_on.isoformat()},
            *([{"label": "评选周期", "value": turn.said}] if (turn := turn_of(one.pack)) is not None else []),
            *([{"label": "解释", "value": one.pack.pack.interpreted_by}] if one.pack.pack.interpreted_by else []),
            {"label": "内容哈希", "value": one.pack.hash[:16]},
        ],
    }
    return render(request, "programmes/pack.html", context)
