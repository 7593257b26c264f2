"""A step of the form as a page: its questions with answers, the steps beside it, the rules at its right."""

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from gongjiang.kernel.errors import GongjiangError
from gongjiang.rules.nominations.form_plan_check import Problem
from gongjiang.rules.nominations.form_plan_parts import (
    Asked,
    Choice,
    FilesAsked,
    Heading,
    RowsAsked,
    Section,
    Statement,
)
from gongjiang.rules.nominations.paths import answer_at, nested
from gongjiang.services.evidence.declassify import secrecy_of
from gongjiang.services.nominations.barred import barred_words
from gongjiang.services.nominations.form import FormPage
from gongjiang.services.nominations.material import lacks_of
from gongjiang.services.nominations.places import places_of
from gongjiang.services.nominations.prefill import known_of
from gongjiang.services.nominations.printing import forms_of
from gongjiang.services.nominations.save_step import marks_of
from gongjiang.services.nominations.statements import standing
from gongjiang.services.nominations.twice import double_of
from gongjiang.services.programmes.clauses import rubrics_beside
from gongjiang.web.components.fieldspec import spec
from gongjiang.web.nominations.material import Material, material_of
from gongjiang.web.nominations.questions import LONG, question, table
from gongjiang.web.nominations.steps import address, chosen, grouped, rules, steps, tally
from gongjiang.web.nominations.wording import words

STATES = {"draft": "draft", "returned": "returned", "withdrawn": "withdrawn"}


def show(
    request: HttpRequest,
    page: FormPage,
    here: Section,
    *,
    typed: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    problem: GongjiangError | None = None,
    stale: GongjiangError | None = None,
    differs: Iterable[Mapping[str, str]] = (),
    clashes: Iterable[Mapping[str, Any]] = (),
    extra: Mapping[str, int] | None = None,
    template: str = "nominations/form.html",
    status: int = 200,
) -> HttpResponse:
    """Render a step. `typed`: answers that could not be saved stand in the fields; `extra`: blank rows to add."""
    values = {**page.values, **nested(typed, page.values)} if typed else page.values
    ids = [one.id for one in page.plan.sections]
    place = ids.index(here.id)
    rows = rules(page)
    strict = request.GET.get("check") == "1"
    material = material_of(request.actor, page, here, request.POST)
    context = {
        "page": page,
        "case": page.case,
        "edition": page.programme.edition,
        "here": here,
        "number": place + 1,
        "parts": parts(page, here, values, errors or {}, extra or {}, material, strict=strict),
        "steps": steps(page, here.id),
        "rules": grouped(rows),
        "tally": tally(rows),
        "places": places_of(page.programme, page.case, page.facts)[:1],
        "state": STATES.get(page.case.state, "in_progress"),
        "state_label": "" if page.case.state in STATES else "已提交",
        "back_url": address(page, ids[place - 1]) if place else "",
        "next_url": address(page, ids[place + 1]) if place + 1 < len(ids) else "",
        "submit_url": reverse("nominations-submit", args=[page.case.pk]),
        "withdraw_url": reverse("nominations-withdraw", args=[page.case.pk]),
        "receiver": receiver(page),
        "locked": not page.open_section(here),
        "known": known_rows(request, page) if place == 0 and page.editable else None,
        "problem": problem,
        "stale": stale,
        "differs": list(differs),
        "clashes": list(clashes),
        "cards": any(isinstance(one, Choice) for one in here.parts),
        "counts": any(one.about or (one.limit and (one.wide or one.limit > LONG)) for one in here.questions)
        or any((one.limit or 0) > LONG for table in here.tables for one in table.columns),
        "base": json.dumps(marks_shown(page, here)),
        "prints": prints(page) if here.id == "confirm" else prints(page)[:1],
        "nominee_url": address_or_none("nominee", page.case.pk),
        "barred": barred_words(page.programme, page.case, request.at) if page.handing_in else "",
        "double": double_of(request.actor, page.programme, page.case),
    }
    if here.id == "confirm":
        context["summary"] = summary(page)
        context["ready"] = all(one["remark"] for group in context["summary"] for one in group["texts"])
        context["secrecy"] = secrecy_of(page.programme, page.case) if page.editable else None
    return render(request, template, context, status=status)


