"""通知方式: what else than the inbox one wants, and when not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import GongjiangError
from gongjiang.services.messages.channels import WANTS, choice_of, choose
from gongjiang.web.access import signed_in

FIELDS = ("address", "mail", "phone", "quiet_from", "quiet_until")


@signed_in
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """One's own choice; what was typed stays when something is wrong."""
    choice = choice_of(request.actor)
    typed = {
        "address": choice.address,
        "mail": choice.mail,
        "phone": choice.phone,
        "quiet_from": f"{choice.quiet_from:%H:%M}" if choice.quiet_from else "",
        "quiet_until": f"{choice.quiet_until:%H:%M}" if choice.quiet_until else "",
    }
    problem: GongjiangError | None = None
    if request.method == "POST":
        typed = {name: request.POST.get(name, "").strip() for name in FIELDS}
        try:
            choose(actor=request.actor, at=request.at, **typed)
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "通知方式已保存。")
            return redirect("messages-channels")
    context = {
        "choice": choice,
        "typed": typed,
        "wants": WANTS,
        "phone_label": "、".join(choice.phone_labels),
        "problem": problem,
        "wrong": {problem.place: problem.text} if problem else {},
    }
    return render(request, "messages/channels.html", context, status=422 if problem else 200)
