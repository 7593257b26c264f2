"""Judgements that people make about a case or its rows; exceptions; reasons for soft rules (ledger X-05, G-04)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.kernel.truth import Truth
from gongjiang.models import Assignment, Case, Judgement
from gongjiang.rules.programmes.schema.words import Judgement as JudgementSpec
from gongjiang.services.nominations.asking import ask_opinions
from gongjiang.services.nominations.authority import is_applicant, may_act
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.rows import states_of, waive
from gongjiang.services.nominations.save import may_edit
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.judge import read_answer, record
from gongjiang.services.programmes.programme import Programme, programme_of


def may_judge(actor: Actor, programme: Programme, case: Case, spec: JudgementSpec) -> bool:
    """Those the pack names: an organisation's officers, or a panel's experts with their assigned cases; for a
    panel as a whole, whoever runs it and keeps the record of its meeting."""
    if actor.is_platform:
        return True
    if actor.user_id is None or is_applicant(actor, case):
        return False
    if may_act(actor, programme, case, spec.by):
        return True
    asked = programme.expand(spec.by)
    panels = [one for one in programme.stages if programme.expand(getattr(one, "jury", ())) & asked]
    if any(may_act(actor, programme, case, one.by) for one in panels):
        return True
    return (
        bool(panels)
        and Assignment.objects.filter(case=case, expert__user_id=actor.user_id, state="assigned")
        .exclude(expert__declared_at=None)
        .exists()
    )


@transaction.atomic
def judge_case(
    *, actor: Actor, at: datetime, case_id: int, question: str, answer: Any, basis: str = "", row: str = ""
) -> Judgement:
    """Answer a question of the pack about a case (`row`: 'group:row id' for one of its rows)."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    spec = next((one for one in programme.pack.judgements if one.id == question), None)
    if spec is None:
        raise NotFound(f"没有“{question}”这个认定事项。", "No such judgement.")
    if not may_judge(actor, programme, case, spec):
        names = "、".join(programme.role_label(one) for one in spec.by)
        raise NotAllowed(f"“{spec.question}”由{names}认定。", "Not yours to judge.")
    value = read_answer(spec.takes, answer, spec.question)
    about, key = _about(programme, case, spec, row)
    return record(
        actor=actor,
        at=at,
        programme=programme,
        question=question,
        about=about,
        key=key,
        answer=value,
        basis=basis.strip()[:500],
        case_id=case.pk if about in {"case", "row"} else None,
        organisation_id=actor.active.organisation_id if actor.active else None,
    )


def _about(programme: Programme, case: Case, spec: JudgementSpec, row: str) -> tuple[str, str]:
    if isinstance(spec.about, dict):
        path = spec.about.get("each", "")
        facts = facts_of_one(programme, case)
        value = facts.case.get(path.removeprefix("case.")) if path.startswith("case.") else facts.subject.get(path)
        return f"each:{path}", f"{path}:{value}"
    if spec.about == "row":
        if not row:
            raise BadInput("请指明认定哪一条明细。", "Say which row.", place=spec.question)
        return "row", f"row:{case.pk}:{row}"
    if spec.about == "unit":
        return "unit", f"unit:{case.nominator.short_name}"
    return (spec.about, f"case:{case.pk}") if spec.about == "case" else ("edition", "")


@transaction.atomic
def grant_exception(*, actor: Actor, at: datetime, case_id: int, exception: str, record_text: str) -> Case:
    """破格 on record: approved by the body the pack names, with its written reason."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    spec = next((one for one in programme.pack.exceptions if one.id == exception), None)
    if spec is None:
        raise NotFound(f"没有“{exception}”这种破格。", "No such exception.")
    if not may_act(actor, programme, case, spec.approval.by, deciding=True) or is_applicant(actor, case):
        raise NotAllowed("破格由通知指定的单位审批。", "Not yours to grant.")
    if not record_text.strip():
        raise BadInput("破格须写明书面理由。", "An exception needs its reason.", place=spec.shown)
    if spec.when is not None and holds(programme, spec.when, facts_of_one(programme, case)) is not Truth.TRUE:
        raise BadInput("破格的前提还没有认定。", "Its condition hasn't been judged.", place=spec.shown)
    before = states_of(case)
    Case.objects.filter(pk=case.pk).update(exception=exception, version=case.version + 1)
    case.exception = exception
    opened = waive(programme, case, at)
    ask_opinions(programme, case, opened, facts_of_one(programme, case), at, telling=True)
    changed = {name: state for name, state in states_of(case).items() if before.get(name) != state}
    moved = {"rows": changed, "state": case.state} if changed else {}
    note_case(actor, at, case, "case.exception", {"exception": exception, "reason": record_text.strip(), **moved})
    case.refresh_from_db()
    return case


@transaction.atomic
def give_reason(*, actor: Actor, at: datetime, case_id: int, rule: str, reason: str) -> Case:
    """Why a soft rule is not met, written by the filing or nominating side; accepted by whoever checks."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    nominates = may_act(actor, programme, case, tuple(programme.nominating))
    if not (nominates or may_edit(actor, case)):
        raise NotAllowed("理由由填报或推荐的单位写明。", "The filing or nominating side gives reasons.")
    spec = next((one for one in programme.pack.rules if one.id == rule), None)
    if spec is None:
        raise NotFound("没有这一条。", "No such rule.")
    if spec.force != "soft":
        raise BadInput("这一条不是“一般”“原则上”的条件，不能以说明理由代替。", "Not a soft rule.", place=spec.shown)
    if not reason.strip():
        raise BadInput("请写明理由。", "Give the reason.", place=rule)
    case.reasoned = {**case.reasoned, rule: {"reason": reason.strip()[:500], "accepted": False, "by": actor.user_id}}
    return _keep_reason(actor, at, case, "case.reason", rule)


@transaction.atomic
def accept_reason(*, actor: Actor, at: datetime, case_id: int, rule: str) -> Case:
    """Accept the reason for a soft rule; never by the person who wrote it."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    given = case.reasoned.get(rule)
    if given is None:
        raise BadInput("还没有写明理由。", "No reason was given.", place=rule)
    checking = tuple(role for stage in programme.stages if stage.type == "check" for role in stage.by)
    if given.get("by") == actor.user_id and actor.user_id is not None:
        raise NotAllowed("不能认可自己写的理由。", "Somebody else must accept it.")
    if not may_act(actor, programme, case, checking) or is_applicant(actor, case):
        raise NotAllowed("理由由审核单位认可。", "Not yours to accept.")
    case.reasoned = {**case.reasoned, rule: {**given, "accepted": True, "accepted_by": actor.user_id}}
    return _keep_reason(actor, at, case, "case.reason_accepted", rule)


def _keep_reason(actor: Actor, at: datetime, case: Case, action: str, rule: str) -> Case:
    case.version += 1
    case.save(update_fields=["reasoned", "version"])
    note_case(actor, at, case, action, {"rule": rule})
    return case
