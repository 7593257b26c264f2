"""The mentor's own page: who asks them, whom they guide."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.errors import NotFound
from gongjiang.services.cultivation.mentors.answer import answer
from gongjiang.services.cultivation.mentors.queries import own_mentorships
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.mentors.page import MARKS
from gongjiang.web.numbers import whole


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mentoring(request: HttpRequest) -> HttpResponse:
    """Say yes or no to being a mentor; the artisans one guides."""
    problem, status = "", 200
    if request.method == "POST":
        said = request.POST
        try:
            row = answer(
                actor=request.actor, at=request.at, mentorship_id=whole(said.get("mentorship"), 0), side="mentor",
                version=whole(said.get("version"), None), yes=said.get("yes") == "yes",
                reason=said.get("reason", ""),
            )  # fmt: skip
        except NotFound:
            raise
        except told_here(request) as refusal:
            problem, status = str(refusal), refusal.status
        else:
            messages.success(request, "已回复。" if row.state != "standing" else "双方都已同意，您已是导师。")
            return redirect("mentoring")
    context = {
        "rows": [
            {"one": one, "mark": (MARKS[one.state], one.get_state_display())} for one in own_mentorships(request.actor)
        ],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "cultivation/mentoring.html", context, status=status)
