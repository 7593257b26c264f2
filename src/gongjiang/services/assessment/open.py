"""Open a round of a process: an edition under the one that conferred, with a case for each honour (or unit)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.kernel.truth import Truth
from gongjiang.models import (
    BlindPanel,
    Case,
    CaseParty,
    Edition,
    EditionRole,
    Honour,
    Organisation,
    Process,
    Seat,
    StageRow,
    Subject,
)
from gongjiang.rules.programmes.schema.process import Process as Spec
from gongjiang.rules.programmes.stage_types.apply import Apply
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.assessment.due import ahead, main_programme
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell_all
from gongjiang.services.nominations.asking import ask_opinions
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.rows import let_through
from gongjiang.services.nominations.start import number_after
from gongjiang.services.programmes.blind import blind_panels
from gongjiang.services.programmes.programme import Programme, main_process, programme_of
from gongjiang.services.programmes.publish_edition import require_organiser, unbound
from gongjiang.services.programmes.windows import today_of


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    at: datetime,
    edition: Edition,
    process: str,
    chosen: Sequence[int] | None = None,
    title: str = "",
) -> Edition:
    """A new round, open at once: parties, seats and params as the edition above has them.

    `chosen`: honours (or units) by id; None for everybody who is due today. Officers and approvers of the organiser.
    Raises NotAllowed, NotFound (no such process), Refused (nothing conferred yet, nobody due), BadInput (somebody
    isn't due or is in a round already).
    """
    require_organiser(actor, edition.organiser)
    above = Edition.objects.select_for_update().get(pk=edition.parent_id or edition.pk)
    programme = main_programme(above)
    found = next((one for one in ahead(above, at) if one.spec.id == process), None)
    if found is None:
        raise NotFound()
    if above.state == Edition.State.PREPARING:
        raise Refused("本届还没有发布，不能开始后续流程。", "The edition is not open.")
    today = today_of(at)
    due = {one.honour.pk: one.honour for one in found.now(today)}
    units = {one.pk: one for one in found.units}
    known = units if found.spec.about == "unit" else due
    wanted = list(known) if chosen is None else list(dict.fromkeys(chosen))
    if not wanted:
        raise Refused(f"现在没有到期应办“{found.spec.shown}”的人。", "Nobody is due.")
    if set(wanted) - set(known):
        raise BadInput("所选的人里有还没有到期、或已在办理的，请刷新后再选。", "Somebody isn't due.", place="名单")
    part = replace(programme, pack=programme.pack.parts[process])
    lacking = unbound(part)
    if lacking:
        raise Refused(f"还不能开始：{'；'.join(lacking)}。请先在届次的“单位”里确定。", "A party isn't bound.")
    made = _round(programme, found.spec, at, len(found.rounds) + 1, title)
    here = programme_of(main_process(made))
    if found.spec.about == "unit":
        cases = [_unit_case(here, n, units[pk], at) for n, pk in enumerate(wanted, 1)]
    else:
        cases = [_case(here, n, due[pk], at) for n, pk in enumerate(wanted, 1)]
    for case in cases:
        _begin(here, case, at)
    append(
        actor=actor,
        at=at,
        action="round.open",
        kind="edition",
        key=made.pk,
        edition_id=made.pk,
        data={"process": process, "above": above.pk, "occurrence": made.occurrence, "cases": len(cases)},
    )
    _tell(cases, made, at)
    return made


def _round(programme: Programme, spec: Spec, at: datetime, n: int, title: str) -> Edition:
    above = programme.edition
    again = f"（第{n}次）" if n > 1 else ""
    made = Edition.objects.create(
        pack=above.pack,
        organiser=above.organiser,
        title=(clean(title).strip() or f"{above.title}{spec.shown}{again}")[:120],
        slug=f"{above.slug[:40]}-{spec.id[:14]}-{n}".lower().replace("_", "-"),
        state=Edition.State.OPEN,
        params=above.params,
        created_at=at,
        opened_at=at,
        parent=above,
        follows=spec.id,
        occurrence=n,
    )
    process = Process.objects.create(edition=made, name=spec.id, about=spec.about)
    roles = EditionRole.objects.filter(edition=above)
    EditionRole.objects.bulk_create(
        EditionRole(
            edition=made, role=one.role, organisation_id=one.organisation_id, per_case=one.per_case,
            approved_by=one.approved_by,
        )
        for one in roles
    )  # fmt: skip
    Seat.objects.bulk_create(
        Seat(edition=made, role=one.role, post=one.post, position=one.position, body=one.body, name=one.name,
             user_id=one.user_id)
        for one in Seat.objects.filter(edition=above)
    )  # fmt: skip
    here = programme_of(main_process(made))
    BlindPanel.objects.bulk_create(BlindPanel(process=process, stage=one.id) for one in blind_panels(here))
    return made


def _case(programme: Programme, n: int, honour: Honour, at: datetime) -> Case:
    """The honour's case: the person's last answers are known, what the process asks is not."""
    before = honour.case
    if before is None:
        raise Refused(f"{honour.name}的荣誉不是在本平台申报的，不能在这里考核。", "Not conferred here.")
    case = Case.objects.create(
        process=programme.process,
        award=honour.award,
        subject=honour.subject,
        over=honour,
        applying_unit=before.applying_unit,
        nominator=before.nominator,
        filer_id=honour.subject.user_id,
        number=number_after(programme, n - 1),
        title=honour.name,
        values=before.values,
        **_begun(programme, at),
    )
    parties = CaseParty.objects.filter(case=before)
    CaseParty.objects.bulk_create(
        CaseParty(case=case, role=one.role, organisation_id=one.organisation_id) for one in parties
    )
    return case


def _unit_case(programme: Programme, n: int, unit: Organisation, at: datetime) -> Case:
    subject, _ = Subject.objects.get_or_create(
        kind="unit", registry_no=f"org-{unit.pk}", defaults={"name": unit.name[:60], "created_at": at}
    )
    case = Case.objects.create(
        process=programme.process,
        award=programme.awards[0].id,
        subject=subject,
        applying_unit=unit,
        nominator=unit,
        number=number_after(programme, n - 1),
        title=unit.short_name[:60],
        values={"name": unit.name},
        **_begun(programme, at),
    )
    roles = EditionRole.objects.filter(edition=programme.edition, organisation=unit, per_case=True)
    CaseParty.objects.bulk_create(CaseParty(case=case, role=one.role, organisation=unit) for one in roles)
    return case


def _begun(programme: Programme, at: datetime) -> dict[str, object]:
    """A case that begins with a form is a draft until that is handed in; any other is under way at once."""
    first = programme.stages[0]
    if isinstance(first, Apply):
        way = first.routes[0].id if first.routes else ""
        return {"state": CaseState.DRAFT, "created_at": at, "route": way}
    return {"state": CaseState.RUNNING, "created_at": at, "submitted_at": at}


def _begin(programme: Programme, case: Case, at: datetime) -> None:
    first = programme.stages[0]
    facts = facts_of_one(programme, case)
    right = not first.award or case.award in first.award
    meant = right and (first.when is None or holds(programme, first.when, facts) is not Truth.FALSE)
    StageRow.objects.create(
        case=case,
        process=programme.process,
        stage=first.id,
        state=RowState.OPEN if meant else RowState.PASSED_BY,
        opened_at=at if meant else None,
    )
    opened = (first.id,) if meant else let_through(programme, case, at, facts)
    ask_opinions(programme, case, opened, facts, at, telling=False)


def _tell(cases: Iterable[Case], made: Edition, at: datetime) -> None:
    """Whoever has something to do with it: the artisans and their units."""
    cases = list(cases)
    words = f"“{made.title}”已经开始。"
    people = {one.subject.user_id for one in cases if one.subject is not None and one.subject.user_id is not None}
    units = {one.applying_unit_id for one in cases} | {one.nominator_id for one in cases}
    tell_all(at=at, text=words, link="todo", user_ids=people, organisation_ids=units, headline="有一项考核已经开始")
