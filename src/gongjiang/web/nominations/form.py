"""The steps of a nomination form: shown, saved as they are typed, saved and left for the next."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound, Stale
from gongjiang.rules.nominations.form_plan_parts import Section
from gongjiang.rules.nominations.paths import answer_at, nested
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.nominations.form import FormPage, form_page
from gongjiang.services.nominations.save import Saved, save_values
from gongjiang.services.nominations.save_step import Clashing, StepSaved, save_step
from gongjiang.web.access import signed_in
from gongjiang.web.components.rows import rows_action, rows_moved
from gongjiang.web.nominations import reading
from gongjiang.web.nominations.clashes import clash_answer, clash_page, difference, elsewhere_words
from gongjiang.web.nominations.page import marks_shown, show
from gongjiang.web.nominations.reading import answers_in
from gongjiang.web.nominations.steps import address, rules, tally
from gongjiang.web.numbers import whole

MASKED = frozenset({"id_number", "mobile"})


@signed_in
@require_safe
def first(request: HttpRequest, case_id: int) -> HttpResponse:
    """The step where work is left: the first with something to fill in, else the last."""
    page = form_page(request.actor, request.at, case_id)
    left = [one.section for one in page.problems if not one.remark]
    ids = [one.id for one in page.plan.sections]
    if page.editable and not page.handing_in:
        return redirect(address(page, next(one.id for one in page.plan.sections if page.open_section(one))))
    return redirect(address(page, next((one for one in ids if one in left), ids[0] if not left else "confirm")))


@signed_in
def section(request: HttpRequest, case_id: int, section_id: str) -> HttpResponse:
    """One step. A post saves it and goes on; a button of a table adds or takes a row on the way."""
    page, here = _step(request, case_id, section_id)
    if request.method != "POST":
        extra = {request.GET["more"]: 1} if "more" in request.GET else {}
        return show(request, page, here, extra=extra)
    answers = answers_in(here, request.POST, page.values)
    action = rows_action(request.POST)
    if action is not None and action[1] not in {one.path for one in here.tables}:
        action = None
    if action is not None and action[0] != "add":
        answers[action[1]] = _rearranged(request, here, page, action)
    try:
        told = _save(request, page, here, answers)
    except Clashing as clashing:
        page, here = _step(request, case_id, section_id)
        return clash_page(request, page, here, answers, clashing)
    except Stale as stale:
        differs = difference(page, here, answers)
        return show(request, page, here, typed=answers, stale=stale, differs=differs, status=stale.status)
    except GongjiangError as error:
        return show(request, page, here, typed=answers, problem=error, status=error.status)
    if told.elsewhere:
        messages.info(request, elsewhere_words(here, told.elsewhere))
    before = page
    if told.saved.problems:
        page, here = _step(request, case_id, section_id)
        return show(request, page, here, typed=answers, errors=errors_of(told.saved.problems, here), status=422)
    if action is not None:
        more = f"?more={action[1]}" if action[0] == "add" else ""
        return redirect(f"{address(page, here.id)}{more}#f-{action[1]}")
    return _masked_again(request, before, here, told, answers) or redirect(
        _still_here(request, before, here, told) or _onward(request, page, here)
    )


@signed_in
@require_POST
def autosave(request: HttpRequest, case_id: int, section_id: str) -> HttpResponse:
    """Save what changed on a step. JSON: version, saved_at, errors by field, hidden parts, rules, tally."""
    try:
        page, here = _step(request, case_id, section_id)
        only = frozenset(request.POST.get("fields", "").split())
        answers = answers_in(here, request.POST, page.values, only)
        errors: dict[str, str] = {}
        told = StepSaved(Saved(page.case), {})
        if answers:
            told = _save(request, page, here, answers)
            errors = errors_of(told.saved.problems, here)
            page, here = _step(request, case_id, section_id)
    except Clashing as clashing:
        page, here = _step(request, case_id, section_id)
        return clash_answer(request, page, here, clashing)
    except GongjiangError as error:
        return JsonResponse({"text": str(error), "errors": {}}, status=error.status)
    answered = set(answers)
    for one in page.problems:
        if one.section == here.id and one.path in answered and not one.blank and not one.remark:
            name = f"{one.path}-{one.row - 1}-{one.column}" if one.row else one.path
            errors.setdefault(name, one.text)
    rows = rules(page)
    return JsonResponse(
        {
            "version": page.case.version,
            "base": {path: one for path, one in marks_shown(page, here).items() if path in answered},
            "elsewhere": elsewhere_words(here, told.elsewhere),
            "saved_at": timezone.localtime(request.at).strftime("%H:%M:%S"),
            "errors": errors,
            "hidden": [one.path for one in here.questions if not page.shown(one.when)],
            "rules": [{key: row.get(key, "") for key in ("title", "outcome", "sentence", "clause")} for row in rows],
            "tally": tally(rows),
        }
    )


@signed_in
@require_safe
def live(request: HttpRequest, case_id: int, section_id: str) -> HttpResponse:
    """The rules as they stand now, and the steps: what the page fetches after each save."""
    page, here = _step(request, case_id, section_id)
    return show(request, page, here, template="nominations/live.html")


def errors_of(problems: tuple[BadInput, ...], here: Section) -> dict[str, str]:
    """What could not be read, by the question that asked it (found by its label)."""
    paths = {one.field.shown: one.path for one in here.questions} | {one.label: one.path for one in here.questions}
    return {paths.get(one.place, one.place): one.text for one in problems}


def _step(request: HttpRequest, case_id: int, section_id: str) -> tuple[FormPage, Section]:
    page = form_page(request.actor, request.at, case_id)
    here = page.plan.section(section_id)
    if here is None:
        raise NotFound("表里没有这一步。", "No such step.")
    return page, here


def _save(request: HttpRequest, page: FormPage, here: Section, answers: Mapping[str, Any]) -> StepSaved:
    """Save answers of a step. A page that says what it showed is merged answer by answer with what others wrote
    meanwhile; one that says its version alone must be the newest."""
    shown, choose = reading.shown_in(request.POST), reading.choices_in(request.POST, here)
    at, actor, case_id = request.at, request.actor, page.case.pk
    if shown is None:
        changes = nested(answers, page.case.values)
        saved = save_values(actor=actor, at=at, case_id=case_id, changes=changes, version=_version(request))
        return StepSaved(saved, {})
    return save_step(actor=actor, at=at, case_id=case_id, answers=answers, shown=shown, choose=choose)


def _version(request: HttpRequest) -> int:
    """The version that the page showed; a page that says none is out of date."""
    given = request.POST.get("version", "")
    return whole(given, -1)


def _rearranged(
    request: HttpRequest, here: Section, page: FormPage, action: tuple[str, str, int]
) -> list[Mapping[str, Any]]:
    """The posted rows of a table as the button that was pressed wants them: one gone, one moved, all by time."""
    way, name, index = action
    kept = request.POST.copy()
    if way == "remove":
        for key in [key for key in kept if key.startswith(f"{name}-{index}-")]:
            del kept[key]
    elif way in {"up", "down"}:
        moved = rows_moved(request.POST, name, index, way)
        for key in moved.values():
            del kept[key]
        for new, key in moved.items():
            kept.setlist(new, request.POST.getlist(key))
    found = answers_in(here, kept, page.values, frozenset({f"{name}-"}))
    rows: list[Mapping[str, Any]] = found.get(name, [])
    return sorted(rows, key=lambda row: str(row.get("from") or "9999")) if way == "sort" else rows


def _masked_again(
    request: HttpRequest, before: FormPage, here: Section, told: StepSaved, answers: Mapping[str, Any]
) -> HttpResponse | None:
    """A wrong number stays to be seen as it was typed, this once: opened again it is masked, and nobody mends what
    they can't read."""
    page, here = _step(request, before.case.pk, here.id)
    numbers = {one.path for one in here.questions if one.field.type in MASKED}
    numbers |= {one.path for one in here.tables if any(column.field.type in MASKED for column in one.columns)}
    wrong = [one for one in page.problems if one.section == here.id and not one.blank and not one.remark]
    typed = {one.path: answers[one.path] for one in wrong if one.path in told.taken & numbers & answers.keys()}
    if not typed:
        return None
    messages.warning(request, f"已保存。有 {len(wrong)} 处要改，见红框处；也可以先填别的，提交前改好。")
    return show(request, page, here, typed=typed, status=422)


