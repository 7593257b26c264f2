"""Other values for an edition's params, tried on its real nominees: who would fall out, under which clause.

Nothing is recorded and nothing changes: the present cases are judged twice by the explaining evaluator.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.models import Case
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.schema.words import Param
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.rules.programmes.uses import params_read
from gongjiang.rules.programmes.what_if import Turned, turned
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.rule_sheets import options_of

#: Cases judged in one go, so that a large edition doesn't stand in memory whole.
BATCH = 500
ASIDE = (CaseState.DRAFT, CaseState.WITHDRAWN)


@dataclass(frozen=True)
class Lever:
    """A param that some rule reads. `kind`: number, yes_no or one_of; `value`: as it stands in the edition."""

    id: str
    label: str
    unit: str
    kind: str
    value: Any
    options: Mapping[str, str]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Affected:
    """One nominee for whom something turns."""

    case: Case
    turned: Turned

    @property
    def reasons(self) -> tuple[RuleOutcome, ...]:
        """Why they fall out: the hard rules that fail now and did not before."""
        return tuple(
            one.after for one in self.turned.turns if one.after.outcome == "fail" and one.after.force == "hard"
        )


@dataclass
class WhatIf:
    """What would differ. `counts`: nominees by (rule, turn), turn being `falls`, `comes` or `open`."""

    cases: int = 0
    out_now: int = 0
    out_then: int = 0
    falls: list[Affected] = field(default_factory=list)
    comes: list[Affected] = field(default_factory=list)
    others: list[Affected] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def levers(programme: Programme) -> list[Lever]:
    """Params that rules read and that have a value, with the rules' names; the values of judgements aside."""
    names = {one.id: one.shown for one in programme.pack.rules}
    read = params_read(programme.pack)
    found = []
    for one in programme.pack.params:
        rules = tuple(names[rule] for rule, params in read.items() if one.id in params)
        value = programme.params.get(one.id)
        if rules and value is not None and not one.judged:
            found.append(Lever(one.id, one.label, one.unit, _kind(programme, one, value), value,
                               options_of(programme, one), rules))  # fmt: skip
    return found


def read_values(programme: Programme, given: Mapping[str, str]) -> dict[str, Any]:
    """Values typed on the page, by param, as rules read them. BadInput names the param whose value can't be read."""
    found: dict[str, Any] = {}
    for lever in levers(programme):
        text = given.get(lever.id, "").strip()
        if not text:
            continue
        if lever.kind == "number":
            exact(text, place=lever.label)
            found[lever.id] = text
        elif lever.kind == "yes_no" and text in {"yes", "no"}:
            found[lever.id] = text == "yes"
        elif lever.kind == "one_of" and text in lever.options:
            found[lever.id] = text
        else:
            raise BadInput(f"“{lever.label}”没有这个选项。", "No such option.", place=lever.label)
    return found


def what_if(actor: Actor, programme: Programme, params: Mapping[str, Any]) -> WhatIf:
    """The edition's submitted nominees that the actor sees, judged with the present values and with `params`."""
    found = WhatIf()
    rules, exceptions = programme.pack.ready_rules, programme.pack.ready_exceptions
    rows = visible_to(actor).filter(process=programme.process, submitted_at__isnull=False).exclude(state__in=ASIDE)
    wanted = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(wanted), BATCH):
        cases = list(
            Case.objects.filter(pk__in=wanted[start : start + BATCH])
            .select_related("nominator", "applying_unit", "subject")
            .prefetch_related("parties__organisation")
            .order_by("pk")
        )
        facts = facts_of(programme, cases)
        for case in cases:
            ours = [one for one in rules if not one.award or case.award in one.award]
            _count(found, Affected(case, turned(ours, exceptions, facts[case.pk], params)))
    return found


def _count(found: WhatIf, one: Affected) -> None:
    found.cases += 1
    found.out_now += one.turned.was_out
    found.out_then += one.turned.is_out
    if one.turned.falls_out:
        found.falls.append(one)
        found.counts.update(reason.rule for reason in one.reasons)
    elif one.turned.comes_in:
        found.comes.append(one)
    elif one.turned.turns:
        found.others.append(one)


def _kind(programme: Programme, one: Param, value: Any) -> str:
    if isinstance(value, bool):
        return "yes_no"
    return "one_of" if options_of(programme, one) else "number"
