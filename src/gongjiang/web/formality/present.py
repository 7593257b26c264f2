"""From services' answers to what the components show."""

from typing import Any

from django.urls import NoReverseMatch, reverse

from gongjiang.rules.programmes.explain import RuleOutcome, sentence
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.formality.dossier import Question
from gongjiang.web.nominations.steps import in_months

CASE_STATES = {
    CaseState.DRAFT: ("draft", "草稿"),
    CaseState.RUNNING: ("in_progress", "办理中"),
    CaseState.RETURNED: ("returned", "退回补正"),
    CaseState.REJECTED: ("rejected", "不予通过"),
    CaseState.NOT_SELECTED: ("waiting", "未列入"),
    CaseState.WITHDRAWN: ("withdrawn", "已撤回"),
    CaseState.DISQUALIFIED: ("struck", "已取消资格"),
    CaseState.NAMED: ("named", "已命名"),
    CaseState.SETTLED: ("passed", "已办结"),
}
#: What an outsider is told of a case in the running: by the type of the stage that is open.
OUTSIDE = {"apply": "填报中", "check": "审核中", "opinion": "审核中", "submit": "审核中", "publish": "公示中"}
OUTSIDE_ENDED = {CaseState.REJECTED: "未通过审核", CaseState.NOT_SELECTED: "未入选"}
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
        "sentence": in_months(told),
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
