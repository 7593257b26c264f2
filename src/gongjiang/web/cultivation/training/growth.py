"""Growth of one artisan: rounds of 测—学—践—评, results per power, practice tasks."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.rules.cultivation.cycle import Moment, read_score
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.services.cultivation.files import ACCEPT
from gongjiang.services.cultivation.keeping import powers_of
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.services.cultivation.training.rounds import (
    RoundView,
    begin_round,
    end_round,
    learnt,
    measure,
    measured_of,
    rounds_of,
    seen_round,
)
from gongjiang.services.cultivation.training.tasks import Asked, drop_task, hand_in, judge_task, seen_task, set_task
from gongjiang.services.programmes.windows import today_of
from gongjiang.web.access import signed_in
from gongjiang.web.again import told_here
from gongjiang.web.cultivation.training import chart
from gongjiang.web.cultivation.training.reading import day_of, day_or_none, files_of, hours_of
from gongjiang.web.numbers import whole

MARKS = {
    "set": ("waiting", "待完成"),
    "handed": ("submitted", "待验收"),
    "returned": ("returned", "退回修改"),
    "accepted": ("passed", "已验收"),
}


@signed_in
@require_safe
def page(request: HttpRequest, honour_id: int) -> HttpResponse:
    """The whole of it."""
    return _show(request, honour_id)


@require_POST
@signed_in
def begin(request: HttpRequest, honour_id: int) -> HttpResponse:
    """Another round."""

    def step() -> str:
        made = begin_round(
            actor=request.actor,
            at=request.at,
            honour_id=honour_id,
            title=request.POST.get("title", ""),
            begun=day_of(request.POST, "begun", "开始日期", today_of(request.at)),
            hours=hours_of(request.POST, "hours", "应学学时") or Decimal(0),
        )
        return f"“{made.title}”已开始。"

    return _done(request, honour_id, step)


@require_POST
@signed_in
def round_step(request: HttpRequest, round_id: int, step: str) -> HttpResponse:
    """Measure, set a task, or close a round."""
    taken = _ROUND.get(step)
    one = seen_round(request.actor, round_id)
    if taken is None:
        raise NotFound()
    return _done(request, one.honour_id, lambda: taken(request, one), round_id)


@require_POST
@signed_in
def task_step(request: HttpRequest, task_id: int, step: str) -> HttpResponse:
    """Hand in, accept, give back, or drop a task."""
    taken = _TASK.get(step)
    honour_id = seen_task(request.actor, task_id).round.honour_id
    if taken is None:
        raise NotFound()
    return _done(request, honour_id, lambda: taken(request, task_id))


def _done(request: HttpRequest, honour_id: int, step: Callable[[], str], round_id: int = 0) -> HttpResponse:
    try:
        told = step()
    except NotFound:
        raise
    except told_here(request) as problem:
        return _show(request, honour_id, problem, round_id)
    messages.success(request, told)
    return redirect("artisan-growth", honour_id)


def _show(
    request: HttpRequest, honour_id: int, problem: GongjiangError | None = None, round_id: int = 0
) -> HttpResponse:
    """`round_id`: in whose forms stands again what was typed when there was a problem."""
    honour = get_honour(request.actor, honour_id)
    hands = hands_of(request.actor, honour)
    views = rounds_of(honour)
    powers, measured = powers_of(honour), measured_of(views)
    others = Hand.ARTISAN not in hands
    sums = learnt(honour)
    running = views[0] if views and views[0].round.ended is None else None
    context = {
        "honour": honour,
        "own": Hand.ARTISAN in hands,
        "may_begin": others and bool(hands & KEEPING) and running is None and honour.state in {"trainee", "stands"},
        "may_end": others and bool(hands & KEEPING),
        "may_teach": others and bool(hands & {*KEEPING, Hand.MENTOR}),
        "views": [_view(one, powers, request.POST if one.round.pk == round_id else {}) for one in views],
        "radar": chart.radar(powers, measured),
        "lines": chart.lines(powers, measured),
        "heads": chart.heads(measured),
        "table": chart.table(powers, measured),
        "sums": [(label_of(kind), n, hours, people) for kind, n, hours, people in sums.kinds],
        "totals": sums,
        "powers": [("", "不分"), *((one, one) for one in powers)],
        "log_url": reverse("artisan-log", args=[honour.pk]),
        "today": today_of(request.at).isoformat(),
        "accept": ACCEPT,
        "problem": problem,
        "typed": request.POST if problem is not None else {},
    }
    return render(request, "training/growth.html", context, status=problem.status if problem else 200)


def _view(one: RoundView, powers: tuple[str, ...], typed: Mapping[str, Any]) -> dict[str, Any]:
    entry, evaluation = one.measured.get("entry", {}), one.measured.get("evaluation", {})
    key, began = one.round.pk, f"{long_date(one.round.begun)}起"
    ids = {
        f"{part}_{name}": f"{part}-{name}-{key}"
        for part in ("entry", "task", "evaluation")
        for name in ("id", "on", "title", "what", "power", "due", "hours")
    }
    return ids | {
        "anchor": f"round-{key}",
        "span": began if one.round.ended is None else f"{began}，至{long_date(one.round.ended)}",
        "aside": "进行中" if one.round.ended is None else "已结束",
        "entry_label": "更正入学测评" if entry else "记入学测评",
        "entry_kind": "" if entry else "primary",
        "evaluation_label": "更正评价" if evaluation else "记评价",
        "task_url": reverse("growth-round", args=[key, "task"]),
        "v": one,
        "round": one.round,
        "running": one.round.ended is None,
        "steps": [
            {"title": step.label, "when": step.said, "state": step.state} for step in one.steps
        ],
        "tasks": [{"one": task, "mark": MARKS[task.state], "files": list(task.files.all())} for task in one.tasks],
        "typed": typed,
        "entry": _scores(powers, entry, typed, Moment.ENTRY, one.round.pk),
        "evaluation": _scores(powers, evaluation, typed, Moment.EVALUATION, one.round.pk),
        "tested": bool(entry),
        "evaluated": bool(evaluation),
    }  # fmt: skip


def _scores(
    powers: tuple[str, ...], known: Mapping[str, Decimal], typed: Mapping[str, Any], moment: str, key: int
) -> list[tuple[str, str, str, str]]:
    """The fields of a measurement (name, label, value, id): as typed just now, else as it stands."""
    here = typed if typed.get("moment") == moment else {}
    names = [f"score-{n}" for n in range(len(powers))]
    told = [str(here.get(name, _score(known.get(power))))[:6] for name, power in zip(names, powers, strict=True)]
    return [(name, power, say, f"{moment}-{key}-{name}") for name, power, say in zip(names, powers, told, strict=True)]


def _score(value: Decimal | None) -> str:
    return "" if value is None else chart.shown(value)


def _measure(request: HttpRequest, one: Any) -> str:
    powers, said = powers_of(one.honour), request.POST
    scores = {
        power: read_score(said[f"score-{n}"], power)
        for n, power in enumerate(powers)
        if said.get(f"score-{n}", "").strip()
    }
    moment = said.get("moment", "")
    measure(
        actor=request.actor,
        at=request.at,
        round_id=one.pk,
        moment=moment,
        on=day_of(said, "on", "日期", today_of(request.at)),
        scores=scores,
    )
    return "入学测评已记。" if moment == Moment.ENTRY else "评价已记。"


def _task(request: HttpRequest, one: Any) -> str:
    said = request.POST
    asked = Asked(
        title=said.get("title", ""),
        what=said.get("what", ""),
        power=said.get("power", ""),
        due=day_or_none(said, "due", "完成期限"),
        hours=hours_of(said, "hours", "学时") or Decimal(0),
    )
    made = set_task(actor=request.actor, at=request.at, round_id=one.pk, asked=asked)
    return f"任务“{made.title}”已布置。"


def _end(request: HttpRequest, one: Any) -> str:
    end_round(actor=request.actor, at=request.at, round_id=one.pk, on=today_of(request.at))
    return f"“{one.title}”已结束。"


def _hand(request: HttpRequest, task_id: int) -> str:
    files = files_of(request, "photo", "file", place="材料")
    hand_in(**_acting(request, task_id), text=request.POST.get("text", ""), files=files)
    return "已提交，等待验收。"


def _accept(request: HttpRequest, task_id: int) -> str:
    judge_task(**_acting(request, task_id), accepted=True, note=request.POST.get("note", ""))
    return "已验收，记入活动记录。"


def _return(request: HttpRequest, task_id: int) -> str:
    judge_task(**_acting(request, task_id), accepted=False, note=request.POST.get("note", ""))
    return "已退回。"


def _drop(request: HttpRequest, task_id: int) -> str:
    drop_task(**_acting(request, task_id))
    return "任务已删去。"


def _acting(request: HttpRequest, task_id: int) -> dict[str, Any]:
    version = whole(request.POST.get("version"), 0)
    return {"actor": request.actor, "at": request.at, "task_id": task_id, "version": version}


_ROUND: Final[Mapping[str, Callable[[HttpRequest, Any], str]]] = {"measure": _measure, "task": _task, "end": _end}
_TASK: Final[Mapping[str, Callable[[HttpRequest, int], str]]] = {
    "hand": _hand,
    "accept": _accept,
    "return": _return,
    "drop": _drop,
}
