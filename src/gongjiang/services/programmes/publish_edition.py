"""From a pack to a running edition: prepare, answer, bind the parties, open."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.catalogue.packs import PackText, load_text
from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import BlindPanel, Edition, EditionRole, Judgement, Organisation, Process, Seat
from gongjiang.rules.honours.effects import unfit
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.rules.quotas.tables import rows_of
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.blind import blind_panels
from gongjiang.services.programmes.calibrations import unfit_calibrations
from gongjiang.services.programmes.cuts import take_cuts
from gongjiang.services.programmes.cycle import cycle_problems
from gongjiang.services.programmes.judge import read_answer, record
from gongjiang.services.programmes.programme import DEPARTS, Programme, main_process, programme_of
from gongjiang.services.programmes.stored import store, with_upper
from gongjiang.services.programmes.windows import undecreed

#: Levels whose roles many organisations hold, each for its own cases.
PER_CASE = frozenset({"person", "employer", "unit", "county", "industry"})


def may_organise(actor: Actor, organiser: Organisation) -> bool:
    """Officers and approvers of the organiser, or of a body of its own, prepare and open its editions."""
    return actor.is_platform or organiser.pk in actor.organiser_ids(*HANDLING)


def require_organiser(actor: Actor, organiser: Organisation) -> None:
    """Raise NotAllowed unless the actor may organise editions here."""
    if not may_organise(actor, organiser):
        raise NotAllowed("只有主办单位的经办或审批人员可以办理。", "Only the organiser's officers may do this.")


@transaction.atomic
def prepare_edition(
    *,
    actor: Actor,
    at: datetime,
    organiser: Organisation,
    source: str,
    filename: str,
    notice_text: str,
    slug: str,
    title: str = "",
    upper: PackText | None = None,
) -> Edition:
    """A new edition in preparation. Pins the pack by its hash, with those above it; a damaged one raises PackError.

    `upper`: what the pack extends; left out, it is found. Raises Refused for a framework, which others extend.
    """
    require_organiser(actor, organiser)
    text = with_upper(PackText(filename, source, notice_text or None, upper=upper))
    pack = load_text(text)
    if pack.pack.kind == "framework":
        raise Refused(
            f"“{pack.pack.title}”是框架办法，不直接办届次：请在它之下另立本级项目。",
            "A framework is extended by programmes, not run itself.",
        )
    version, _ = store(text, at)
    if Edition.objects.filter(slug=slug).exists():
        raise BadInput(f"届次代号“{slug}”已被使用，请换一个。", "This slug is taken.", place="届次代号")
    edition = Edition.objects.create(
        pack=version, organiser=organiser, title=title or pack.pack.title, slug=slug, created_at=at
    )
    Process.objects.create(edition=edition)
    _seats(edition, pack)
    append(
        actor=actor,
        at=at,
        action="edition.prepare",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"pack": pack.id, "version": pack.pack.version, "hash": pack.hash},
    )
    return edition


def _seats(edition: Edition, pack: Pack) -> None:
    """Empty seats of the bodies that the notice sets up, in its order (ledger G-01)."""
    seats = [(role.id, member) for role in pack.roles for member in role.members for _ in range(member.count)]
    Seat.objects.bulk_create(
        Seat(edition=edition, role=role, post=member.post, body=member.from_, position=n)
        for n, (role, member) in enumerate(seats)
    )


@transaction.atomic
def answer_question(
    *, actor: Actor, at: datetime, edition: Edition, question: str, answer: Any, basis: str = ""
) -> Judgement:
    """The issuing office's answer to a question of the pack. Params that ask it take the answer's value."""
    require_organiser(actor, edition.organiser)
    programme = programme_of(main_process(edition))
    asked = next((one for one in programme.questions if one.id == question), None)
    if asked is None:
        raise NotFound(f"没有问题 {question}", f"No question {question}")
    if edition.state != Edition.State.PREPARING and asked.before == "publish":
        raise Refused("本届已发布，答复不能再改；须以补充通知另行处理。", "The edition is published.")
    value = read_answer(asked.takes, answer, f"{question} {asked.question}")
    made = record(
        actor=actor,
        at=at,
        programme=programme,
        question=question,
        about="edition",
        key="",
        answer=value,
        basis=basis,
        organisation_id=edition.organiser_id,
    )
    changed = {one.id: value for one in programme.pack.params if one.ask == question}
    if changed:
        edition.params = {**edition.params, **changed}
        edition.save(update_fields=["params"])
    return made


@transaction.atomic
def bind_role(
    *, actor: Actor, at: datetime, edition: Edition, role: str, organisations: list[Organisation], basis: str = ""
) -> None:
    """Which organisations hold a role. Many-holder roles (推荐单位 …) are then matched case by case.

    Raises BadInput for a role that the pack doesn't have. Adding a holder after opening needs `basis`,
    the approval by which it enters (经研究批准; ledger N-18).
    """
    require_organiser(actor, edition.organiser)
    programme = programme_of(main_process(edition))
    spec = next((one for one in programme.pack.roles if one.id == role and not one.any_of), None)
    if spec is None:
        raise BadInput(f"项目里没有“{role}”这个角色。", "No such role in the pack.", place="角色")
    if edition.state != Edition.State.PREPARING and not basis.strip():
        raise BadInput(
            "发布后增加单位须写明批准依据。", "Adding a unit after publishing needs its approval.", place="批准依据"
        )
    per_case = spec.level in PER_CASE or role in programme.nominating
    for one in organisations:
        EditionRole.objects.get_or_create(
            edition=edition, role=role, organisation=one, defaults={"per_case": per_case, "approved_by": basis}
        )
    append(
        actor=actor,
        at=at,
        action="edition.bind",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"role": role, "organisations": [one.pk for one in organisations], "basis": basis},
    )


def open_problems(programme: Programme, at: datetime | None = None) -> list[str]:
    """What still stands between an edition in preparation and its opening, in words. `at`: also whether it is opened
    in one of its years."""
    later = unfit_calibrations(programme) + undecreed(programme)
    later += [] if at is None else cycle_problems(programme, at)
    problems = _unanswered(programme) + unbound(programme)
    return problems + _unfed_tables(programme) + _unfit_effects(programme) + later


def unbound(programme: Programme) -> list[str]:
    """Roles that a stage needs and no organisation holds, in words."""
    bound = set(EditionRole.objects.filter(edition=programme.edition).values_list("role", flat=True))
    needed: set[str] = set()
    for stage in programme.stages:
        for name in (*stage.by, *stage.with_, *getattr(stage, "jury", ())):
            if not programme.expand(name) & bound and not _filled_by_case(programme, name):
                needed.add(name)
    return [f"角色“{programme.role_label(one)}”还没有单位担任" for one in sorted(needed)]


def _unanswered(programme: Programme) -> list[str]:
    """Questions without an answer, and those whose answer or its basis doesn't allow opening (a consent)."""
    stand = Judgement.objects.filter(process=programme.process, superseded=False, about="edition")
    given = {one.question: one for one in stand}
    problems: list[str] = []
    for one in programme.questions:
        if one.before != "publish":
            continue
        answer = given.get(one.id)
        if answer is None:
            problems.append(f"问题 {one.id} 未答复：{one.question}")
        elif one.must is not None and answer.answer != one.must:
            problems.append(f"问题 {one.id} 的答复不允许发布：{one.question}")
        elif one.must is not None and not one.id.startswith(DEPARTS) and not answer.basis.strip():
            problems.append(f"问题 {one.id} 须写明依据（批准文号、日期）：{one.question}")
    return problems


