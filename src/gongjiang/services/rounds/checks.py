"""What must be true of a choice before a list is closed (ledger N-09, G-10)."""

from collections.abc import Mapping, Sequence

from gongjiang.kernel.decision import Reason
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.rules.quotas.pools import PoolState
from gongjiang.rules.rounds.picks import check_picks
from gongjiang.services.nominations.seats import room_beside
from gongjiang.services.rounds.board import Board


def check_choice(found: Board, kept: Sequence[int], alternates: Sequence[int], reasons: Mapping[str, str]) -> list[str]:
    """Raise what forbids the choice, everything at once where that can be; returns the remarks that go on record.

    `reasons` as in close_list.
    """
    _check_names(found, kept, alternates)
    _check_beside(found, alternates)
    _check_open(found, kept, alternates, reasons)
    decision = check_picks(
        found.ranking,
        [str(one) for one in kept],
        {key.removeprefix("pick:"): text for key, text in reasons.items() if key.startswith("pick:")},
        found.places,
        found.seats,
        at_cut=found.stage.at_cut or "meeting",
        clause=found.stage.clause,
        barred=found.barred,
    )
    if not decision.allowed:
        raise Refused(
            "；".join(_named(found, one) for one in decision.reasons),
            "The choice isn't lawful as it stands.",
            reasons=decision.reasons,
            place=found.stage.shown,
        )
    _check_order(found, kept, reasons)
    _check_order(found, alternates, reasons)
    remarks = [_named(found, one) for one in decision.reasons]
    for state in found.pools(kept):
        if state.blocks:
            raise Refused(f"{state.sentence}。", "A pool is broken.", place=state.label)
        if state.needs_reason:
            remarks.append(_soft(state, reasons))
    return remarks


def _named(found: Board, reason: Reason) -> str:
    case = found.cases.get(int(reason.subject)) if reason.subject.isdigit() else None
    return f"{case.title}：{reason.text}" if case is not None else reason.text


def _soft(state: PoolState, reasons: Mapping[str, str]) -> str:
    why = reasons.get(f"pool:{state.pool}", "").strip()
    if not why:
        raise Refused(f"{state.sentence}。请写明理由。", "Give a reason for this soft rule.", place=state.label)
    return f"{state.sentence}，理由：{why}"


def _check_names(found: Board, kept: Sequence[int], alternates: Sequence[int]) -> None:
    chosen = [*kept, *alternates]
    if len(set(chosen)) != len(chosen):
        raise BadInput("同一人不能列两次。", "Somebody is listed twice.", place="名单")
    if any(one not in found.cases for one in chosen):
        raise BadInput("名单里有不在本环节的人，请刷新后再定。", "Somebody is not on this list.", place="名单")


def _check_beside(found: Board, alternates: Sequence[int]) -> None:
    """Alternates stand beside the places, no more of them than the notice allows (ledger J-08)."""
    room = room_beside(found.programme, found.stage.keep)
    if room is not None and len(alternates) > room:
        raise Refused(
            f"“{found.stage.shown}”的备选至多 {room} 名，现列 {len(alternates)} 名（{found.stage.clause}）。",
            f"No more than {room} alternates.",
            place=found.stage.shown,
        )


def _check_open(found: Board, kept: Sequence[int], alternates: Sequence[int], reasons: Mapping[str, str]) -> None:
    """A place in the order needs its values; nobody is dropped for a score that is merely missing."""
    if not found.keys or not found.ranking.open:
        return
    chosen = {*kept, *alternates}
    listed = [one for one in found.ranking.open if int(one.case) in chosen]
    if listed:
        first = listed[0]
        names = "、".join(found.cases[int(one.case)].title for one in listed[:5])
        raise Refused(
            f"{names}不能列入：{first.sentence}。", "A value that ranks is still open.", place=found.stage.shown
        )
    if not reasons.get("open", "").strip():
        names = "、".join(found.cases[int(one.case)].title for one in found.ranking.open[:5])
        raise Refused(
            f"还有 {len(found.ranking.open)} 人名次未定（{names}）：{found.ranking.open[0].sentence}。"
            "请先补齐，或写明不再等候的理由。",
            "Somebody's place is still open.",
            place=found.stage.shown,
        )


def _check_order(found: Board, listed: Sequence[int], reasons: Mapping[str, str]) -> None:
    """The list stands in the order of the ranking; equals in any order, others where a reason moves them."""
    if reasons.get("order", "").strip() or not found.keys:
        return
    best = 0
    for pk in listed:
        number = found.ranking.number_of(str(pk)) or 0
        if number < best and not reasons.get(f"pick:{pk}", "").strip():
            raise Refused(
                f"{found.cases[pk].title}排第 {number} 名，却列在第 {best} 名之后；不按名次排列须写明理由。",
                "The list isn't in order.",
                place=found.stage.shown,
            )
        best = max(best, number if not reasons.get(f"pick:{pk}", "").strip() else 0)
