"""A panel's administration: experts, assignment by seed, progress, set-aside cases, contest results."""

import secrets
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import BadInput, GongjiangError, NotFound
from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.later import noted_of
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.formality.queue import edition_for
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.rounds.queries import frozen
from gongjiang.services.scoring import queries
from gongjiang.services.scoring.asking import Wish
from gongjiang.services.scoring.assign import assign_cases, try_draw
from gongjiang.services.scoring.authority import may_run, panel_stage
from gongjiang.services.scoring.conflicts import NAMED
from gongjiang.services.scoring.contest import Result, import_scores, most_of
from gongjiang.services.scoring.draws import announce, draws_of, replay_of, waiting_draw
from gongjiang.services.scoring.panel import invite_expert, remove_expert
from gongjiang.services.scoring.recheck import look_again, restore
from gongjiang.services.scoring.results import refused
from gongjiang.services.scoring.sheet import reopen_sheet, void_assignment
from gongjiang.services.scoring.trees import scorers_of, tree_of
from gongjiang.services.scoring.watching import late_after_close
from gongjiang.web.access import signed_in
from gongjiang.web.numbers import whole

GROUPS = (("", "全组专家都可以评"), ("trade", "按工种分组，只由本工种的专家评"))
PRICES = (("1", "照顾，总契合度至多让出1%"), ("5", "照顾，总契合度至多让出5%"), ("0", "不照顾，只求总契合度最大"))
CAPS = (("", "不另加随机"), ("50", "任何一对至多50%"), ("25", "任何一对至多25%"))


def open_panel(request: HttpRequest, edition_id: int, stage_id: str) -> tuple[Programme, Panel]:
    """A panel that the actor may run; to anybody else it doesn't exist."""
    edition = edition_for(request.actor, edition_id)
    if edition is None:
        raise NotFound()
    programme = programme_of(main_process(edition))
    stage = panel_stage(programme, stage_id)
    if not may_run(request.actor, programme, stage):
        raise NotFound()
    return programme, stage