def _unfed_tables(programme: Programme) -> list[str]:
    """Tables of places without rows, whose allocation nobody has confirmed."""
    return [
        f"名额表“{programme.pack.tables[one.table].label or one.table}”还没有按“{one.shown}”的测算确认"
        for one in programme.pack.allocations
        if one.feeds and one.table and not rows_of(one.table, programme.pack.tables[one.table].rows, programme.params)
    ]


def _unfit_effects(programme: Programme) -> list[str]:
    """Outcomes of objections whose effects can't be carried out: never found out only when one is upheld."""
    return [
        f"“{stage.shown}”的处理结果“{outcome.label}”：{problem}"
        for stage in programme.stages
        if isinstance(stage, Publish) and stage.objections is not None
        for outcome in stage.objections.outcomes
        for problem in unfit(outcome.effects)
    ]


def _filled_by_case(programme: Programme, name: str) -> bool:
    levels = {one.id: one.level for one in programme.pack.roles}
    return all(levels.get(one) in {"person", "employer"} for one in programme.expand(name))


@transaction.atomic
def open_edition(*, actor: Actor, at: datetime, edition: Edition) -> Edition:
    """Publish the edition: every question answered, every party bound; from now on the pack is pinned."""
    require_organiser(actor, edition.organiser)
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.state != Edition.State.PREPARING:
        raise Refused("本届已经发布。", "The edition is published already.")
    programme = programme_of(main_process(locked))
    problems = open_problems(programme, at)
    if problems:
        raise Refused("还不能发布：" + "；".join(problems), "The edition can't be published yet.")
    locked.state = Edition.State.OPEN
    locked.opened_at = at
    locked.params = dict(programme.params)
    locked.save()
    take_cuts(actor, at, programme_of(main_process(locked)))
    BlindPanel.objects.bulk_create(
        BlindPanel(process=programme.process, stage=one.id) for one in blind_panels(programme_of(main_process(locked)))
    )
    append(
        actor=actor,
        at=at,
        action="edition.open",
        kind="edition",
        key=locked.pk,
        edition_id=locked.pk,
        data={"params": locked.params, "hash": locked.pack.digest},
    )
    edition.refresh_from_db()
    return locked


@transaction.atomic
def seat_member(
    *, actor: Actor, at: datetime, edition: Edition, seat_id: int, name: str, user_id: int | None = None
) -> Seat:
    """Who sits in a seat of the leading group or its office (ledger G-01)."""
    require_organiser(actor, edition.organiser)
    seat = Seat.objects.filter(edition=edition, pk=seat_id).first()
    if seat is None:
        raise NotFound()
    seat.name = name.strip()
    seat.user_id = user_id
    seat.save()
    append(
        actor=actor,
        at=at,
        action="edition.seat",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"role": seat.role, "post": seat.post, "name": seat.name},
    )
    return seat
