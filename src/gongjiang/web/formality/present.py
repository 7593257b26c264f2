"""From services' answers to what the components show."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from gongjiang.rules.programmes.explain import RuleOutcome, sentence
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.formality.dossier import Dossier, Question

CASE_STATES = {
    CaseState.DRAFT: ("draft", "草稿"),
    CaseState.RUNNING: ("in_progress", "办理中"),
    CaseState.RETURNED: ("returned", "退回补正"),
    CaseState.REJECTED: ("rejected", "不予通过"),
    CaseState.NOT_SELECTED: ("waiting", "未列入"),
    CaseState.WITHDRAWN: ("withdrawn", "已撤回"),
    CaseState.DISQUALIFIED: ("struck", "已取消资格"),
    CaseState.NAMED: ("named", "已命名"),
}
ROW_STATES = {
    RowState.WAITING: ("next", "待办理"),
    RowState.OPEN: ("now", "正在办理"),
    RowState.DONE: ("done", "已办结"),
    RowState.ALTERNATE: ("now", "备选"),
    RowState.OUT: ("back", "到此为止"),
    RowState.PASSED_BY: ("done", "不适用"),
    RowState.STRUCK: ("back", "已终止"),
}
OUTCOMES = {"pass": "met", "fail": "unmet", "unknown": "missing", "na": "not_applicable"}
ORDER = {"fail": 0, "unknown": 1, "pass": 2, "na": 3}
FORCES = {"soft": "soft", "prefer": "prefer", "guide": "guide"}


def link(name: str, *args: object) -> str:
    """The address of a page, '' where this installation doesn't have it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def rule_of(one: RuleOutcome) -> dict[str, Any]:
    """A rule's row: what came of it, its sentence without the clause, which stands below."""
    key = OUTCOMES[one.outcome]
    if one.outcome == "unknown" and one.waiting_for and all(gap.kind == "judged" for gap in one.missing):
        key = "judge"
    if one.overlay:
        key = "exception" if one.overlay == "excepted" else "justified"
    text = sentence(one)
    told = text.partition("：")[2].rpartition(" → ")[0] if one.clauses else text.rpartition(" → ")[0]
    return {
        "id": one.rule,
        "title": one.name,
        "outcome": key,
        "label": "" if key != "judge" else "待认定",
        "sentence": told,
        "clause": f"通知 {'、'.join(one.clauses)}" if one.clauses else "",
        "force": FORCES.get(one.force, ""),
    }


def rules_of(outcomes: tuple[RuleOutcome, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rules that must hold (worst first), and preferences that are only shown."""
    must = sorted((one for one in outcomes if one.force in {"hard", "soft"}), key=lambda one: ORDER[one.outcome])
    shown = [one for one in outcomes if one.force in {"prefer", "guide"}]
    return [rule_of(one) for one in must], [rule_of(one) for one in shown]


def answer_text(question: Question) -> str:
    """An answer as people read it."""
    if question.answer is None:
        return ""
    if isinstance(question.answer, bool):
        return "是" if question.answer else "否"
    if isinstance(question.answer, list):
        return "、".join(str(one) for one in question.answer)
    return question.spec.takes.options.get(str(question.answer), str(question.answer))


def timeline_of(found: Dossier) -> list[dict[str, Any]]:
    """The case's way through the stages, those passed by left out."""
    items = []
    for stage, row in found.way:
        if row is not None and row.state == RowState.PASSED_BY:
            continue
        state, note = ROW_STATES[RowState(row.state)] if row is not None else ("next", "")
        when = timezone.localtime(row.moved_at) if row is not None and row.moved_at else None
        items.append(
            {
                "title": stage.shown,
                "when": f"{when.month}月{when.day}日" if when else "",
                "note": (row.note if row is not None and row.note else note) if state != "next" else "",
                "state": state,
            }
        )
    return items


def acts_of(found: Dossier) -> list[dict[str, Any]]:
    """The decision bar: negative steps first, the one dark (or red, where it files upward) button last."""
    items = []
    for act in found.acts:
        upward = act.move.action == "report"
        kind = (
            "negative"
            if act.move.action == "reject"
            else ""
            if act.move.reason
            else "official"
            if upward
            else "primary"
        )
        items.append(
            {
                "stage": act.stage,
                "move": act.move,
                "key": act.key,
                "title": f"{act.move.label}：{act.who}",
                "opener": f"{act.move.label}…",
                "kind": kind,
                "full_label": f"{act.stage.shown}：{act.move.label}",
                "back_to": act.back_to,
                "first_target": act.back_to[0][0] if act.back_to else "",
                "back_id": f"{act.key}-to",
                "reason_id": f"{act.key}-why",
            }
        )
    return sorted(items, key=lambda one: (not one["move"].reason, one["kind"] != "negative"))
