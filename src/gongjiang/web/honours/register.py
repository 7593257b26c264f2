"""The public register of honours."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjiang.services.honours import register
from gongjiang.services.honours.certificates.queries import current_code
from gongjiang.web.access import public

PAGE = 50
STATES = {"stands": "已命名", "trainee": "培育对象", "ended": "期满"}


@public
def index(request: HttpRequest) -> HttpResponse:
    """Search and pages, newest first."""
    asked = {key: request.GET.get(key, "").strip()[:60] for key in ("text", "year", "programme")}
    page = register.search(**asked, after=request.GET.get("after", ""), limit=PAGE)
    kept = {key: value for key, value in asked.items() if value}
    return render(
        request,
        "honours/register.html",
        {
            "honours": [{"honour": one, "state": STATES[one.state]} for one in page.honours],
            "total": register.count(),
            "years": [("", "全部年份"), *((one.value, f"{one.label}（{one.count}）") for one in register.years())],
            "programmes": [
                ("", "全部项目"),
                *((one.value, f"{one.label}（{one.count}）") for one in register.programmes()),
            ],
            "asked": asked,
            "searched": bool(kept),
            "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        },
    )


@public
def detail(request: HttpRequest, honour_id: int) -> HttpResponse:
    """One honour: only what was made public, the document it rests on, other honours of the same."""
    found = register.get(honour_id)
    return render(
        request,
        "honours/detail.html",
        {
            "honour": found,
            "state": STATES[found.state],
            "shown": [one for key, one in found.shown.items() if key != "name"],
            "others": register.same_subject(found),
            "code": current_code(found.pk),
        },
    )
