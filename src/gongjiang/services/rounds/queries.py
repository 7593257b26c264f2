"""Reading lists: what stands on a closed one, who waits, which units lag. Query counts don't grow with rows."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.truth import Truth
from gongjiang.models import Attendance, EditionRole, Meeting, Organisation, StageList, StageRow
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Judgement as JudgementSpec
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.queries import SEEING
from gongjiang.services.nominations.rulebook import compiled, may_pass
from gongjiang.services.nominations.seats import list_group
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.board import Board
from gongjiang.services.rounds.upstream import stages_before


@dataclass(frozen=True)
class UnitList:
    """One unit's own list: how many cases are here, how many are still on their way to it, whether it is closed."""

    group: str
    here: int
    coming: int
    kept: int
    closed: StageList | None

    @property
    def lagging(self) -> bool:
        """Has it cases, and no list yet?"""
        return self.closed is None and self.here > 0


@dataclass(frozen=True)
class Frozen:
    """A closed list with everybody who was on it."""

    held: StageList
    kept: tuple[StageRow, ...]
    alternates: tuple[StageRow, ...]
    dropped: tuple[StageRow, ...]
    late: tuple[StageRow, ...]
    attendance: dict[str, tuple[str, ...]]
    meetings: tuple[Meeting, ...]


def unit_lists(programme: Programme, stage: Stage) -> list[UnitList]:
    """Every unit's list of a stage with `per`; a unit without cases needs none."""
    here: dict[str, int] = defaultdict(int)
    kept: dict[str, int] = defaultdict(int)
    coming: dict[str, int] = defaultdict(int)
    rows = StageRow.objects.filter(process=programme.process, stage=stage.id).exclude(state=RowState.WAITING)
    for row in _with_cases(rows):
        group = list_group(stage, row.case)
        here[group] += row.state == RowState.OPEN
        kept[group] += row.state == RowState.DONE
    before = StageRow.objects.filter(
        process=programme.process,
        stage__in=stages_before(programme, stage),
        state=RowState.OPEN,
        case__state__in=sorted(LIVE),
        case__submitted_at__isnull=False,
    )
    for row in _with_cases(before):
        coming[list_group(stage, row.case)] += 1
    closed = {
        one.group: one
        for one in StageList.objects.filter(process=programme.process, stage=stage.id, closed_at__isnull=False)
    }
    groups = sorted({*here, *coming, *closed})
    return [UnitList(one, here[one], coming[one], kept[one], closed.get(one)) for one in groups]


def lagging_units(programme: Programme, stage: Stage) -> list[UnitList]:
    """Units that have cases at this stage and have not closed their list."""
    return [one for one in unit_lists(programme, stage) if one.lagging]


def frozen(programme: Programme, stage: Stage, group: str = "") -> Frozen | None:
    """A closed list as it stands now; None while it is open."""
    held = (
        StageList.objects.select_related("meeting", "closed_by")
        .filter(process=programme.process, stage=stage.id, group=group, closed_at__isnull=False)
        .first()
    )
    if held is None:
        return None
    rows = StageRow.objects.filter(process=programme.process, stage=stage.id).exclude(
        state__in=[RowState.WAITING, RowState.PASSED_BY]
    )
    found: dict[str, list[StageRow]] = defaultdict(list)
    for row in sorted(_with_cases(rows), key=lambda one: (one.position or 10**6, one.case.number)):
        if list_group(stage, row.case) == group:
            found[row.state].append(row)
    attended: dict[str, list[str]] = defaultdict(list)
    for name, kind in Attendance.objects.filter(meeting=held.meeting_id).order_by("pk").values_list("name", "kind"):
        attended[kind].append(name)
    return Frozen(
        held,
        tuple(found[RowState.DONE]),
        tuple(found[RowState.ALTERNATE]),
        tuple(found[RowState.RETAINED] + found[RowState.OUT] + found[RowState.STRUCK]),
        tuple(found[RowState.OPEN]),
        {kind: tuple(names) for kind, names in attended.items()},
        tuple(Meeting.objects.filter(process=programme.process, stage=stage.id, group=group).order_by("pk")),
    )