def parts(
    page: FormPage,
    here: Section,
    values: Mapping[str, Any],
    errors: Mapping[str, str],
    extra: Mapping[str, int],
    material: Material,
    *,
    strict: bool = False,
) -> list[dict[str, Any]]:
    """What the template lays out: runs of short questions side by side, everything else over the full width."""
    found: list[dict[str, Any]] = []
    beside = rubrics_beside(page.programme.pack)
    stands = standing(page.case, page.plan) if here.id == "confirm" and page.handing_in else frozenset()
    for part in here.parts:
        if isinstance(part, Asked):
            item = _asked(page, part, values, errors, strict)
            narrow = item["field"]["kind"] not in {"textarea"} and not item["field"].get("down")
            if narrow and found and found[-1]["kind"] == "grid":
                found[-1]["items"].append(item)
            else:
                texts = () if narrow else beside.get(part.path, ())
                found.append({"kind": "grid" if narrow else "single", "items": [item], "texts": texts})
        elif isinstance(part, RowsAsked):
            told = problems_at(page, part.path, strict, remarks=True)
            field = table(part, page.programme.pack.vocabulary, values, told)
            field["origin"] = page.origins.get(part.path, "")
            field["least"] = max(field["least"], len(field["value"]) + extra.get(part.path, 0))
            found.append({"kind": "rows", "field": spec(**field)})
        elif isinstance(part, Choice):
            items = [_asked(page, one, values, errors, strict) for one in part.parts]
            runs = [list(run) for _, run in groupby(items, key=lambda one: one["field"]["kind"] == "number")]
            found.append({"kind": "choice", "label": part.label, "chosen": chosen(values, part), "runs": runs})
        elif isinstance(part, Statement):
            said = answer_at(values, part.path) == "yes"
            ticked = said and (not page.handing_in or part.path in stands)
            found.append({"kind": "statement", "part": part, "ticked": ticked, "again": said and not ticked})
        elif isinstance(part, FilesAsked):
            if page.shown(part.when):
                found.append(material.files(part) | {"texts": beside.get(part.attachment.id, ())})
        elif isinstance(part, Heading):
            found.append({"kind": "heading", "text": part.text})
    return found


def problems_at(page: FormPage, path: str, strict: bool, *, remarks: bool = False) -> list[Problem]:
    """What is wrong at a question; blanks only when somebody asked for the whole check."""
    mine = [one for one in page.problems if one.path == path and (remarks or not one.remark)]
    return [one for one in mine if strict or not one.blank]


def _asked(
    page: FormPage, part: Asked, values: Mapping[str, Any], errors: Mapping[str, str], strict: bool
) -> dict[str, Any]:
    told = problems_at(page, part.path, strict)
    field = question(part, page.programme.pack.vocabulary, values, told, page.computed)
    if origin := page.origins.get(part.path.removeprefix("case.")):
        field["hint"] = "；".join(one for one in (field["hint"], f"{origin}，请核对") if one)
    if part.path in errors:
        field["error"] = errors[part.path]
    together = (
        bool(field.get("detail"))
        or field["kind"] == "checks"
        or any(isinstance(one, Mapping) and one.get("fill") for one in field.get("options", ()))
    )
    return {"path": part.path, "field": field, "hidden": not page.shown(part.when), "together": together}


def receiver(page: FormPage) -> str:
    """Who takes it next, by the stage after this one; '' where nobody in particular does."""
    names = [one.id for one in page.programme.stages]
    after = names[names.index(page.stage) + 1 :] if page.stage else []
    by = page.programme.expand(page.programme.stage(after[0]).by) if after else frozenset()
    parties = (one for one in page.case.parties.all() if one.role in by)
    return next((one.organisation.name for one in parties if one.organisation_id != page.case.applying_unit_id), "")


def summary(page: FormPage) -> list[dict[str, Any]]:
    """Before submitting: each step with what is still to do there, with a way to it; then what the rules say."""
    lack = lacks_of(page)
    found = []
    for one in page.plan.sections:
        told = [p for p in page.problems if p.section == one.id]
        texts = [{"text": p.text, "remark": p.remark, "url": _at(page, p)} for p in told]
        if one.id == "material":
            texts += [
                {"text": p.text, "remark": False, "url": address(page, one.id, p.asked.attachment.id)} for p in lack
            ]
        if texts:
            found.append({"label": one.label, "url": address(page, one.id), "texts": texts})
    return found


def _at(page: FormPage, problem: Problem) -> str:
    base, _, mark = address(page, problem.section, problem.path).partition("#")
    return f"{base}?check=1#{mark}"


def known_rows(request: HttpRequest, page: FormPage) -> dict[str, Any] | None:
    """What is known of the person and may be taken over: each answer in words, with where it comes from."""
    known = known_of(request.actor, request.at, page.case)
    if known is None:
        return None
    asked: list[Asked | RowsAsked] = []
    for one in page.plan.sections:
        asked += [*one.questions, *one.tables]
    words_of = page.programme.pack.vocabulary
    rows = [
        {"name": one.path, "label": one.label, "words": words(words_of, one, held.value), "source": held.source}
        for one in asked
        if (held := known.answers.get(one.path)) is not None
    ]
    return {"name": known.name, "rows": rows}


def marks_shown(page: FormPage, here: Section) -> dict[str, str]:
    """What the page shows of a step, as marks that come back with it."""
    return marks_of(page.programme, page.case, frozenset(one.path for one in (*here.questions, *here.tables)))


def prints(page: FormPage) -> list[dict[str, str]]:
    """The official forms of this case, to look at and to print."""
    key = page.case.pk
    return [
        {
            "label": one.shown,
            "pages": reverse("nominations-preview", args=[key, one.id]),
            "pdf": pdf,
            "docx": address_or_none("nominations-print", key, one.id, "docx"),
        }
        for one in forms_of(page.programme, page.case)
        if (pdf := address_or_none("nominations-print", key, one.id, "pdf"))
    ]


def address_or_none(name: str, *args: Any) -> str:
    """An address of another room; '' where this installation has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
