"""Two at one form: what each wrote, side by side, for whoever came second to choose."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from gongjiang.kernel.identity_number import mask as mask_number
from gongjiang.rules.nominations.form_plan_parts import Asked, RowsAsked, Section
from gongjiang.rules.nominations.paths import answer_at
from gongjiang.services.nominations.form import FormPage
from gongjiang.services.nominations.save_step import Author, Clashing
from gongjiang.web.nominations.page import show
from gongjiang.web.nominations.reading import KEEP
from gongjiang.web.nominations.wording import words

BLANK = "（空）"


def clash_page(
    request: HttpRequest, page: FormPage, here: Section, answers: Mapping[str, Any], clashing: Clashing
) -> HttpResponse:
    """The step again, with both sides to choose from; what this person changed stands in the fields, what only others
    changed as they left it."""
    mine = {path: answer for path, answer in answers.items() if path in clashing.mine}
    rows = clash_rows(page, here, clashing)
    return show(request, page, here, typed=mine, stale=clashing, clashes=rows, status=clashing.status)


def clash_answer(request: HttpRequest, page: FormPage, here: Section, clashing: Clashing) -> HttpResponse:
    """The same for a page with script: the words, and the choice to set into the form."""
    context = {"clashes": clash_rows(page, here, clashing), "stale": clashing, "case": page.case}
    block = render_to_string("nominations/parts/clashes.html", context, request)
    return JsonResponse({"text": str(clashing), "errors": {}, "block": block}, status=clashing.status)


def clash_rows(page: FormPage, here: Section, clashing: Clashing) -> list[dict[str, Any]]:
    """Each answer in dispute: what it is, both sides as people read them, who wrote the other and when."""
    vocabulary = page.programme.pack.vocabulary
    parts: dict[str, Asked | RowsAsked] = {one.path: one for one in here.questions}
    parts |= {one.path: one for one in here.tables}
    found = []
    for one in clashing.clashes:
        part = parts[one.path]
        found.append(
            {
                "name": KEEP + one.path,
                "path": one.path,
                "label": part.label,
                "mine": words(vocabulary, part, one.mine) or BLANK,
                "theirs": words(vocabulary, part, one.theirs) or BLANK,
                "author": _said(clashing.authors.get(one.path, Author(""))),
                "both": isinstance(part, RowsAsked),
            }
        )
    return found


def elsewhere_words(here: Section, elsewhere: Mapping[str, Author]) -> str:
    """Who changed which other answers of this step while the page was open; '' for nobody."""
    labels = {one.path: one.label for one in (*here.questions, *here.tables)}
    by: dict[str, list[str]] = {}
    for path, author in elsewhere.items():
        if path in labels:
            by.setdefault(_said(author), []).append(f"“{labels[path]}”")
    told = "；".join(f"{who}改了{'、'.join(what)}" for who, what in by.items())
    return f"您打开此页以后，{told}。已保留其所改，没有覆盖。" if told else ""


def _said(author: Author) -> str:
    when = f" {timezone.localtime(author.at):%H:%M}" if author.at else ""
    return (author.name or "另一处") + when


def difference(page: FormPage, here: Section, typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """Where what was typed differs from what is stored, for a page that doesn't say what it showed."""
    found, vocabulary = [], page.programme.pack.vocabulary
    asked: list[Asked | RowsAsked] = [*here.questions, *here.tables]
    for one in asked:
        if one.path in typed:
            mine, theirs = (
                words(vocabulary, one, typed[one.path]),
                words(vocabulary, one, answer_at(page.values, one.path)),
            )
            if mine != theirs and not ("*" in theirs and mask_number(mine) == theirs):
                found.append({"label": one.label, "mine": mine or BLANK, "theirs": theirs or BLANK})
    return found
