"""Change an honour's standing: suspend, restore, withdraw, end, reinstate. Exit and end of term come here, with their
own hearings behind them; certificates and credentials follow by themselves, for they ask the honour (TRUST 8).
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import EditionRole, Honour, StandingChange
from gongjiang.rules.honours.standing import HELD, Change, Standing, next_standing
from gongjiang.rules.programmes.stage_types.name import Name
from gongjiang.services.honours.note import note_honour
from gongjiang.services.nominations.authority import may_decide
from gongjiang.services.programmes.programme import Programme, programme_of, whole_pack
from gongjiang.services.tallies import recount

LABELS = {
    Change.SUSPEND: "暂停",
    Change.RESTORE: "恢复",
    Change.WITHDRAW: "撤销",
    Change.END: "期满",
    Change.CONFER: "认定",
    Change.REINSTATE: "恢复已撤销的荣誉",
}


def suspend(*, actor: Actor, at: datetime, honour_id: int, reason: str, basis: str = "") -> Honour:
    """For the time of an inquiry: its certificate isn't valid meanwhile."""
    return change_standing(actor=actor, at=at, honour_id=honour_id, change=Change.SUSPEND, reason=reason, basis=basis)


def restore(*, actor: Actor, at: datetime, honour_id: int, reason: str, basis: str = "") -> Honour:
    """A suspension ends; the honour is what it was."""
    return change_standing(actor=actor, at=at, honour_id=honour_id, change=Change.RESTORE, reason=reason, basis=basis)


def withdraw(*, actor: Actor, at: datetime, honour_id: int, reason: str, basis: str) -> Honour:
    """For good; `basis`: the decision's document, without which nothing is withdrawn."""
    return change_standing(actor=actor, at=at, honour_id=honour_id, change=Change.WITHDRAW, reason=reason, basis=basis)


def end(*, actor: Actor, at: datetime, honour_id: int, reason: str, basis: str = "") -> Honour:
    """Its term is over, or whoever held it gave it back."""
    return change_standing(actor=actor, at=at, honour_id=honour_id, change=Change.END, reason=reason, basis=basis)


@transaction.atomic
def change_standing(
    *, actor: Actor, at: datetime, honour_id: int, change: Change, reason: str, basis: str = ""
) -> Honour:
    """Carry out a change that the table of rules/honours/standing allows. Approvers of the conferring body.

    Raises NotFound, NotAllowed, BadInput (no reason, no basis), Refused (not lawful from here), Stale.
    """
    honour = Honour.objects.select_related("document__process__edition__pack").filter(pk=honour_id).first()
    if honour is None or honour.document is None:
        raise NotFound()
    if not _may(actor, programme_of(honour.document.process), change):
        raise NotAllowed("由命名单位的审批人员办理。", "Approvers of the conferring body do this.")
    return carry(actor=actor, at=at, honour=honour, change=change, reason=reason, basis=basis)


def carry(*, actor: Actor, at: datetime, honour: Honour, change: Change, reason: str, basis: str = "") -> Honour:
    """The change itself, for rooms that have asked who decides it (the outcome of an assessment). Raises as
    `change_standing`."""
    reason, basis = clean(reason).strip(), clean(basis).strip()
    if not reason:
        raise BadInput("请写明理由。", "Give the reason.", place="理由")
    if change in {Change.WITHDRAW, Change.REINSTATE} and not basis:
        raise BadInput("请写明所依据的决定文号。", "Give the decision it rests on.", place="依据")
    before = Standing(honour.state)
    after = next_standing(before, change, _held(honour))
    if after is None:
        raise Refused(
            f"{honour.name}现为“{honour.get_state_display()}”，不能{LABELS[change]}。", "Not lawful from here."
        )
    _set(honour, before, after)
    StandingChange.objects.create(
        honour=honour, change=change, before=before, after=after, reason=reason[:300], basis=basis[:120],
        by_id=actor.user_id, at=at,
    )  # fmt: skip
    told = {"before": before.value, "after": after.value, "reason": reason[:300], "basis": basis[:120]}
    note_honour(actor, at, honour, f"honour.{change}", told)
    return honour


def _may(actor: Actor, programme: Programme, change: Change) -> bool:
    """Approvers of the conferring body; what was withdrawn is given back by them or by a body over them."""
    roles = [role for stage in whole_pack(programme.edition).stages if isinstance(stage, Name) for role in stage.by]
    if may_decide(actor, programme, roles):
        return True
    if change is not Change.REINSTATE:
        return False
    held = EditionRole.objects.filter(edition=programme.edition, role__in=programme.expand(tuple(roles)))
    above = {part for path in held.values_list("organisation__path", flat=True) for part in path.split("/") if part}
    return any(actor.has("approver", organisation_id=int(one)) for one in above)


def _held(honour: Honour) -> Standing | None:
    """What it last was while it was held, from the record of its changes."""
    states = StandingChange.objects.filter(honour=honour).order_by("-id").values_list("before", flat=True)
    return next((Standing(one) for one in states if one in HELD), None)


def _set(honour: Honour, before: Standing, after: Standing) -> None:
    try:
        with transaction.atomic():
            done = Honour.objects.filter(pk=honour.pk, state=before).update(state=after)
    except IntegrityError as error:
        raise Refused(
            "本届已重新授予同一奖项，不能再恢复原来的。", "The award was conferred anew meanwhile."
        ) from error
    if not done:
        raise Stale("这项荣誉的状态刚刚变了，请刷新后重试。", "The standing changed meanwhile.")
    honour.state = after
    recount([honour.pk])
