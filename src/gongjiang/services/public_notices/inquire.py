"""核实: what was looked into, day by day, with what was found; and what an objector adds to a matter of theirs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO, Final

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import check_length, clean
from gongjiang.models import Objection, ObjectionFile, ObjectionStep
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.public_notices.authority import publish_stage, require_handler
from gongjiang.services.public_notices.handle import State, held, require_state
from gongjiang.services.public_notices.objection_files import keep_files, read_files
from gongjiang.services.public_notices.pages import follow
from gongjiang.services.public_notices.settle import OVER
from gongjiang.services.public_notices.steps import WAYS, Kind, add_step
from gongjiang.services.public_notices.telling import tell_handlers

LONGEST: Final = 2000
SUPPLEMENTS: Final = 10
"""So often may a matter be added to."""
Files = Sequence[tuple[str, BinaryIO]]


def look(
    *,
    actor: Actor,
    at: datetime,
    objection_id: int,
    way: str,
    text: str,
    on: date | None = None,
    files: Files = (),
    version: int | None = None,
) -> ObjectionStep:
    """Write down one step of the inquiry: in which way, on which day, what came of it, with its papers. The matter is
    under verification from the first one. Raises BadInput by field, NotAllowed, Refused, Stale."""
    if way not in WAYS:
        raise BadInput(f"方式只能选：{'、'.join(WAYS)}。", "No such way.", place="方式")
    said = _said(text, "查证情况")
    today = timezone.localtime(at).date()
    if on is not None and on > today:
        raise BadInput("查证日期不能晚于今天。", "Dated ahead.", place="查证日期")
    sent = read_files(files, ObjectionFile.Kind.INQUIRY, "查证材料")
    with transaction.atomic():
        objection, programme, stage = held(objection_id, version)
        require_handler(actor, programme, stage, objection.entry.case)
        require_state(objection, State.ADMITTED, State.VERIFYING)
        objection.state, objection.version = State.VERIFYING, objection.version + 1
        objection.save(update_fields=["state", "version"])
        Objection.objects.filter(merged_into=objection).update(state=State.VERIFYING)
        step = add_step(objection, Kind.LOOK, at, actor, text=said, way=way, on=on or today)
        append(
            actor=actor, at=at, action="objection.look", kind="objection", key=objection.pk,
            case_id=objection.entry.case_id, edition_id=programme.edition.pk,
            data={"receipt": objection.receipt, "way": way, "files": len(sent), "version": objection.version},
        )  # fmt: skip
        keep_files(objection, sent, at, step)
    return step


def supplement(*, actor: Actor, at: datetime, receipt: str, code: str, text: str, files: Files = ()) -> Objection:
    """Whoever raised the matter adds words or files to it, by number and code, until it is decided. Raises NotFound
    for a wrong number or code, BadInput, Refused once it is over or was added to too often."""
    found = follow(receipt, code)
    said = _said(text, "补充情况")
    sent = read_files(files, ObjectionFile.Kind.EVIDENCE, "材料")
    with transaction.atomic():
        objection = Objection.objects.select_for_update().get(pk=found.pk)
        if objection.state in OVER:
            raise Refused("这件异议已经办结，不能再补充。", "Over.")
        if ObjectionStep.objects.filter(objection=objection, kind=Kind.SUPPLEMENT).count() >= SUPPLEMENTS:
            raise Refused(f"一件异议最多补充 {SUPPLEMENTS} 次。", "Added to too often.")
        objection.version += 1
        objection.save(update_fields=["version"])
        step = add_step(objection, Kind.SUPPLEMENT, at, text=said)
        programme = programme_of(found.entry.notice.process)
        stage = publish_stage(programme, found.entry.notice.stage)
        tell_handlers(
            programme,
            stage,
            at,
            f"异议 {objection.receipt} 的反映人补充了情况。",
            objection.pk,
            unit=found.entry.notice.unit_id,
        )
        append(
            actor=actor, at=at, action="objection.supplement", kind="objection", key=objection.pk,
            case_id=found.entry.case_id, edition_id=programme.edition.pk,
            data={"receipt": objection.receipt, "files": len(sent)},
        )  # fmt: skip
        keep_files(objection, sent, at, step, nameless=objection.signed == Objection.Signed.ANONYMOUS)
    return objection


def _said(text: str, label: str) -> str:
    said = clean(text).strip()
    if not said:
        raise BadInput(f"请写明{label}。", "Say what.", place=label)
    decision = check_length(said, LONGEST, label=label)
    if not decision.allowed:
        raise BadInput(decision.reasons[0].text, "Too long.", place=label)
    return said