def _still_here(request: HttpRequest, before: FormPage, here: Section, told: StepSaved) -> str:
    """The step again, if what was just typed is wrong or brought up more questions; '' to go on. Saved is all."""
    if request.POST.get("go", "next") != "next" or not told.taken:
        return ""
    page, here = _step(request, before.case.pk, here.id)
    wrong = [one for one in page.problems if one.section == here.id and not one.blank and not one.remark]
    wrong = [one for one in wrong if one.path in told.taken]
    if wrong:
        messages.warning(request, f"已保存。有 {len(wrong)} 处要改，见红框处；也可以先填别的，提交前改好。")
        return address(page, here.id, wrong[0].path)
    fresh = [one for one in here.questions if page.shown(one.when) and not before.shown(one.when)]
    fresh = [one for one in fresh if is_blank(answer_at(page.values, one.path))]
    if fresh:
        messages.info(request, f"已保存。按您的回答，还要填：{'、'.join(one.label for one in fresh)}。")
        return address(page, here.id, fresh[0].path)
    return ""


def _onward(request: HttpRequest, page: FormPage, here: Section) -> str:
    """Where a saved step leads: the next one, or back, or just here."""
    if request.POST.get("go") == "preview":
        return f"{reverse('nominations-previews', args=[page.case.pk])}?{urlencode({'from': here.id})}"
    ids = [one.id for one in page.plan.sections]
    place = ids.index(here.id)
    to = {"back": place - 1, "stay": place}.get(request.POST.get("go", ""), place + 1)
    return address(page, ids[max(0, min(to, len(ids) - 1))])
