"""What the form page of a nomination shows: its steps, answers, problems, rules, files and places, in a few queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, File
from gongjiang.rules.nominations.form_plan_check import Answers, Problem, problems_of
from gongjiang.rules.nominations.form_plan_parts import FilesAsked, FormPlan, Section
from gongjiang.rules.programmes.conditions import BadCondition, parse
from gongjiang.rules.programmes.derived import derive
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.base import RawCondition
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.plan import fillable, filling_stage, fills_files, plan_of
from gongjiang.services.nominations.prefill import origins_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.nominations.save import apply_ids, may_edit
from gongjiang.services.people.sealing import masked, opened
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import Window, as_of, stage_window


@dataclass(frozen=True)
class FormPage:
    """A nomination being filled in. `values` have their numbers masked; `stage` is the open stage at which this person
    fills it in (the way in, or a later one with forms of its own), '' if none; `origins`: where answers come from
    that nobody typed, by name."""

    programme: Programme
    case: Case
    plan: FormPlan
    values: Mapping[str, Any]
    facts: Facts
    problems: tuple[Problem, ...]
    outcomes: tuple[RuleOutcome, ...]
    files: tuple[File, ...]
    computed: Mapping[str, Interval]
    stage: str
    window: Window
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def editable(self) -> bool:
        """Can it be filled in now?"""
        return bool(self.stage)

    @property
    def open_stage(self) -> Stage | None:
        """The stage by its id."""
        return self.programme.stage(self.stage) if self.stage else None

    @property
    def handing_in(self) -> bool:
        """Is it still to be handed in? Then what later stages fill in may wait."""
        return self.open_stage is not None and self.open_stage.type == "apply"

    def open_section(self, section: Section) -> bool:
        """Can this step be filled in now?"""
        return self.open_stage is not None and fillable(self.open_stage, section)

    def open_files(self, asked: FilesAsked) -> bool:
        """Can files be added here now?"""
        return self.open_stage is not None and fills_files(self.programme, self.open_stage, asked.attachment)

    def shown(self, when: RawCondition | None) -> bool:
        """Is what hangs on this condition asked now?"""
        return when is None or truth_of(self.programme, self.case, self.facts, when) is not Truth.FALSE


def form_page(actor: Actor, at: datetime, case_id: int) -> FormPage:
    """The form as its filers see it. NotFound for who may not see the case; no `stage` for who may not fill it in."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    facts = facts_of_one(programme, case)
    plan = plan_of(programme, case)
    computed = computed_of(programme, facts)
    found = filling_stage(programme, case.rows.all()) if may_edit(actor, case) else None
    stage = found.id if found is not None else ""
    due = plan.at(found) if found is not None else plan
    sides = (case.nominator_id, case.applying_unit_id)
    return FormPage(
        programme,
        case,
        plan,
        masked(case.values, programme.pack.vocabulary),
        facts,
        problems_of(due, answers_of(programme, case, facts, at)),
        outcomes(programme, facts),
        tuple(File.objects.filter(case=case, removed_at=None).order_by("attachment", "position", "id")),
        computed,
        stage,
        stage_window(programme, programme.stage(stage or apply_ids(programme)[0]), sides),
        origins_of(case) if found is not None else {},
    )


def answers_of(programme: Programme, case: Case, facts: Facts, at: datetime) -> Answers:
    """The filled form as its checks read it."""
    return Answers(
        opened(case.values, programme.pack.vocabulary),
        programme.pack.vocabulary,
        timezone.localtime(at).date(),
        as_of(programme),
        lambda raw: truth_of(programme, case, facts, raw),
        frozenset(computed_of(programme, facts)),
    )


def computed_of(programme: Programme, facts: Facts) -> dict[str, Interval]:
    """Derived fields that rows or other answers already tell, by id."""
    found = {spec.id: derive(spec, facts) for spec in programme.pack.vocabulary.fields.values() if spec.derived}
    return {name: value for name, value in found.items() if value is not None}


def truth_of(programme: Programme, case: Case, facts: Facts, raw: RawCondition) -> Truth:
    """A `when` of the form on this case; unknown where it speaks of another kind of subject."""
    try:
        return parse(raw, facts.words, kind=programme.award(case.award).subject).evaluate(facts).truth
    except BadCondition:
        return Truth.UNKNOWN
