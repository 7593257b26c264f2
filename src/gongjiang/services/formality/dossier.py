"""One page a nominee: form, evidence, rules, judgements, opinions, way so far, and what this person may do next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, File, Finding, Judgement, StageRow, User
from gongjiang.rules.nominations.flow import return_targets
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Exception_
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Judgement as JudgementSpec
from gongjiang.rules.programmes.stage_types.moves import Move, RowState
from gongjiang.services.formality.changes import Version, versions
from gongjiang.services.formality.find import Point, points
from gongjiang.services.formality.judge_case import may_judge
from gongjiang.services.formality.reading import Part, reading
from gongjiang.services.formality.way import Step, way
from gongjiang.services.nominations.authority import files, is_applicant, may_act
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.nominations.shown import shown
from gongjiang.services.nominations.since import Changed, changed_since
from gongjiang.services.nominations.transition import authorise
from gongjiang.services.opinions.boxes import Box, boxes
from gongjiang.services.people.sealing import masked
from gongjiang.services.programmes.programme import Programme, programme_of


@dataclass(frozen=True)
class Question:
    """Something people judge about this case: the answer that stands, and whether this person may answer."""

    spec: JudgementSpec
    answer: Any
    by: str
    basis: str
    may: bool
    row: str = ""
    about: str = ""

    @property
    def field(self) -> str:
        """The name under which a page posts the answer."""
        return f"answer-{self.spec.id}|{self.row}" if self.row else f"answer-{self.spec.id}"


@dataclass(frozen=True)
class Act:
    """A move that this person may make now."""

    stage: Stage
    move: Move
    back_to: tuple[tuple[str, str], ...] = ()
    who: str = ""

    @property
    def key(self) -> str:
        """Its name on a page."""
        return f"{self.stage.id}-{self.move.action}"

    @property
    def through(self) -> bool:
        """Does it let the case through?"""
        return self.move.target is RowState.DONE


@dataclass(frozen=True)
class Dossier:
    """All that the nominee page shows. `changed`: what of the form was changed since an opinion was given, by when."""

    programme: Programme
    case: Case
    parts: tuple[Part, ...]
    outcomes: tuple[RuleOutcome, ...]
    questions: tuple[Question, ...]
    boxes: tuple[Box, ...]
    files: tuple[File, ...]
    way: tuple[Step, ...]
    versions: tuple[Version, ...]
    checklist: tuple[Point, ...]
    mend: tuple[Point, ...]
    acts: tuple[Act, ...]
    exceptions: tuple[Exception_, ...]
    may_reason: bool
    may_accept: bool
    rows: Mapping[str, StageRow]
    writers: Mapping[int, str]
    facts: Facts
    changed: Mapping[datetime, Changed]

    @property
    def editable(self) -> bool:
        """Does it wait for those who fill it in, and is this one of them?"""
        return self.may_reason and any(
            row.state == RowState.OPEN and (stage.type == "apply" or bool(stage.fills))
            for name, row in self.rows.items()
            for stage in [self.programme.stage(name)]
        )

    @property
    def short(self) -> dict[str, str]:
        """Plain values as they are shown, numbers masked, by field."""
        words = self.programme.pack.vocabulary
        values, fields = masked(self.case.values, words), self.programme.fields_of(self.case.award)
        return {
            name: shown(self.programme, spec, values[name])
            for name, spec in fields.items()
            if name in values and name not in words.groups
        }

    @property
    def photos(self) -> frozenset[str]:
        """Attachments that are portraits."""
        return frozenset(one.id for one in self.programme.pack.attachments if one.photo is not None)

    @property
    def indicators(self) -> dict[str, str]:
        """Labels of the nodes of scoring trees, on which files are hung."""
        found: dict[str, str] = {}
        todo = list(self.programme.pack.scoring)
        while todo:
            one = todo.pop()
            found[one.id] = one.shown
            todo += list(one.of)
        return found


def dossier(actor: Actor, case_id: int) -> Dossier:
    """The nominee page's content; NotFound if the actor may not see the case."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    facts = facts_of_one(programme, case)
    rows = {one.stage: one for one in case.rows.all()}
    acts = tuple(_acts(actor, programme, case, rows))
    found = list(Finding.objects.filter(case=case).select_related("by"))
    asked = tuple(boxes(actor, programme, case))
    return Dossier(
        programme,
        case,
        reading(programme, case),
        outcomes(programme, facts),
        tuple(_questions(actor, programme, case, facts, rows)),
        asked,
        tuple(File.objects.filter(case=case, removed_at=None).order_by("attachment", "position", "id")),
        way(programme, case, rows),
        versions(programme, case),
        next((points(one.stage, found) for one in acts if one.through and one.stage.checklist), ()),
        tuple(Point(one.point, one.ok, one.remark) for one in found if not one.ok),
        acts,
        tuple(_exceptions(actor, programme, case, facts)),
        files(actor, case),
        _checks(actor, programme, case),
        rows,
        _writers(case),
        facts,
        changed_since(programme, case, {one.given.given_at for one in asked if one.given and one.given.given_at}),
    )


