"""Begin a nomination: who files, by which way, to whom."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case, CaseParty, Edition, Organisation, StageRow, User
from gongjiang.rules.programmes.stage_types.apply import Apply, Route
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.parties import may_take, nominator_of, receivers, resolve_parties, route_of
from gongjiang.services.programmes.programme import Programme

FILING = ("filer", "officer", "approver")


def may_file(actor: Actor, unit: Organisation, edition_id: int) -> bool:
    """Filers and officers of a unit file for it, in the edition for which their grant holds."""
    return actor.is_platform or actor.has(*FILING, organisation_id=unit.pk, edition_id=edition_id)


@transaction.atomic
def start_case(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    award: str,
    route: str,
    unit: Organisation,
    receiver: Organisation | None = None,
    employer: Organisation | None = None,
    title: str = "",
    filer: User | None = None,
) -> Case:
    """A new draft. `receiver`: the union it is handed to, where the way in leaves a choice; `employer`:
    where the person works, if that isn't the unit that files.

    Raises Refused while the edition isn't open, NotAllowed for other people's units, BadInput for a
    way in or receiver that the notice doesn't have.
    """
    edition = programme.edition
    stage, way, receiver = way_in(actor, programme, award, route, unit, receiver)
    parties = resolve_parties(programme, way, unit, receiver, employer)
    Edition.objects.select_for_update().get(pk=edition.pk)  # running numbers are given one at a time
    case = Case.objects.create(
        process=programme.process,
        award=award,
        route=route,
        applying_unit=unit,
        nominator=nominator_of(programme, parties, unit, receiver),
        filer_id=filer.pk if filer else actor.user_id,
        number=number_after(programme, last_number(programme)),
        title=title,
        created_at=at,
    )
    CaseParty.objects.bulk_create(CaseParty(case=case, role=role, organisation=org) for role, org in parties.items())
    StageRow.objects.create(case=case, process=programme.process, stage=stage.id, state=RowState.OPEN, opened_at=at)
    append(
        actor=actor,
        at=at,
        action="case.start",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=edition.pk,
        data={
            "stage": stage.id,
            "award": award,
            "route": route,
            "unit": unit.pk,
            "nominator": case.nominator_id,
            "number": case.number,
        },
    )
    return case


def way_in(
    actor: Actor, programme: Programme, award: str, route: str, unit: Organisation, receiver: Organisation | None
) -> tuple[Apply, Route | None, Organisation | None]:
    """The apply stage, the route and who receives, once everything about them is right. Raises as `start_case`."""
    if programme.edition.state != Edition.State.OPEN:
        raise Refused("本届还没有发布或已经结束，不能申报。", "The edition is not open.")
    if not may_file(actor, unit, programme.edition.pk):
        raise NotAllowed(f"您不能代{unit.name}填报。", "You can't file for this unit.")
    if award not in {one.id for one in programme.awards}:
        raise BadInput(f"本届没有“{award}”这个奖项。", "No such award.", place="奖项")
    stage, way = route_of(programme, route)
    if way is not None and way.award and award not in way.award:
        raise BadInput(f"“{route}”不用于这个奖项。", "This way in is for another award.", place="申报方式")
    if not may_take(programme, way, unit):
        raise BadInput(f"{unit.name}不能用“{route}”这种方式申报。", "Not a way in for this unit.", place="申报方式")
    choices = receivers(programme, way, unit)
    if receiver is None:
        return stage, way, choices[0] if choices else None
    if receiver.pk not in {one.pk for one in choices}:
        raise BadInput(f"{receiver.name}不受理这种申报方式。", "This unit doesn't take this way in.", place="受理单位")
    return stage, way, receiver


def last_number(programme: Programme) -> int:
    """The running number of the last case; its edition's row should be locked."""
    taken = Case.objects.filter(process=programme.process).order_by("-id").values_list("number", flat=True).first()
    return int(taken.rsplit("-", 1)[1]) if taken else 0


def number_after(programme: Programme, last: int) -> str:
    """A case number people can say: year, edition, running number."""
    return f"{programme.pack.pack.year}-{programme.edition.pk:03d}-{last + 1:05d}"
