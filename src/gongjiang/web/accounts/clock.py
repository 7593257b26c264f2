"""Move the clock of a sample installation."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.programmes.clock import move_clock
from gongjiang.services.programmes.queries import next_moment
from gongjiang.web.access import signed_in
from gongjiang.web.accounts.views import safe_next


@signed_in
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """On by a day, to the next deadline or end of a notice, or to a moment given."""
    back = safe_next(request, request.POST.get("back", "")) or "/todo/"
    by, to = request.POST.get("by", "to"), None
    if by == "day":
        to = request.at + timedelta(days=1)
    elif by == "next":
        to = next_moment(request.at)
        if to is None:
            messages.warning(request, "后面没有截止日，也没有公示期满日；请写明拨到哪一刻。")
            return redirect(back)
    else:
        to = _read(request.POST.get("to", ""))
        if to is None:
            messages.error(request, "时间须写作 2026-07-01T09:00。")
            return redirect(back)
    try:
        move_clock(actor=request.actor, at=request.at, to=to, real=request.real_at)
    except GongjiangError as error:
        messages.error(request, str(error))
    else:
        shown = timezone.localtime(to)
        messages.success(request, f"演示时钟已拨到{long_date(shown)} {shown:%H:%M}。")
    return redirect(back)


def _read(text: str) -> datetime | None:
    """A moment as a browser sends it, by the server's official time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)
