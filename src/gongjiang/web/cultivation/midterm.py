"""期中检查 of one artisan: a short form."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.cultivation.contact import OUTCOMES, halfway
from gongjiang.services.cultivation.contact.midterm import Found, check_midterm
from gongjiang.services.cultivation.contact.queries import KEEPERS
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.web.access import signed_in
from gongjiang.web.accounts.views import safe_next

PLACES = {"检查日期": "on", "结论": "outcome", "情况": "text", "改进措施": "measures"}


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, honour_id: int) -> HttpResponse:
    """What was found halfway, and what is done about it."""
    honour = get_honour(request.actor, honour_id)
    if not hands_of(request.actor, honour) & set(KEEPERS):
        raise NotFound()
    said = request.POST
    back = safe_next(request, (said or request.GET).get("back", "")[:300]) or reverse("artisan", args=[honour.pk])
    problem: GongjiangError | None = None
    if request.method == "POST":
        try:
            found = Found(_day(said.get("on", "")), *(said.get(one, "") for one in ("outcome", "text", "measures")))
            check_midterm(actor=request.actor, at=request.at, honour_id=honour_id, found=found)
        except NotFound:
            raise
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, f"{honour.name}的期中检查已记下。")
            return redirect(back)
    context = {
        "honour": honour,
        "back": back,
        "typed": said if problem else {"on": timezone.localtime(request.at).date().isoformat()},
        "wrong": {PLACES.get(problem.place, "text"): problem.text} if problem else {},
        "outcomes": list(OUTCOMES.items()),
        "half": halfway(honour.from_date, honour.until),
    }
    return render(request, "cultivation/midterm.html", context, status=422 if problem else 200)


def _day(text: str) -> date:
    return parse_day(text, place="检查日期")
