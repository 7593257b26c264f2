"""Objections for those who handle them: the queue, one matter, its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.dates import parse_day
from gongjiang.kernel.errors import NotFound
from gongjiang.rules.honours.effects import label_of
from gongjiang.rules.packages.names import safe_name
from gongjiang.services.programmes.queries import get_edition
from gongjiang.services.public_notices.decide import confirm, decide
from gongjiang.services.public_notices.handle import admit, confirm_refusal, propose_refusal, verify
from gongjiang.services.public_notices.inquire import look
from gongjiang.services.public_notices.matter import Matter, matter
from gongjiang.services.public_notices.merge import merge, split
from gongjiang.services.public_notices.objection_files import open_objection_file
from gongjiang.services.public_notices.queries import counts, queue
from gongjiang.services.public_notices.steps import WAYS, Done
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.numbers import whole
from gongjiang.web.public_notices.objecting import uploads

PAGE = 50
STATES = {
    "received": ("submitted", "已收到"),
    "admitted": ("in_progress", "已受理"),
    "verifying": ("in_progress", "核实中"),
    "refused": ("rejected", "不予受理"),
    "decided": ("passed", "已办结"),
}


@signed_in
def queue_page(request: HttpRequest, edition_id: int | None = None) -> HttpResponse:
    """Objections of an edition (or of all that one handles), those still open first."""
    if edition_id is not None:
        get_edition(request.actor, edition_id)  # to a stranger the edition doesn't exist
    wanted = request.GET.get("state", "")
    after = whole(request.GET.get("after"), 0)
    rows = queue(request.actor, edition_id=edition_id, state=wanted, after=after, limit=PAGE + 1)
    number = counts(request.actor, edition_id)
    still = sum(n for state, n in number.items() if state not in {"refused", "decided"})
    over = sum(number.values()) - still
    return render(
        request,
        "public_notices/queue.html",
        {
            "edition_id": edition_id,
            "rows": [{"objection": one, "state": STATES[one.state]} for one in rows[:PAGE]],
            "tabs": [
                {"n": still, "label": "未办结", "url": "?", "current": wanted != "over", "hot": False},
                {"n": over, "label": "已办结", "url": "?state=over", "current": wanted == "over", "hot": False},
            ],
            "next_url": f"?state={wanted}&after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        },
    )


@signed_in
def detail(request: HttpRequest, objection_id: int) -> HttpResponse:
    """One matter with what may be done."""
    return _page(request, matter(request.actor, objection_id))


def _page(request: HttpRequest, found: Matter, problem: str = "") -> HttpResponse:
    objection = found.objection
    return render(
        request,
        "public_notices/objection.html",
        {
            "m": found,
            "o": objection,
            "edition": found.programme.edition,
            "state": STATES[objection.state],
            "facts": [
                {"label": "反映对象", "value": objection.entry.case.title},
                {"label": "工作单位", "value": objection.entry.shown.get("employer", "")},
                {"label": "署名方式", "value": objection.get_signed_display()},
                {"label": "收到时间", "value": found.received},
                *({"label": label, "value": value} for label, value in found.who),
            ],
            "outcomes": [
                {
                    "value": one.id,
                    "label": one.label,
                    "hint": "、".join(label_of(effect) for effect in one.effects),
                }
                for one in found.outcomes
            ],
            "into": [
                {"value": one.receipt, "label": one.receipt, "hint": "内容相同" if same else one.get_signed_display()}
                for one, same in found.into
            ],
            "ways": list(WAYS),
            "timeline": [_told(one) for one in found.steps],
            "today": timezone.localtime(request.at).date(),
            "problem": problem,
            "typed": request.POST,
        },
        status=409 if problem else 200,
    )


@signed_in
@require_POST
def act(request: HttpRequest, objection_id: int, action: str) -> HttpResponse:
    """Take one step; what was typed stays on the page when it is refused."""
    found = matter(request.actor, objection_id)
    step = _STEPS.get(action)
    if step is None:
        raise NotFound()
    version = whole(request.POST.get("version"), None)
    given: dict[str, Any] = {
        "actor": request.actor,
        "at": request.at,
        "objection_id": objection_id,
        "version": version,
    }
    try:
        told = step(given, request)
    except told_here(request) as refusal:
        return _page(request, found, str(refusal))
    messages.success(request, told)
    return redirect("objections-detail", objection_id)


def _told(one: Done) -> dict[str, Any]:
    by = one.step.by.full_name if one.step.by is not None else ""
    on = f"{one.step.on.month}月{one.step.on.day}日" if one.step.on is not None else ""
    return {"title": one.title, "when": one.when, "by": by, "on": on, "text": one.text, "files": one.files}


@signed_in
@require_safe
def file(request: HttpRequest, proof_id: int) -> FileResponse:
    """A file of a matter, for those who handle or observe it."""
    row, content = open_objection_file(request.actor, proof_id)
    answer = FileResponse(
        content, as_attachment=True, filename=safe_name(row.name), content_type="application/octet-stream"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _admit(given: dict[str, Any], request: HttpRequest) -> str:
    admit(**given)
    return "已受理，请核实。"


def _refuse(given: dict[str, Any], request: HttpRequest) -> str:
    propose_refusal(**given, reason=request.POST.get("reason", ""))
    return "已提出不予受理，须由另一位同事确认后生效。"


def _confirm(given: dict[str, Any], request: HttpRequest) -> str:
    confirm_refusal(**given)
    return "已确认不予受理。"


def _verify(given: dict[str, Any], request: HttpRequest) -> str:
    verify(**given, finding=request.POST.get("finding", ""))
    return "核实情况已记录。"


def _decide(given: dict[str, Any], request: HttpRequest) -> str:
    said: dict[str, Any] = {key: request.POST.get(key, "") for key in ("outcome", "answer", "finding", "basis")}
    if decide(**given, **said).objection.state != "decided":
        return "已提出取消资格，须由另一位审批人员批准后生效。"
    return "已办结。"


def _strike(given: dict[str, Any], request: HttpRequest) -> str:
    done = confirm(**given)
    return "已办结。" + (done.moved.sentence if done.moved is not None else "")


def _look(given: dict[str, Any], request: HttpRequest) -> str:
    said = request.POST
    on = parse_day(said["on"], place="查证日期") if said.get("on") else None
    look(**given, way=said.get("way", ""), text=said.get("text", ""), on=on, files=uploads(request, "files"))
    return "已记下这次查证。"


def _merge(given: dict[str, Any], request: HttpRequest) -> str:
    done = merge(**given, into=request.POST.get("into", ""), reason=request.POST.get("reason", ""))
    return f"{done.receipt}已并案，随主件办理和答复。"


def _split(given: dict[str, Any], request: HttpRequest) -> str:
    split(**given)
    return "已分开办理。"


_STEPS: dict[str, Callable[[dict[str, Any], HttpRequest], str]] = {
    "admit": _admit,
    "refuse": _refuse,
    "confirm": _confirm,
    "verify": _verify,
    "decide": _decide,
    "strike": _strike,
    "look": _look,
    "merge": _merge,
    "split": _split,
}
