"""What the enterprise does for its artisan, the studio, and the employer's obligation, on the artisan's page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.rules.cultivation.enterprise import BANDS, STUDIO_LEVELS
from gongjiang.services.cultivation.enterprise import (
    WRITING,
    Done,
    Workshop,
    amount_of,
    record_studio,
    record_year,
    studio_of,
    years_visible_to,
)
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.web.access import signed_in
from gongjiang.web.cultivation.section import Hands, Section
from gongjiang.web.numbers import whole

TEXTS = ("system", "support", "responsibility", "pay_band", "pay_note")
PLACES = {
    "年度": "year", "培育工作制度": "system", "支持参加培育活动": "support", "脱产支持天数": "support_days",
    "履行社会责任": "responsibility", "薪酬待遇": "pay_band", "薪酬待遇的落实": "pay_note", "年收入": "pay",
    "名称": "name", "级别": "level", "成立日期": "founded", "成员人数": "members", "成果": "achievements",
    "撤销日期": "ended_on",
}  # fmt: skip


def section(request: HttpRequest, honour: Any, hands: Hands) -> Section | None:
    """On both pages: the studio and the last years, and where they are written."""
    rows = list(years_visible_to(request.actor).filter(honour=honour)[:3])
    studio = studio_of(request.actor, honour)
    writes = bool(hands & set(WRITING))
    if not (rows or studio or writes):
        return None
    context = {
        "honour": honour,
        "studio": studio,
        "level": STUDIO_LEVELS.get(studio.level, "") if studio is not None else "",
        "rows": [{"one": one, "band": BANDS.get(one.pay_band, ""), "pay": amount_of(one, hands)} for one in rows],
        "writes": writes,
        "year": timezone.localtime(request.at).year,
    }
    return Section("enterprise", "所在企业和创新工作室", "cultivation/enterprise_part.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def year_page(request: HttpRequest, honour_id: int, year: int) -> HttpResponse:
    """One year of the enterprise's duties."""
    honour, hands = _writing(request, honour_id)
    row = years_visible_to(request.actor).filter(honour=honour, year=year).first()
    said, problem = request.POST, None
    if request.method == "POST":
        try:
            record_year(
                actor=request.actor,
                at=request.at,
                honour_id=honour_id,
                year=year,
                version=whole(said.get("version"), 0),
                done=_done(request),
            )
        except NotFound:
            raise
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, f"{honour.name} {year} 年的情况已保存。")
            return redirect("artisan", honour_id)
    typed: Any = said if problem is not None else {}
    if problem is None and row is not None:
        typed = {**{key: getattr(row, key) for key in TEXTS}, "support_days": row.support_days}
        typed["pay"] = amount_of(row, hands)
    this_year = timezone.localtime(request.at).year
    context = {
        "honour": honour,
        "year": year,
        "version": said.get("version", "0") if problem is not None else (row.version if row is not None else 0),
        "typed": typed,
        "bands": list(BANDS.items()),
        "years": range(this_year, max(honour.from_date.year - 2, this_year - 6), -1),
        **_wrong(problem),
    }
    return render(request, "cultivation/enterprise_year.html", context, status=problem.status if problem else 200)


def _done(request: HttpRequest) -> Done:
    said = request.POST
    days = said.get("support_days", "").strip()
    if days and whole(days, None) is None:
        raise BadInput("天数请写整数。", "A whole number.", place="脱产支持天数")
    texts = {key: said.get(key, "") for key in TEXTS}
    return Done(**texts, support_days=whole(days, None) if days else None, pay=said.get("pay", "")[:40])


@signed_in
@require_http_methods(["GET", "POST"])
def studio_page(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The innovation studio."""
    honour, _ = _writing(request, honour_id)
    row = studio_of(request.actor, honour)
    said, problem = request.POST, None
    if request.method == "POST":
        try:
            version = whole(said.get("version"), 0)
            record_studio(
                actor=request.actor, at=request.at, honour_id=honour_id, version=version, shop=_workshop(request)
            )
        except NotFound:
            raise
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "创新工作室已保存。")
            return redirect("artisan", honour_id)
    typed: Any = said if problem is not None else {}
    if problem is None and row is not None:
        keys = ("name", "level", "members", "achievements")
        days = {key: one.isoformat() if (one := getattr(row, key)) else "" for key in ("founded", "ended_on")}
        typed = {**{key: getattr(row, key) for key in keys}, **days}
    context = {
        "honour": honour,
        "version": said.get("version", "0") if problem is not None else (row.version if row is not None else 0),
        "typed": typed,
        "levels": list(STUDIO_LEVELS.items()),
        **_wrong(problem),
    }
    return render(request, "cultivation/studio.html", context, status=problem.status if problem else 200)


def _workshop(request: HttpRequest) -> Workshop:
    said = request.POST
    ended = said.get("ended_on", "").strip()
    return Workshop(
        said.get("name", ""),
        parse_day(said.get("founded", ""), place="成立日期"),
        whole(said.get("members", "").strip(), 0),
        said.get("level", ""),
        said.get("achievements", ""),
        parse_day(ended, place="撤销日期") if ended else None,
    )


def _writing(request: HttpRequest, honour_id: int) -> tuple[Any, Hands]:
    honour = get_honour(request.actor, honour_id)
    hands = hands_of(request.actor, honour)
    if not hands & set(WRITING):
        raise NotFound()
    return honour, hands


def _wrong(problem: GongjiangError | None) -> dict[str, Any]:
    place = PLACES.get(problem.place, "") if problem is not None else ""
    return {"problem": problem, "wrong": {place: problem.text} if problem is not None and place else {}}