def _writers(case: Case) -> dict[int, str]:
    """Names of those who wrote and accepted reasons for soft rules."""
    asked = {one.get(key) for one in case.reasoned.values() for key in ("by", "accepted_by")} - {None}
    return dict(User.objects.filter(pk__in=asked).values_list("pk", "full_name")) if asked else {}


def _questions(
    actor: Actor, programme: Programme, case: Case, facts: Facts, rows: Mapping[str, StageRow]
) -> list[Question]:
    """Judgements about this case and its rows that are due or answered."""
    given: dict[tuple[str, str], Judgement] = {
        (one.question, one.key): one
        for one in Judgement.objects.filter(
            process=programme.process, case_id=case.pk, superseded=False
        ).select_related("by")
    }
    found: list[Question] = []
    for spec in programme.pack.judgements:
        if spec.about not in ("case", "row") or (spec.award and case.award not in spec.award):
            continue
        if spec.when is not None and holds(programme, spec.when, facts) is not Truth.TRUE:
            continue
        may = _due(programme, spec, rows) and may_judge(actor, programme, case, spec)
        if spec.about == "case":
            found.append(_question(spec, given.get((spec.id, f"case:{case.pk}")), may))
            continue
        for row in case.values.get(spec.rows or "", []):
            key = f"{spec.rows}:{row.get('id')}"
            about = "　".join(str(one) for name, one in row.items() if name != "id" and isinstance(one, str) and one)
            found.append(_question(spec, given.get((spec.id, f"row:{case.pk}:{key}")), may, key, about[:60]))
    return found


def _question(spec: JudgementSpec, given: Judgement | None, may: bool, row: str = "", about: str = "") -> Question:
    by = given.by.full_name if given is not None and given.by is not None else ""
    return Question(
        spec, None if given is None else given.answer, by, given.basis if given is not None else "", may, row, about
    )


def _due(programme: Programme, spec: JudgementSpec, rows: Mapping[str, StageRow]) -> bool:
    """Is the case where this is judged: at the judgement's stage, or at one whose people judge it?"""
    now = {name for name, row in rows.items() if row.state == RowState.OPEN}
    if spec.before is not None:
        order = [one.id for one in programme.stages]
        limit = order.index(spec.before) if spec.before in order else len(order)
        return any(order.index(name) <= limit for name in now if programme.stage(name).type != "apply")
    return bool(now)


def _acts(actor: Actor, programme: Programme, case: Case, rows: Mapping[str, StageRow]) -> list[Act]:
    states = {name: RowState(row.state) for name, row in rows.items()}
    found: list[Act] = []
    for stage in programme.stages:
        row = rows.get(stage.id)
        if row is None or stage.type == "apply":
            continue
        for one in getattr(stage, "moves", ()):
            if one.source != row.state or one.whole_list or one.action in {"settle", "strike"}:
                continue
            try:
                authorise(actor, programme, case, stage, one)
            except NotAllowed:
                continue
            targets = return_targets(programme.stages, stage.id, states) if one.action == "return" else ()
            if one.action == "return" and not targets:
                continue
            found.append(
                Act(stage, one, tuple((name, programme.stage(name).shown) for name in reversed(targets)), case.title)
            )
    return found


def _exceptions(actor: Actor, programme: Programme, case: Case, facts: Facts) -> list[Exception_]:
    """Exceptions that this person could grant now."""
    return [
        one
        for one in programme.pack.exceptions
        if not case.exception
        and may_act(actor, programme, case, one.approval.by, deciding=True)
        and not is_applicant(actor, case)
        and holds(programme, one.when, facts) is Truth.TRUE
    ]


def _checks(actor: Actor, programme: Programme, case: Case) -> bool:
    roles = tuple(role for stage in programme.stages if stage.type == "check" for role in stage.by)
    return bool(roles) and may_act(actor, programme, case, roles) and not is_applicant(actor, case)