@signed_in
def page(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """Everything about a panel on one page."""
    programme, stage = open_panel(request, edition_id, stage_id)
    return _page(request, programme, stage)


def _page(
    request: HttpRequest,
    programme: Programme,
    stage: Panel,
    problem: GongjiangError | None = None,
    trial: Mapping[str, Any] | None = None,
) -> HttpResponse:
    root = tree_of(programme, stage)
    wanted = scorers_of(programme, root) if root is not None else 1
    progress = queries.case_progress(programme, stage)
    chosen = request.GET.get("expert", "")
    results = queries.contest_results(programme, stage) if stage.scores == "import" else {}
    asked = wanted * len(progress)
    waiting = waiting_draw(programme, stage)
    context = {
        "programme": programme,
        "edition": programme.edition,
        "stage": stage,
        "experts": queries.experts_of(programme, stage),
        "candidates": queries.candidates(programme, stage),
        "wanted": wanted,
        "progress": progress,
        "lacking": sum(one.assigned < wanted for one in progress),
        "aside": queries.set_aside(programme, stage),
        "by_name": NAMED,
        "late": late_after_close(programme, stage),
        "chosen": whole(chosen, None),
        "sheets": queries.submitted_sheets(programme, stage, whole(chosen, 0)),
        "imports": stage.scores == "import",
        "results": [
            {"case": one.case, "held": results.get(one.case.pk), "name": f"r-{one.case.pk}"} for one in progress
        ],
        "most": decimal_text(most_of(programme, stage)),
        "kpis": [
            {"value": len(progress), "label": "人选"},
            {"value": sum(one.done for one in progress), "label": f"份评分，应 {asked}"},
        ],
        "closed": frozen(programme, stage) is not None,
        "problem": problem,
        "typed": request.POST,
        "seed": request.POST.get("seed") or ("" if waiting else secrets.token_hex(8)),
        "waiting": waiting,
        "draws": draws_of(programme, stage),
        "trial": trial,
        "terms": _terms(request, stage),
        "noted": noted_of(stage),
        "refused": refused(programme, stage),
        "blind": is_blind(programme, stage),
    }
    return render(request, "scoring/panel.html", context, status=problem.status if problem else 200)


@signed_in
@require_POST
def act(request: HttpRequest, edition_id: int, stage_id: str) -> HttpResponse:
    """One step of the office (`do`): invite, remove, announce, assign, reopen, void, import."""
    programme, stage = open_panel(request, edition_id, stage_id)
    try:
        if request.POST.get("do") == "try":
            return _page(request, programme, stage, trial=_tried(request, programme, stage))
        said = _do(request, programme, stage)
    except GongjiangError as error:
        return _page(request, programme, stage, error)
    messages.success(request, said)
    return redirect("panel-admin", edition_id, stage_id)


@signed_in
def replay(request: HttpRequest, edition_id: int, stage_id: str, draw_id: int) -> HttpResponse:
    """The file with which anybody can make a draw again: `gongjiang draw verify`."""
    programme, stage = open_panel(request, edition_id, stage_id)
    text = replay_of(actor=request.actor, programme=programme, stage=stage, draw_id=draw_id)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{stage.shown}抽签复核{draw_id}.json") or ""
    return answer


def _terms(request: HttpRequest, stage: Panel) -> dict[str, Any]:
    """What a draw may mind, as the form shows it."""
    post = request.POST
    return {
        "groups": GROUPS,
        "group": post.get("group", "trade" if stage.grouped else ""),
        "prices": PRICES,
        "price": post.get("price", "1"),
        "caps": CAPS,
        "cap": post.get("cap", ""),
        "most": post.get("most", ""),
    }


def _wished(request: HttpRequest) -> dict[str, Any]:
    """The terms of a draw as posted."""
    post = request.POST
    price, cap = _number(post.get("price", "1")), _number(post.get("cap"))
    most = post.get("most", "").strip()
    if most and not _number(most):
        raise BadInput("每位专家最多几件请填大于零的整数，不限就空着。", "A whole number.", place="每位专家最多几件")
    return {
        "per_case": _number(post.get("per_case")) or None,
        "most": _number(most) or None,
        "wish": Wish(
            grouped=post.get("group") == "trade",
            cap=Fraction(cap, 100) if 0 < cap < 100 else None,
            price=Fraction(min(price, 100), 100) if price > 0 else None,
        ),
    }


def _tried(request: HttpRequest, programme: Programme, stage: Panel) -> dict[str, Any]:
    return try_draw(actor=request.actor, programme=programme, stage_id=stage.id, **_wished(request))


def _do(request: HttpRequest, programme: Programme, stage: Panel) -> str:
    post = request.POST
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "programme": programme, "stage_id": stage.id}
    what = post.get("do")
    if what == "invite":
        made = invite_expert(
            **given,
            username=post.get("username", ""),
            employer=post.get("employer", ""),
            title=post.get("title", ""),
        )
        return f"已邀请{made.user.full_name}。"
    if what == "remove":
        remove_expert(**given, expert_id=_number(post.get("expert")))
        return "已移出。"
    if what == "announce":
        drawn = announce(**given, seed=post.get("seed", ""))
        return f"已公布承诺值 {drawn.commitment}。请封存种子“{post.get('seed', '').strip()}”，分派时要原样填写。"
    if what == "assign":
        made_ = assign_cases(**given, seed=post.get("seed", ""), **_wished(request))
        return f"已分派 {len(made_)} 份，种子“{post.get('seed', '').strip()}”已记入审计。"
    if what == "recheck":
        late = look_again(**given)
        void = sum(one.scored for one in late)
        return f"已核对：{void} 份评分作废，共 {len(late)} 人次须另派专家。" if late else "已核对，没有新的回避。"
    if what == "restore":
        restore(**given, assignment_id=_number(post.get("assignment")), reason=post.get("reason", ""))
        return "已核对不是同一人，恢复评分，依据已记入审计。"
    if what == "reopen":
        reopen_sheet(**given, assignment_id=_number(post.get("assignment")), reason=post.get("reason", ""))
        return "已重新打开，专家提交后按新的一版计分。"
    if what == "void":
        void_assignment(**given, assignment_id=_number(post.get("assignment")), reason=post.get("reason", ""))
        return "已作废，不计分；请补派一位专家。"
    if what == "import":
        rows = [
            Result(int(name.removeprefix("r-")), str(value))
            for name, value in post.items()
            if name.startswith("r-") and str(value).strip()
        ]
        return f"已记入 {import_scores(**given, results=rows, source=post.get('source', ''))} 人的成绩。"
    raise BadInput("请选择要办的事。", "Say what to do.")


def _number(text: str | None) -> int:
    return whole(text, 0)
