"""Experts and cases as the rules of recusal read them (TRUST 5)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from gongjiang.models import Case, Expert
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.conflicts import DEFAULT, RULES, CaseFacts, ExpertFacts, conflict, words_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.records import Records, Sitter, records_of

#: Grounds that hold whatever the pack names: nobody scores themselves, their kin, their own unit's people.
ALWAYS = ("same_employer", "kin")
#: Where one group runs a programme for its own people, these hold only if its notice names them.
WITHIN = ("same_group", "same_branch")
#: Grounds that rest on a name in a record: a namesake is cleared of them, never of what the expert declared.
BY_NAME = ("kin", "mentor", "co_honoured", "co_author", "recommended")
NAMED = tuple(RULES[one].text for one in BY_NAME)
OWN = "本人或本人填报的申报"


@dataclass(frozen=True, slots=True)
class Known:
    """A panel's grounds with the records of the experts and cases it was asked for."""

    rules: tuple[str, ...]
    records: Records


def known(programme: Programme, stage: Panel, experts: Iterable[Expert], cases: Iterable[Case]) -> Known:
    """All facts of these experts and cases, in a fixed number of queries; experts come with their user."""
    return Known(grounds_of(programme, stage), records_of([sitter(one) for one in experts], cases))


def grounds_of(programme: Programme, stage: Panel | None) -> tuple[str, ...]:
    """The rules by which experts keep away from cases of a panel; at a meeting (None) all rules hold."""
    named = DEFAULT if stage is None else stage.recusal
    told = stage is not None and "recusal" in stage.model_fields_set
    if programme.pack.pack.level == "enterprise" and not told:
        named = tuple(one for one in named if one not in WITHIN)
    return tuple(one for one in dict.fromkeys((*named, *ALWAYS)) if one in RULES)


def sitter(expert: Expert) -> Sitter:
    """An expert as records are looked up."""
    return Sitter(f"expert-{expert.pk}", expert.user.full_name, expert.user_id, expert.employer, expert.declared)


def grounds(programme: Programme, stage: Panel, expert: Expert, case: Case, held: Known | None = None) -> list[str]:
    """Every ground on which this expert must keep away from this case; none: they may score it.

    The case comes with `subject`, `applying_unit`, `nominator` and `parties__organisation`. `held`: the records of
    many, read before; without it those of this pair are read.
    """
    held = held or known(programme, stage, [expert], [case])
    mine, its = held.records.experts[f"expert-{expert.pk}"], held.records.cases[case.pk]
    rules = held.rules
    if str(case.pk) in expert.declared.get("cleared", {}) and not its.subjects & (mine.said | mine.declared):
        rules = tuple(one for one in rules if one not in BY_NAME)
    return found_between(expert.user_id, case, mine, its, rules)


def conflicts_among(
    programme: Programme, stage: Panel, experts: Iterable[Expert], cases: Iterable[Case]
) -> dict[tuple[int, int], list[str]]:
    """Grounds by (expert's id, case's id), of all pairs that have some; pairs that share no word are not looked at."""
    people, listed = list(experts), list(cases)
    held = known(programme, stage, people, listed)
    at: dict[str, list[Case]] = defaultdict(list)
    own: dict[int, list[Case]] = defaultdict(list)
    for case in listed:
        for word in words_of(held.records.cases[case.pk]):
            at[word].append(case)
        for user in {case.filer_id, case.subject.user_id if case.subject is not None else None} - {None}:
            own[user or 0].append(case)
    found = {}
    for expert in people:
        near = {case.pk: case for word in words_of(held.records.experts[f"expert-{expert.pk}"]) for case in at[word]}
        near |= {case.pk: case for case in own[expert.user_id]}
        for pk, case in near.items():
            if why := grounds(programme, stage, expert, case, held):
                found[expert.pk, pk] = why
    return found


def found_between(
    user_id: int | None, case: Case, mine: ExpertFacts, its: CaseFacts, rules: tuple[str, ...]
) -> list[str]:
    """Grounds between somebody and a case."""
    person = case.subject.user_id if case.subject is not None else None
    found = [OWN] if user_id is not None and user_id in {person, case.filer_id} else []
    decision = conflict(mine, its, rules)
    if not decision.allowed:
        found += [one.text.removesuffix("，须回避。") for one in decision.reasons]
    return found
