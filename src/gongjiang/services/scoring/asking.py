"""What a draw of experts is asked: cases that lack some, who may not judge whom, who fits by trade."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongjiang.kernel.errors import Refused
from gongjiang.models import Assignment, Case, Expert
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.assignment import Assignment as Rules
from gongjiang.rules.scoring.assignment import Terms
from gongjiang.rules.scoring.assignment.affinity import affinity, in_group
from gongjiang.rules.scoring.assignment.replay import Asked
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.conflicts import conflicts_among
from gongjiang.services.scoring.draws import HELD, OTHER_GROUP


def judged_cases(programme: Programme, stage: Panel, *, only: Sequence[int] | None = None) -> list[Case]:
    """Cases that stand open at a panel, by number, with what conflicts are found by."""
    rows = Case.objects.filter(
        process=programme.process, rows__stage=stage.id, rows__state=RowState.OPEN
    ).select_related("subject", "applying_unit", "nominator")
    if only is not None:
        rows = rows.filter(pk__in=only)
    return list(rows.prefetch_related("parties__organisation").order_by("number"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a draw minds besides numbers and conflicts. `grouped`: cases of a trade go to experts of that trade only;
    `cap`: no pair is likelier than this; `price`: what of the total fit may be given up for the worst-off case;
    `even`: loads differ by one at most."""

    grouped: bool = False
    cap: Fraction | None = None
    price: Fraction | None = Fraction(1, 100)
    even: bool = True


@dataclass(frozen=True, slots=True)
class Names:
    """What a draw calls cases and seats: their numbers, never a person's name, as its file may be published."""

    cases: dict[str, Case]
    experts: dict[str, Expert]

    @staticmethod
    def of(cases: Iterable[Case], experts: Iterable[Expert]) -> "Names":
        """By number of the case, or its id where numbers are not distinct."""
        listed = list(cases)
        distinct = len({one.number for one in listed}) == len(listed)
        return Names(
            {str(one.number) if distinct else f"#{one.pk}": one for one in listed},
            {f"席{one.pk}": one for one in experts},
        )


def names_of(programme: Programme, stage: Panel) -> Names:
    """Cases that stand open, and everybody on the panel who hasn't declined."""
    experts = Expert.objects.filter(process=programme.process, stage=stage.id, declined_at=None).select_related("user")
    return Names.of(judged_cases(programme, stage), experts)


def texts(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Fields as an entry of the log keeps them: exact fractions as text."""
    return {name: str(value) if isinstance(value, Fraction) else value for name, value in pairs}


def asked_for(programme: Programme, stage: Panel, names: Names, wanted: int, most: int | None, wish: Wish) -> Asked:
    """What is drawn: cases that lack experts, who may not judge whom, what experts have already."""
    case_names = {one.pk: name for name, one in names.cases.items()}
    seat_names = {one.pk: name for name, one in names.experts.items()}
    away: dict[str, dict[str, str]] = {name: {} for name in names.cases}
    loads = dict.fromkeys(names.experts, 0)
    held = dict.fromkeys(names.cases, 0)
    for one in Assignment.objects.filter(stage=stage.id, expert__process=programme.process):
        case, seat = case_names.get(one.case_id), seat_names.get(one.expert_id)
        if case is None or seat is None:
            continue
        standing = one.state == Assignment.State.ASSIGNED
        held[case] += standing
        loads[seat] += standing
        away[case][seat] = HELD if standing else one.get_state_display()
    among = conflicts_among(programme, stage, names.experts.values(), names.cases.values())
    for name, case_row in names.cases.items():
        for seat, expert in names.experts.items():
            if seat not in away[name] and (why := among.get((expert.pk, case_row.pk))):
                away[name][seat] = why[0]
            elif seat not in away[name] and wish.grouped and not in_group(expert.trades, trade_of(stage, case_row)):
                away[name][seat] = OTHER_GROUP
    bridges = wanted > 1 and not wish.grouped and not any(held.values())
    lacking = {name: wanted - number for name, number in held.items() if number < wanted}
    return Asked(
        tuple(lacking),
        tuple(names.experts),
        Terms(wanted, most, wish.even, wish.price, wish.cap, bridges),
        {name: away[name] for name in lacking},
        _fits(stage, names, lacking),
        loads,
        lacking,
    )


def trade_of(stage: Panel, case: Case) -> str:
    """By what cases are grouped: the pack's field, else the trade."""
    return str(case.values.get((stage.grouped or "trade").rpartition(".")[2]) or "")


def _fits(stage: Panel, names: Names, lacking: Iterable[str]) -> dict[str, dict[str, int]] | None:
    """How well experts fit by trade; None where no expert's trade is known: then the seed alone tells them apart."""
    if not any(one.trades for one in names.experts.values()):
        return None
    return {
        name: {
            seat: fit
            for seat, expert in names.experts.items()
            if (fit := affinity(expert.trades, trade_of(stage, case), str(case.values.get("industry") or "")))
        }
        for name in lacking
        for case in (names.cases[name],)
    }


def require_possible(names: Names, found: Rules) -> None:
    """Raise Refused with what blocks a draw, cases by their names."""
    if not found.decision.allowed:
        told = [
            f"{names.cases[one.subject].title}：{one.text}" if one.subject in names.cases else one.text
            for one in found.decision.reasons
        ]
        raise Refused("还不能分派：" + "；".join(told[:5]), "Too few experts.", reasons=found.decision.reasons)
