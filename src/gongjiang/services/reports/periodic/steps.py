"""A report's steps: sent for review, approved and submitted, received or returned, archived."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Message, PeriodicReport, ReportList
from gongjiang.rules.reports.moves import SEALED, STEPS, State, Step
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.reports.periodic.scope import acts_for, get_report, need
from gongjiang.services.reports.periodic.versions import swap
from gongjiang.services.reports.periodic.write import require_whole


@transaction.atomic
def take(*, actor: Actor, at: datetime, report_id: int, action: str, version: int, reason: str = "") -> PeriodicReport:
    """One step of the table. Raises NotFound, NotAllowed, BadInput (reason, something missing), Refused, Stale."""
    step = STEPS.get(action)
    report = get_report(actor, report_id)
    if step is None:
        raise NotFound()
    need(actor, report.unit if step.unit else report.call.asker, step.roles)
    said = clean(reason).strip()[:500]
    if step.reason and not said:
        raise BadInput("请写明理由。", "Give the reason.", place="理由")
    if action == "send":
        require_whole(report)
    if action == "submit" and actor.user_id is not None and report.sent_by_id == actor.user_id:
        raise Refused("送审的人不能自己审核上报，请由另一位审批人员办理。", "A second person approves.")
    swap(report, step.froms, version, _values(actor, at, report, step, said))
    append(
        actor=actor, at=at, action=f"report.{action}", kind="report", key=report.pk,
        edition_id=report.call.edition_id, data={"reason": said, "digest": report.digest},
    )  # fmt: skip
    _tell(at, report, step, said)
    return report


def steps_for(actor: Actor, report: PeriodicReport) -> list[tuple[str, Step]]:
    """What the actor may do with it now."""
    return [
        (name, one)
        for name, one in STEPS.items()
        if report.state in one.froms
        and acts_for(actor, report.unit if one.unit else report.call.asker, one.roles)
        and not (name == "submit" and actor.user_id is not None and report.sent_by_id == actor.user_id)
    ]


def digest_of(report: PeriodicReport) -> str:
    """Of all that a report says: its unit, period, texts, figures and the lists behind them."""
    lists = ReportList.objects.filter(report=report).order_by("figure").values_list("figure", "of", "ids", "amounts")
    said = {
        "call": report.call_id,
        "unit": report.unit_id,
        "texts": report.texts,
        "figures": report.figures,
        "drawn_on": report.drawn_on.isoformat() if report.drawn_on else "",
        "lists": [[*one, amounts] if amounts else one for *one, amounts in lists],
    }
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _values(actor: Actor, at: datetime, report: PeriodicReport, step: Step, reason: str) -> Mapping[str, Any]:
    values: dict[str, Any] = {"state": str(step.to), "note": reason if step.reason else ""}
    if step.to == State.REVIEW:
        values["sent_by_id"] = actor.user_id
    if step.to == State.SUBMITTED:
        values |= {"submitted_at": at, "digest": digest_of(report)}
    if step.to not in SEALED:
        values["digest"] = ""
    return values


def _tell(at: datetime, report: PeriodicReport, step: Step, reason: str) -> None:
    name = f"{report.call.period}{report.call.title}"
    unit = report.unit.short_name or report.unit.name
    if step.to == State.SUBMITTED:
        tell(at=at, text=f"{unit}报来{name}。", link="reports", organisation_id=report.call.asker_id,
             headline="下级单位报来工作报告。")  # fmt: skip
    if step.to in (State.RETURNED, State.RECEIVED):
        words = f"已接收{name}。" if step.to == State.RECEIVED else f"退回{name}：{reason}"
        tell(at=at, text=words, link="reports", organisation_id=report.unit_id, kind=Message.Kind.REMINDER,
             headline="上级工会对工作报告有答复。")  # fmt: skip
