"""Editions: the list, and beginning a new one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.services.programmes.packs import Offered, get_offered, offered, organisers
from gongjiang.services.programmes.publish_edition import may_organise, prepare_edition
from gongjiang.services.programmes.queries import list_editions
from gongjiang.web.access import signed_in

STATES = {"preparing": "draft", "open": "in_progress", "closed": "named"}


@signed_in
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Editions that the person sees, the newest first."""
    rows = [
        {
            "edition": one,
            "state": STATES[one.state],
            "url": f"/editions/{one.pk}/questions/"
            if one.state == "preparing" and may_organise(request.actor, one.organiser)
            else f"/editions/{one.pk}/",
        }
        for one in list_editions(request.actor)
    ]
    return render(request, "programmes/editions.html", {"rows": rows, "may_prepare": bool(organisers(request.actor))})


@signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose the pack and the organiser; the pack's hash is pinned from here on."""
    bodies = organisers(request.actor)
    if not bodies:
        raise NotFound()
    packs = [one for one in offered(request.actor) if one.pack.pack.kind != "framework"]
    typed: dict[str, Any] = {
        "pack": request.GET.get("pack", ""),
        "organiser": str(bodies[0].pk),
        "title": "",
        "slug": "",
    }
    problem: GongjiangError | None = None
    if request.method == "POST":
        typed = {key: request.POST.get(key, "").strip() for key in typed}
        try:
            made = _prepare(request, typed, {str(one.pk): one for one in bodies})
        except GongjiangError as error:
            problem = error
        else:
            return redirect(f"/editions/{made.pk}/questions/")
    context = {
        "typed": typed,
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
        "packs": [(one.key, named(one)) for one in packs],
        "bodies": [(str(one.pk), one.name) for one in bodies],
    }
    return render(request, "programmes/new.html", context, status=422 if problem else 200)


def named(one: Offered) -> str:
    """A pack as the choice shows it: one taken in earlier is told from the built-in one of the same name."""
    whence = f"{timezone.localtime(one.uploaded_at):%Y-%m-%d} 收下" if one.uploaded_at else "内置"
    return f"{one.pack.pack.title}（{one.pack.id} {one.pack.pack.version}，{whence}）"


def _prepare(request: HttpRequest, typed: dict[str, str], bodies: dict[str, Any]) -> Any:
    if typed["organiser"] not in bodies:
        raise BadInput("请选择主办单位。", "Choose the organiser.", place="主办单位")
    if not typed["pack"]:
        raise BadInput("请选择项目包。", "Choose a pack.", place="项目包")
    one = get_offered(request.actor, typed["pack"])
    slug = typed["slug"].lower() or one.pack.id
    if not slug.replace("-", "").isalnum() or not slug.isascii():
        raise BadInput("届次代号只用小写字母、数字和连字符。", "Letters, digits, hyphens.", place="届次代号")
    return prepare_edition(
        actor=request.actor,
        at=request.at,
        organiser=bodies[typed["organiser"]],
        source=one.text.text,
        filename=one.text.file,
        notice_text=one.text.notice or "",
        slug=slug,
        title=typed["title"],
        upper=one.text.upper,
    )
