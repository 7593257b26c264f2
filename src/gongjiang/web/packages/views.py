"""The page of an edition's packages."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.nominations.printing import blank_papers
from gongjiang.services.packages.ask import ask_archive, ask_book, take, take_back
from gongjiang.services.packages.build import KEPT
from gongjiang.services.packages.queries import Choice, choices, chosen, handles, list_packages
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.queries import get_programme
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

ENDINGS = {"archive": ("zip", "application/zip"), "book": ("pdf", "application/pdf")}
SECONDS = 3


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """What may be asked for, and what was: with progress while it is made. `?unit=`: the one chosen at first."""
    programme = _programme(request, edition_id)
    if request.headers.get("HX-Request") == "true":
        return render(request, "packages/list.html", _made(request, programme))
    return _show(request, programme)


@signed_in
@require_POST
def archive(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Ask for an archive."""
    programme = _programme(request, edition_id)

    def ask(where: Choice, cases: list[int]) -> None:
        ask_archive(
            actor=request.actor,
            at=request.at,
            programme=programme,
            title=f"{programme.edition.title} {where.name}材料",
            cases=cases,
            forms=request.POST.getlist("forms"),
            evidence=request.POST.get("evidence") == "yes",
        )

    return _asked(request, programme, ask)


@signed_in
@require_POST
def book(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Ask for one form of all as one PDF."""
    programme = _programme(request, edition_id)
    paper = request.POST.get("paper", "")
    label = next((name for key, _, name in blank_papers(programme) if key == paper), "")

    def ask(where: Choice, cases: list[int]) -> None:
        ask_book(
            actor=request.actor,
            at=request.at,
            programme=programme,
            title=f"{programme.edition.title} {where.name} {label}合订本",
            cases=cases,
            paper=paper,
        )

    return _asked(request, programme, ask)


@signed_in
@require_safe
def download(request: HttpRequest, package_id: int) -> HttpResponse | StreamingHttpResponse:
    """The bytes, opened as they are sent. A package that can't be had is said so on its page."""
    package, told = take(actor=request.actor, at=request.at, package_id=package_id)
    ending, kind = ENDINGS[package.kind]
    answer = StreamingHttpResponse(told, content_type=kind)
    name = quote(safe_name(package.title, f".{ending}"))
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["Content-Length"] = str(package.size)
    answer["Cache-Control"] = "no-store"
    return answer


@signed_in
@require_POST
def remove(request: HttpRequest, package_id: int) -> HttpResponse:
    """Cleared before its days are over, or its making stopped."""
    package = take_back(actor=request.actor, at=request.at, package_id=package_id)
    messages.success(request, f"已清理“{package.title}”，需要时可以再生成。")
    return redirect("packages", package.edition_id)


def _programme(request: HttpRequest, edition_id: int) -> Programme:
    programme = get_programme(request.actor, edition_id)
    if not handles(request.actor, programme.edition):
        raise NotFound()
    return programme


def _asked(request: HttpRequest, programme: Programme, ask: Callable[[Choice, list[int]], None]) -> HttpResponse:
    unit = whole(request.POST.get("unit", ""), None)
    offered = choices(request.actor, programme.edition)
    where = next((one for one in offered if one.unit_id == unit), None)
    try:
        if where is None:
            raise NotFound("没有这个范围，请重新选择。", "No such unit.")
        ask(where, chosen(request.actor, programme.edition, unit))
    except GongjiangError as error:
        return _show(request, programme, error)
    messages.success(request, "已开始生成。可以离开本页，生成后会通知您。")
    return redirect("packages", programme.edition.pk)


def _show(request: HttpRequest, programme: Programme, problem: GongjiangError | None = None) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    offered = choices(request.actor, programme.edition)
    context = {
        "kinds": [("pdf", "PDF，供打印"), ("docx", "Word，供修改")],
        "choices": [(one.unit_id or "", f"{one.name}（{one.number}人）") for one in offered],
        "unit": given.get("unit", ""),
        "forms": given.getlist("forms") if request.method == "POST" else ["pdf"],
        "evidence": given.get("evidence") == "yes" or request.method != "POST",
        "papers": [(key, f"{annex} {name}".strip()) for key, annex, name in blank_papers(programme)],
        "paper": given.get("paper", ""),
        "problem": problem,
        "days": KEPT.days,
        **_made(request, programme),
    }
    return render(request, "packages/page.html", context, status=problem.status if problem else 200)


def _made(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    rows = list_packages(request.actor, programme.edition)
    return {
        "edition": programme.edition,
        "rows": rows,
        "busy": any(one.waiting for one in rows),
        "seconds": SECONDS,
    }
