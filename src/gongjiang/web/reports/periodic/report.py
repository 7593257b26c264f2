"""One report: written, reviewed, submitted; read by the union above; its figures with the lists behind them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongjiang.documents.report import report_docx, report_pdf
from gongjiang.kernel.actor import HANDLING
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.honours.targets import level_label
from gongjiang.rules.packages.names import safe_name
from gongjiang.rules.reports.moves import OPEN, OWED
from gongjiang.rules.reports.template import read_template
from gongjiang.services.reports.periodic.draw import draw
from gongjiang.services.reports.periodic.lists import Listed, listed, listed_live
from gongjiang.services.reports.periodic.paper import charts_of, paper_of
from gongjiang.services.reports.periodic.queries import asked_below
from gongjiang.services.reports.periodic.scope import acts_for, get_report, reads_inside
from gongjiang.services.reports.periodic.sheets import sheets_of
from gongjiang.services.reports.periodic.steps import steps_for, take
from gongjiang.services.reports.periodic.write import lacking, write
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.honours.document import DOCX, sent
from gongjiang.web.numbers import whole
from gongjiang.web.reports.periodic.desk import mark


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report; POST keeps what was typed without script, and stays."""
    report = get_report(request.actor, report_id)
    errors: dict[str, str] = {}
    status = 200
    typed: dict[str, str] | None = None
    if request.method == "POST":
        typed = _texts(request)
        try:
            report, errors = write(
                actor=request.actor, at=request.at, report_id=report_id, version=_version(request), texts=typed
            )
        except NotFound:
            raise
        except GongjiangError as refusal:
            messages.error(request, str(refusal))
            status = refusal.status
        else:
            if not errors:
                messages.success(request, "已保存。")
                return redirect("report", report_id)
            status = 422
    return render(request, "reports/periodic/report.html", _context(request, report, typed, errors), status=status)


@signed_in
@require_POST
def save(request: HttpRequest, report_id: int) -> HttpResponse:
    """Keep what changed, in the background. JSON: version, saved_at, errors by field."""
    only = set(request.POST.get("fields", "").split())
    texts = {key: text for key, text in _texts(request).items() if not only or key in only}
    try:
        report, errors = write(
            actor=request.actor, at=request.at, report_id=report_id, version=_version(request), texts=texts
        )
    except GongjiangError as error:
        return JsonResponse({"text": str(error), "errors": {}}, status=error.status)
    saved_at = timezone.localtime(request.at).strftime("%H:%M:%S")
    return JsonResponse({"version": report.version, "saved_at": saved_at, "errors": errors})


@signed_in
@require_POST
def figures(request: HttpRequest, report_id: int) -> HttpResponse:
    """Take the figures anew."""
    try:
        draw(actor=request.actor, at=request.at, report_id=report_id, version=_version(request))
    except NotFound:
        raise
    except GongjiangError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已取数，每个数字都可点开看名单。")
    return redirect(f"{reverse('report', args=[report_id])}#figures")


@signed_in
@require_POST
def step(request: HttpRequest, report_id: int) -> HttpResponse:
    """One step of the report."""
    try:
        report = take(
            actor=request.actor, at=request.at, report_id=report_id, action=request.POST.get("action", ""),
            version=_version(request), reason=request.POST.get("reason", ""),
        )  # fmt: skip
    except NotFound:
        raise
    except told_here(request) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已办理，报告现为“{mark(report.state)[1]}”。")
    return redirect("report", report_id)


@signed_in
@require_safe
def behind(request: HttpRequest, report_id: int, figure: str) -> HttpResponse:
    """The list behind a figure, as it was that day."""
    found = listed(request.actor, report_id, figure, after=whole(request.GET.get("after"), 0))
    return _behind(request, found, "取数那天的", ("返回报告", reverse("report", args=[report_id])))


@signed_in
@require_safe
def behind_live(request: HttpRequest, call_id: int, figure: str) -> HttpResponse:
    """The list behind a figure of the asker's own data, which sums are held against."""
    found = listed_live(request.actor, request.at, call_id, figure, after=whole(request.GET.get("after"), 0))
    return _behind(request, found, "平台现有的", ("返回汇总", reverse("report-call", args=[call_id])))


def _behind(request: HttpRequest, found: Listed, sub: str, back: tuple[str, str]) -> HttpResponse:
    money = any(worth for _, worth in found.lines)
    context = {
        "found": found,
        "sub": sub,
        "back": back,
        "title": found.label,
        "total": f"共 {found.length} {'名' if found.honours else '条'}" + (f"，合计 {found.said} 元" if money else ""),
        "money": money,
        "honours": [
            {"one": one, "open": one.pk in found.open_ids, "level": level_label(one.level)} for one in found.honours
        ],
        "lines": [{"one": one, "open": one.honour_id in found.open_ids, "worth": worth} for one, worth in found.lines],
        "next_url": f"?after={found.after}" if found.after else "",
    }
    return render(request, "reports/periodic/behind.html", context)


@signed_in
@require_safe
def word(request: HttpRequest, report_id: int) -> HttpResponse:
    """The report in the official layout, to seal."""
    paper = paper_of(request.actor, report_id)
    return sent(report_docx(paper), safe_name(paper.title.replace("\n", ""), ".docx"), DOCX)


@signed_in
@require_safe
def pdf(request: HttpRequest, report_id: int) -> HttpResponse:
    """The same as PDF."""
    paper = paper_of(request.actor, report_id)
    return sent(report_pdf(paper), safe_name(paper.title.replace("\n", ""), ".pdf"), "application/pdf")


def _context(request: HttpRequest, report: Any, typed: dict[str, str] | None, errors: dict[str, str]) -> dict[str, Any]:
    inside = reads_inside(request.actor, report)
    writes = report.state in OPEN and acts_for(request.actor, report.unit, tuple(HANDLING))
    sections = [
        {
            "one": one,
            "text": (typed or {}).get(one.id, report.texts.get(one.id, "")),
            "error": errors.get(one.id, ""),
            "rows": 8 if one.limit > 1000 else 4,
        }
        for one in read_template(report.call.template).sections
    ]
    sheets = sheets_of(report) if inside else []
    steps = steps_for(request.actor, report)
    late = report.state in OWED and timezone.localtime(request.at).date() > report.call.due
    return {
        "report": report,
        "call": report.call,
        "mark": mark(report.state),
        "late": late,
        "inside": inside,
        "writes": writes,
        "sections": sections,
        "sheets": sheets,
        "charts": _charts(report) if inside else [],
        "plain": [{"name": name, "step": one} for name, one in steps if not one.reason],
        "reasoned": [{"name": name, "step": one, "id": f"step-{name}"} for name, one in steps if one.reason],
        "lacking": lacking(report) if writes else [],
        "below": asked_below(report) if inside else None,
    }


def _charts(report: Any) -> list[dict[str, Any]]:
    """The charts that its papers have, as bars."""
    return [
        {
            "title": one.title,
            "bars": [{"label": label, "value": n, "said": said, "of": one.bars[0][1], "late": False}
                     for label, n, said in one.bars],
        }
        for one in charts_of(report)
    ]  # fmt: skip


def _texts(request: HttpRequest) -> dict[str, str]:
    """Sections by id; whatever else a form carries is no section and is passed over by the service."""
    return {key: str(text) for key, text in request.POST.items()}


def _version(request: HttpRequest) -> int:
    return whole(request.POST.get("version"), 0)
