"""Steps taken with a nomination by who files it: submit, withdraw, give a reason, take over what is known."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError, NotAllowed
from gongjiang.services.formality.judge_case import give_reason
from gongjiang.services.nominations.form import FormPage, form_page
from gongjiang.services.nominations.prefill import take_over
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit
from gongjiang.services.nominations.transition import move
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.nominations.page import address_or_none, show
from gongjiang.web.nominations.reading import answers_in
from gongjiang.web.nominations.steps import address
from gongjiang.web.numbers import whole


@signed_in
@require_POST
def submit_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """Hand the nomination in, with the statements as they are ticked beside the button; what forbids it is told on
    the last step, each with its way there."""
    page = _mine(request, case_id)
    version = _version(request)
    try:
        ticked = answers_in(page.plan.sections[-1], request.POST, page.values)
        if any((page.values.get(name) or "") != answer for name, answer in ticked.items()):
            version = save_values(
                actor=request.actor, at=request.at, case_id=case_id, changes=ticked, version=version
            ).case.version
        submit(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            version=version,
            request_key=request.POST.get("request_key", "")[:60] or None,
        )
    except GongjiangError as error:
        page = form_page(request.actor, request.at, case_id)
        return show(request, page, page.plan.sections[-1], problem=error, status=error.status)
    messages.success(request, f"{page.case.title}的{page.programme.called}已提交，编号 {page.case.number}。")
    return redirect(_after(page))


@signed_in
@require_POST
def withdraw(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the nomination back, with a reason on record."""
    page = _mine(request, case_id)
    try:
        move(
            actor=request.actor,
            at=request.at,
            case_id=case_id,
            stage_id=page.stage,
            action="withdraw",
            version=_version(request),
            reason=request.POST.get("reason", ""),
        )
    except told_here(request) as error:
        return show(request, page, page.plan.sections[-1], problem=error, status=error.status)
    messages.success(request, f"{page.case.title or '这份'}{page.programme.called}已撤回，理由已记录。")
    return redirect(_after(page))


@signed_in
@require_POST
def reason(request: HttpRequest, case_id: int) -> HttpResponse:
    """Why a rule that holds in general (一般) is not met here."""
    page = _mine(request, case_id)
    rule = request.POST.get("rule", "")
    soft = {one.rule for one in page.outcomes if one.force == "soft"}
    try:
        if rule in soft:
            give_reason(
                actor=request.actor, at=request.at, case_id=case_id, rule=rule, reason=request.POST.get("reason", "")
            )
            messages.success(request, "理由已记录，由审核单位认可。")
    except GongjiangError as error:
        here = page.plan.section(request.POST.get("here", "")) or page.plan.sections[0]
        return show(request, page, here, problem=error, status=error.status)
    return redirect(_back(request, page))


@signed_in
@require_POST
def known(request: HttpRequest, case_id: int) -> HttpResponse:
    """Fill the blanks from what the platform holds of this person."""
    page = _mine(request, case_id)
    try:
        names = frozenset(request.POST.getlist("pick")) if "choosing" in request.POST else None
        saved = take_over(actor=request.actor, at=request.at, case_id=case_id, version=_version(request), names=names)
    except GongjiangError as error:
        return show(request, page, page.plan.sections[0], problem=error, status=error.status)
    messages.success(request, f"已带入{saved.case.title}的资料，每项注明了来处，请逐项核对。")
    return redirect(_back(request, page))


def _mine(request: HttpRequest, case_id: int) -> FormPage:
    """The form, if this person may change it now."""
    page = form_page(request.actor, request.at, case_id)
    if not page.editable:
        raise NotAllowed(
            f"这份{page.programme.called}现在不能由您修改：可能已经提交，或不由您填报。",
            "It can't be changed by you now.",
        )
    return page


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return whole(given, -1)


def _back(request: HttpRequest, page: FormPage) -> str:
    here = page.plan.section(request.POST.get("here", ""))
    return address(page, here.id if here is not None else page.plan.sections[0].id)


def _after(page: FormPage) -> str:
    """The nominee's own page, where the case is followed from now on."""
    return address_or_none("nominee", page.case.pk) or address(page, "confirm")
