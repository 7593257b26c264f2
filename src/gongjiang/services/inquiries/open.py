"""Open a matter (立案): about whom, on which ground, what was reported."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case, Inquiry, Organisation
from gongjiang.rules.inquiries.grounds import OWN, Ground
from gongjiang.services.inquiries.authority import barred, may_open, works_in
from gongjiang.services.inquiries.prospect import Prospect
from gongjiang.services.inquiries.telling import tell_bodies
from gongjiang.services.inquiries.writing import sealed, text, write

Kind = Inquiry.Kind


@dataclass(frozen=True)
class Asked:
    """What was typed. `unit`: key of the unit held responsible, None for none."""

    ground: str = ""
    situation: str = ""
    basis: str = ""
    source: str = ""
    account: str = ""
    unit: int | None = None


@transaction.atomic
def open_inquiry(*, actor: Actor, at: datetime, prospect: Prospect, asked: Asked) -> Inquiry:
    """Raises BadInput by field, NotAllowed, Refused where one runs about the same person already."""
    ground = _ground(prospect, asked)
    bodies = prospect.bodies(actor, ground)
    unit = _unit(prospect, asked)
    if unit is not None and unit.pk in bodies and prospect.kind == Kind.ACCOUNTABILITY:
        bodies = (
            frozenset({unit.parent_id}) if unit.parent_id is not None and bodies == {unit.pk} else bodies - {unit.pk}
        )
    if not bodies:
        raise Refused("决定单位就是责任单位，没有可以决定的上级单位。", "Nobody may decide it.", place="责任单位")
    programme = prospect.programme
    if not (may_open(actor, programme, bodies) or works_in(actor, bodies, programme.edition.pk)):
        raise NotAllowed("由决定单位或主办单位的经办、审批人员立案。", "Not yours to open.")
    inquiry = Inquiry(
        kind=prospect.kind,
        process=programme.process,
        case=prospect.case,
        honour=prospect.honour,
        unit=unit,
        objection=prospect.objection,
        ground=ground.id if ground is not None else "",
        situation=_situation(prospect, ground, asked),
        basis=text(asked.basis, "依据", needed=ground is None or ground.id == OWN, longest=200),
        source=_source(asked.source),
        account=sealed(text(asked.account, "反映的情况")),
        opened_by_id=actor.user_id,
        opened_at=at,
        version=0,
    )
    if why := barred(actor, inquiry):
        raise NotAllowed(f"{why}，须回避，请由其他同事立案。", "Keep away from this matter.")
    _number(inquiry, at)
    inquiry.bodies.set(sorted(bodies))
    tell_bodies(inquiry, at, f"{inquiry.number}：对{prospect.name}立案（{inquiry.get_kind_display()}），请办理。")
    return write(actor, at, inquiry, "open")


def _ground(prospect: Prospect, asked: Asked) -> Ground | None:
    if prospect.kind == Kind.REINSTATEMENT:
        return None
    found = prospect.ground(asked.ground)
    if found is None:
        raise BadInput("请选择立案的事由。", "Choose the ground.", place="事由")
    return found


def _situation(prospect: Prospect, ground: Ground | None, asked: Asked) -> str:
    said = text(asked.situation, "具体情形", longest=100)
    if ground is not None and ground.situations and said.partition("：")[0] not in ground.situations:
        raise BadInput(f"具体情形从通知所列的选：{'、'.join(ground.situations)}。", "Choose one.", place="具体情形")
    return said


def _source(said: str) -> str:
    if said not in Inquiry.Source.values:
        raise BadInput("请选择线索来源。", "Choose the source.", place="线索来源")
    return said


def _unit(prospect: Prospect, asked: Asked) -> Organisation | None:
    found = next((one for one in prospect.units if one.pk == asked.unit), None)
    if asked.unit is not None and found is None:
        raise BadInput("责任单位只能是推荐单位或申报单位。", "Not a unit of this nomination.", place="责任单位")
    if found is None and prospect.kind == Kind.ACCOUNTABILITY:
        raise BadInput("请选择责任单位。", "Choose the unit.", place="责任单位")
    return found


def _number(inquiry: Inquiry, at: datetime) -> None:
    """The next number of the year; two at the same moment take different ones."""
    prefix = f"HC-{timezone.localtime(at):%Y}-"
    if inquiry.case_id is not None:
        Case.objects.select_for_update().get(pk=inquiry.case_id)
    running = Inquiry.objects.filter(state__in=["open", "notified", "proposed"])
    same = running.filter(case=inquiry.case) if inquiry.case_id else running.filter(honour=inquiry.honour)
    if (inquiry.case_id or inquiry.honour_id) and (one := same.first()) is not None:
        raise Refused(f"已有一件在办：{one.number}，请在那里办理。", "One runs already.")
    for _ in range(5):
        last = Inquiry.objects.filter(number__startswith=prefix).order_by("-number").values_list("number", flat=True)
        inquiry.number = f"{prefix}{int(last[0].rpartition('-')[2]) + 1 if last else 1:05d}"
        try:
            with transaction.atomic():
                inquiry.save()
        except IntegrityError:
            continue
        return
    raise Refused("此刻立案的人太多，请稍后再试。", "Too busy; try again.")
