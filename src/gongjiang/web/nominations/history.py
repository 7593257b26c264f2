"""The history of a form: who changed which answer when, from what to what; an earlier text fetched back."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import NotFound
from gongjiang.rules.nominations.differences import differences
from gongjiang.rules.nominations.form_plan_parts import Asked, FormPlan, RowsAsked, Statement
from gongjiang.rules.nominations.paths import answer_at
from gongjiang.services.nominations.history import History, fetch_back, history_of, sides_of
from gongjiang.web.access import signed_in
from gongjiang.web.nominations.wording import words
from gongjiang.web.numbers import whole


@signed_in
@require_safe
def history(request: HttpRequest, case_id: int) -> HttpResponse:
    """A page of it, newest first; `?name=`: of one answer."""
    name = request.GET.get("name", "")
    found = history_of(request.actor, case_id, before=whole(request.GET.get("before"), 0) or 0, name=name)
    context = {
        "case": found.case,
        "edits": [row for row in _rows(found, name) if row["changes"]],
        "older_url": f"?{urlencode({'name': name, 'before': found.older})}" if found.older else "",
        "open": found.open,
        "name": name,
        "label": next((part.label for part in _parts(found.plan) if name and _name(part.path) == name), ""),
        "back": reverse("nominations-edit", args=[case_id]),
    }
    return render(request, "nominations/history.html", context)


@signed_in
@require_POST
def fetch(request: HttpRequest, case_id: int) -> HttpResponse:
    """Fetch an earlier answer back into the form."""
    edit = whole(request.POST.get("edit", ""), None)
    if edit is None:
        raise NotFound()
    name, side = request.POST.get("name", ""), request.POST.get("side", "")
    saved = fetch_back(actor=request.actor, at=request.at, case_id=case_id, edit_id=edit, name=name, side=side)
    for problem in saved.problems:
        messages.error(request, str(problem))
    if not saved.problems:
        messages.success(request, "已取回，原来的内容也在修改记录里。")
    return redirect("nominations-history", case_id)


def _rows(found: History, name: str) -> Iterator[dict[str, Any]]:
    words_of = found.programme.pack.vocabulary
    parts = _parts(found.plan)
    for edit in found.edits:
        sides = sides_of(found.programme, edit)
        changes: list[dict[str, Any]] = []
        for part in parts:
            key = _name(part.path)
            if key not in sides or (name and key != name):
                continue
            told = {side: words(words_of, part, answer_at({key: one}, part.path)) for side, one in sides[key].items()}
            here = {"label": part.label, "name": key}
            if "aside" in told:
                changes.append(here | {"aside": told["aside"] or "（空）"})
            if "from" in told and (told["from"] != told["to"] or not _inside(part.path)):
                runs = differences(told["from"], told["to"])
                alike = told["from"] == told["to"]
                changes.append(here | {"runs": runs, "hidden": alike, "was": told["from"]})
        yield {"edit": edit, "changes": changes}


def _parts(plan: FormPlan) -> list[Asked | RowsAsked | Statement]:
    found: list[Asked | RowsAsked | Statement] = []
    for section in plan.sections:
        found += [*section.questions, *section.tables]
        found += [part for part in section.parts if isinstance(part, Statement)]
    return found


def _name(path: str) -> str:
    head, _, rest = path.partition(".")
    return rest if head == "case" else head


def _inside(path: str) -> bool:
    """Is it one answer of a relation, which is kept whole?"""
    head, _, rest = path.partition(".")
    return bool(rest) and head != "case"
