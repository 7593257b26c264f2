"""What people chose, held against rank and pools: lawful, and in order unless a reason says why not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.rules.quotas.guard import Seating
from gongjiang.rules.rounds.narrowing import AtCut, Seats, full_text, propose, without
from gongjiang.rules.rounds.rank import Ranking


def check_picks(
    ranking: Ranking,
    picks: Sequence[str],
    reasons: Mapping[str, str],
    size: int,
    seats: Seats | None = None,
    *,
    at_cut: AtCut = "meeting",
    exactly: bool = False,
    clause: str = "",
    barred: Mapping[str, str] | None = None,
) -> Decision:
    """May people choose so? Refuses strangers, doubles, too many, what a hard pool refuses, and picks
    out of order without a reason. Fewer than `size` is lawful unless the pack says `exactly`.

    `barred`: whom a rule bars, and why; nobody passes over them. A pick is out of order if rank and pools would not
    have proposed it, even with every tie broken in its favour. `Reason.subject` names the case.
    """
    seats = seats or {}
    barred = barred or {}
    found = [Reason(f"{barred[one]}，不能列入。", clause, subject=one) for one in picks if one in barred]
    picks = [one for one in picks if one not in barred]
    ranking = without(ranking, frozenset(barred))
    found += _impossible(ranking, picks, size, seats, exactly, at_cut, clause)
    seating = Seating()
    for case in dict.fromkeys(picks):
        full = seating.full(seats.get(case, ()))
        if full is not None:
            found.append(Reason(f"{full_text(full)}，不能再列入。", clause, subject=case))
        else:
            seating.take(seats.get(case, ()))
    remarks = []
    for case, text in _out_of_order(ranking, picks, size, seats, at_cut).items():
        if reasons.get(case, "").strip():
            remarks.append(Reason(f"{text}，理由：{reasons[case].strip()}", clause, "soft", case))
        else:
            found.append(Reason(f"{text}，须写明理由。", clause, subject=case))
    return Decision.no(*found) if found else Decision.yes(*remarks)


def _impossible(
    ranking: Ranking, picks: Sequence[str], size: int, seats: Seats, exactly: bool, at_cut: AtCut, clause: str
) -> list[Reason]:
    found = [
        Reason("不在本阶段名单内，不能列入。", clause, subject=case) for case in picks if case not in ranking.cases
    ]
    if len(set(picks)) != len(picks):
        found.append(Reason("同一对象列入了两次。", clause))
    most = size
    if at_cut == "take_all":
        most = max(size, len(propose(ranking, size, seats, at_cut=at_cut).kept_cases))
    if len(picks) > most:
        found.append(Reason(f"最多列入{most}个，现为{len(picks)}个，请减少{len(picks) - most}个。", clause))
    if exactly and len(picks) < size:
        found.append(Reason(f"须列入{size}个，现为{len(picks)}个。", clause))
    return found


def _out_of_order(ranking: Ranking, picks: Sequence[str], size: int, seats: Seats, at_cut: AtCut) -> dict[str, str]:
    """Each pick that rank would not have proposed, and what it passes over."""
    chosen = frozenset(picks)
    favoured = propose(_in_favour(ranking, chosen), len(chosen), seats, at_cut="meeting")
    proper = propose(ranking, size, seats, at_cut=at_cut)
    proposed = favoured.kept_cases | (favoured.tie.cases if favoured.tie else frozenset())
    if at_cut in ("take_all", "take_none"):
        proposed &= proper.kept_cases
    passed = min((rung.number for rung in ranking.rungs if rung.cases & (proposed - chosen)), default=None)
    over = f"，越过第{passed}名" if passed is not None else ""
    found = {}
    for case in picks:
        number = ranking.number_of(case)
        if case in proposed or case not in ranking.cases:
            continue
        found[case] = "名次未定的对象列入名单" if number is None else f"第{number}名不在按名次建议之列{over}"
    return found


def _in_favour(ranking: Ranking, chosen: frozenset[str]) -> Ranking:
    """The same order with each tie broken for those chosen: among equals people choose freely."""
    rungs = []
    for rung in ranking.rungs:
        for part in (rung.cases & chosen, rung.cases - chosen):
            if part:
                rungs.append(replace(rung, cases=part))
    return Ranking(tuple(rungs), ranking.open)