def preferences(programme: Programme, found: Board) -> dict[int, list[RuleOutcome]]:
    """优先 rules that each case meets, for people to see; they never filter (mechanisms 5)."""
    rules = [one for one in compiled(programme.pack)[0] if one.force == "prefer"]
    needed = compiled(programme.pack)[0] if rules else ()
    wanted = {one.id for one in rules}
    return {
        pk: [one for one in evaluate_rules(needed, facts) if one.rule in wanted and one.outcome == "pass"]
        if wanted
        else []
        for pk, facts in found.facts.items()
    }


def hindrances(programme: Programme, found: Board) -> dict[int, list[str]]:
    """What the rules at this gate say against keeping each case, in words; nothing for those who may be kept."""
    told = {}
    for pk, facts in found.facts.items():
        decision = may_pass(programme, facts, found.stage.id)
        told[pk] = [] if decision.allowed else [one.text for one in decision.reasons]
    return told


def open_judgements(programme: Programme, found: Board) -> dict[int, list[JudgementSpec]]:
    """Questions about each case that the panel or body of this stage still has to answer; those that were
    due at an earlier stage are not asked again."""
    stage = found.stage
    order = [one.id for one in programme.stages]
    gone = set(order[: order.index(stage.id)])
    mine = programme.expand((*stage.by, *getattr(stage, "jury", ())))
    asked = [
        one
        for one in programme.pack.judgements
        if one.about == "case" and one.before not in gone and mine & programme.expand(tuple(one.by))
    ]
    return {
        pk: [one for one in asked if (one.id, "") not in facts.judgements and _asked_of(programme, one, facts)]
        for pk, facts in found.facts.items()
    }


def _asked_of(programme: Programme, spec: JudgementSpec, facts: Facts) -> bool:
    return holds(programme, getattr(spec, "when", None), facts) is not Truth.FALSE


def visible_to(actor: Actor) -> QuerySet[StageList]:
    """Lists of editions that one's organisation runs or decides in; a unit sees its own."""
    if actor.is_platform:
        return StageList.objects.all()
    seen = _seen(actor, None)
    for edition_id in actor.edition_ids:
        seen |= Q(process__edition_id=edition_id) & _seen(actor, edition_id)
    return StageList.objects.filter(seen)


def _seen(actor: Actor, edition_id: int | None) -> Q:
    """Lists seen by grants for all editions, or by those limited to one."""
    mine = actor.organisation_ids(*SEEING, edition_id=edition_id)
    runs = EditionRole.objects.filter(edition=OuterRef("process__edition"), organisation_id__in=mine, per_case=False)
    names = Organisation.objects.filter(pk__in=mine).values("short_name")
    return Q(process__edition__organiser_id__in=mine) | Q(Exists(runs)) | (~Q(group="") & Q(group__in=names))


def may_see(actor: Actor, programme: Programme, group: str = "") -> bool:
    """The same for a list that nobody has closed yet: it has no record of its own."""
    if actor.is_platform:
        return True
    mine = actor.organisation_ids(*SEEING, edition_id=programme.edition.pk)
    if programme.edition.organiser_id in mine or any(mine & ids for ids in edition_parties(programme).values()):
        return True
    return bool(group) and group in own_groups(actor, programme.edition.pk)


def own_groups(actor: Actor, edition_id: int) -> set[str]:
    """Names under which the actor's own units have lists in an edition."""
    mine = actor.organisation_ids(*SEEING, edition_id=edition_id)
    return set(Organisation.objects.filter(pk__in=mine).values_list("short_name", flat=True))


def _with_cases(rows: QuerySet[StageRow]) -> list[StageRow]:
    return list(
        rows.select_related("case__nominator", "case__applying_unit").prefetch_related("case__parties__organisation")
    )
