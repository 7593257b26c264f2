"""An expert's panels, the declaration before names open, the queue."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.rounding import decimal_text
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import stage_window
from gongjiang.services.scoring.authority import own_seat, panel_stage
from gongjiang.services.scoring.blind.code import called
from gongjiang.services.scoring.blind.order import in_order
from gongjiang.services.scoring.panel import TIES, declare
from gongjiang.services.scoring.queries import Place, closed_among, my_seats, places_of
from gongjiang.services.scoring.sheet import submit_sheet
from gongjiang.services.scoring.trees import judged_nodes, tree_of
from gongjiang.web.access import signed_in

STATUS = {
    "todo": ("waiting", "未评"),
    "draft": ("draft", "草稿"),
    "done": ("passed", "已提交"),
    "recused": ("withdrawn", "回避"),
    "abstained": ("withdrawn", "弃权"),
    "void": ("struck", "作废"),
}
TIE_LABELS = {
    "employers": ("现在和曾经工作的单位", "与我同单位的人选须回避"),
    "branches": ("我所在的工会分会", "如“某某公司工会二车间分会”；同一分会的人选须回避"),
    "kin": ("亲属的姓名", "配偶、直系血亲、三代以内旁系血亲和近姻亲中可能参评的人"),
    "mentor_of": ("徒弟、学生或师傅的姓名", "有师徒关系的须回避"),
    "recommended": ("我写过推荐的人", "曾为其写推荐函的须回避"),
    "together": ("五年内和我共同受表彰、共同完成成果的人", "论文、专利、标准、工法的共同完成人，同一集体的获奖人"),
}


@signed_in
def seats(request: HttpRequest) -> HttpResponse:
    """The panels one sits on, with how far one is."""
    rows: list[dict[str, Any]] = []
    mine = my_seats(request.actor)
    ended = closed_among(mine)
    for one in mine:
        programme = programme_of(one.expert.process)
        stage = panel_stage(programme, one.expert.stage)
        closed = one.expert.pk in ended
        open_ = not closed and (not one.expert.declared_at or one.finished < one.given)
        verb = "申明与保密" if not one.expert.declared_at and not closed else "去评分" if open_ else "查看"
        rows.append(
            {
                "seat": one,
                "verb": verb,
                "waits": 0 if open_ else 2 if closed else 1,
                "closed": closed,
                "edition": programme.edition,
                "stage": stage,
                "until": stage_window(programme, stage).last_day,
                "url": "judging-queue" if one.expert.declared_at else "judging-declare",
            }
        )
    rows.sort(key=lambda row: row["waits"])
    return render(request, "scoring/seats.html", {"rows": rows})


@signed_in
def declaration(request: HttpRequest, expert_id: int) -> HttpResponse:
    """Confidentiality and ties, before any name is seen; later again, to add what was forgotten."""
    seat = own_seat(request.actor, expert_id)
    programme = programme_of(seat.process)
    problem = None
    if request.method == "POST":
        try:
            declare(
                actor=request.actor,
                at=request.at,
                expert_id=expert_id,
                confidential=bool(request.POST.get("confidential")),
                ties={kind: names(request.POST.get(kind, "")) for kind in TIES},
            )
        except GongjiangError as error:
            problem = error
        else:
            messages.success(request, "申明已记录。")
            return redirect("judging-queue", expert_id)
    fields = [
        {
            "kind": "textarea",
            "name": kind,
            "label": TIE_LABELS[kind][0],
            "hint": f"{TIE_LABELS[kind][1]}；一行一个，没有就空着",
            "size": "low",
            "value": request.POST.get(
                kind, "\n".join(seat.declared.get(kind, [seat.employer] if kind == TIES[0] else []))
            ),
        }
        for kind in TIES
    ]
    context = {"seat": seat, "programme": programme, "stage": programme.stage(seat.stage), "fields": fields}
    return render(
        request, "scoring/declare.html", context | {"problem": problem}, status=problem.status if problem else 200
    )


@signed_in
def queue_page(request: HttpRequest, expert_id: int) -> HttpResponse:
    """One's own pile with one's own totals."""
    seat = own_seat(request.actor, expert_id)
    if seat.declared_at is None:
        return redirect("judging-declare", expert_id)
    programme = programme_of(seat.process)
    stage = panel_stage(programme, seat.stage)
    places = in_order(programme, stage, places_of(seat))
    leaves = leaf_count(programme, seat.stage)
    blind = is_blind(programme, stage)
    rows = [
        {
            "place": one,
            "nominee": called(programme, stage, one.assignment.case),
            "number": "" if blind else one.assignment.case.number,
            "state": STATUS[one.status],
            "total": decimal_text(one.total) if one.total is not None else "",
            "filled": len(one.sheet.scores) if one.sheet else 0,
        }
        for one in places
    ]
    ready = sum(one.status == "draft" and one.sheet is not None and len(one.sheet.scores) == leaves for one in places)
    following = next((one for one in places if not one.decided), None)
    context = {
        "seat": seat,
        "programme": programme,
        "stage": stage,
        "blind": blind,
        "rows": rows,
        "leaves": leaves,
        "ready": ready,
        "following": following.assignment.pk if following else None,
        "counts": counts(places),
    }
    return render(request, "scoring/queue.html", context)


@signed_in
@require_POST
def submit_all(request: HttpRequest, expert_id: int) -> HttpResponse:
    """Hand in every sheet whose leaves are all scored."""
    seat = own_seat(request.actor, expert_id)
    programme = programme_of(seat.process)
    stage = panel_stage(programme, seat.stage)
    leaves = leaf_count(programme, seat.stage)
    done, refused = 0, []
    for one in in_order(programme, stage, places_of(seat)):
        if one.status != "draft" or one.sheet is None or len(one.sheet.scores) != leaves:
            continue
        try:
            submit_sheet(actor=request.actor, at=request.at, assignment_id=one.assignment.pk)
            done += 1
        except GongjiangError as error:
            refused.append(f"{called(programme, stage, one.assignment.case)}：{error.text}")
    messages.success(request, f"已提交 {done} 份评分，不能再改。")
    for text in refused:
        messages.error(request, text)
    return redirect("judging-queue", expert_id)


def names(text: str) -> list[str]:
    """Names or units as typed: by lines, 、 or commas."""
    for mark in "、，,；;":
        text = text.replace(mark, "\n")
    return [one.strip() for one in text.splitlines() if one.strip()]


def leaf_count(programme: Programme, stage_id: str) -> int:
    """How many scores a sheet has."""
    root = tree_of(programme, programme.stage(stage_id))
    return len(judged_nodes(root)) if root is not None else 0


def counts(places: Sequence[Place]) -> list[dict[str, Any]]:
    """Key figures of a pile."""
    todo = sum(one.status == "todo" for one in places)
    drafts = sum(one.status == "draft" for one in places)
    done = sum(one.status == "done" for one in places)
    return [
        {"value": todo, "label": "未评", "hot": bool(todo)},
        {"value": drafts, "label": "草稿"},
        {"value": done, "label": "已提交"},
    ]
