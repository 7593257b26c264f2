"""委托代办: one's part handed to a colleague for some days."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.services.opinions.deputise import LONGEST, deputise, end_deputy, mine_and_given, own_parts
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What one handed on and was handed; handing on one's own part."""
    problem, status = "", 200
    if request.method == "POST":
        grant, _, user = request.POST.get("to", "").partition("-")
        try:
            made = deputise(
                actor=request.actor,
                at=request.at,
                grant_id=whole(grant, 0),
                user_id=whole(user, 0),
                until=_day(request.POST.get("until", "")),
                reason=request.POST.get("reason", ""),
            )
        except NotFound:
            problem, status = "请选择把哪一项委托给谁。", 400
        except GongjiangError as error:
            problem, status = str(error), error.status
        else:
            messages.success(request, f"已委托{made.grant.user}代办，对方会收到消息")
            return redirect("deputies")
    today = timezone.localtime(request.at).date()
    parts = own_parts(request.actor, request.at)
    options = [
        (f"{part.grant.pk}-{one.pk}", f"{part.grant.organisation} {part.grant.get_role_display()} → {one}")
        for part in parts
        for one in part.colleagues
    ]
    rows = [
        {
            "one": one,
            "mine": one.giver_id == request.user.pk,
            "until": timezone.localtime(one.grant.until - timedelta(microseconds=1)) if one.grant.until else None,
            "running": one.ended_at is None and one.grant.until is not None and one.grant.until > request.at,
        }
        for one in mine_and_given(request.actor)
    ]
    context = {
        "options": options,
        "has_parts": bool(parts),
        "rows": rows,
        "today": today.isoformat(),
        "last": (today + timedelta(days=LONGEST)).isoformat(),
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "opinions/deputies.html", context, status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("请填写截止日期。", "A date.", place="截止日期") from None


@require_POST
@signed_in
def end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """Take a part back."""
    try:
        end_deputy(actor=request.actor, at=request.at, delegation_id=delegation_id)
    except BadInput as error:
        messages.error(request, error.text)
    else:
        messages.success(request, "委托已收回")
    return redirect("deputies")
