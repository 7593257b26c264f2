"""Experts to cases: so many each, nobody in conflict, loads as even as can be; replayable from the seed.

Neither the order of the input nor anything but the seed and the ids decides: ties are broken by a hash.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from gongjiang.kernel.decision import Decision, Reason

#: For each case, the experts who must stay away, each with the ground.
Conflicts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who scores whom. `decision` refuses with the blocking rule if it can't be done; then nobody is assigned."""

    experts: Mapping[str, tuple[str, ...]]
    loads: Mapping[str, int]
    seed: str
    decision: Decision


def assign(
    cases: Sequence[str],
    experts: Sequence[str],
    per_case: int,
    seed: str,
    conflicts: Conflicts | None = None,
    most: int | None = None,
    loads: Mapping[str, int] | None = None,
) -> Assignment:
    """Give each case `per_case` different experts without a conflict, none more than `most` cases.
    `loads`: what experts have already; it counts in theirs.

    Loads differ by no more than one wherever conflicts allow: no chain of exchanges makes them evener.
    """
    if len(set(cases)) < len(cases) or len(set(experts)) < len(experts):
        raise ValueError("a case or an expert is named twice")
    conflicts = conflicts or {}
    allowed = {case: [one for one in sorted(experts) if one not in conflicts.get(case, {})] for case in cases}
    short = [case for case in cases if len(allowed[case]) < per_case]
    if short:
        reasons = (_too_few(case, allowed[case], per_case, conflicts.get(case, {})) for case in sorted(short))
        return Assignment({}, {}, seed, Decision.no(*reasons))
    before = loads or {}
    given, found = _deal(cases, {one: before.get(one, 0) for one in experts}, allowed, per_case, seed)
    _even_out(given, found, allowed, seed)
    if most is not None and max(found.values(), default=0) > most:
        text = f"每位专家最多评{most}个，{len(cases)}个对象各需{per_case}位，{len(experts)}位专家不够分配"
        return Assignment({}, {}, seed, Decision.no(Reason(f"{text}，请增加专家或放宽上限。")))
    return Assignment({case: tuple(sorted(chosen)) for case, chosen in given.items()}, found, seed, Decision.yes())


def _too_few(case: str, allowed: Sequence[str], per_case: int, grounds: Mapping[str, str]) -> Reason:
    counted: dict[str, int] = {}
    for ground in grounds.values():
        counted[ground] = counted.get(ground, 0) + 1
    why = "、".join(f"{ground}{n}位" for ground, n in sorted(counted.items())) or "专家人数不足"
    return Reason(f"需{per_case}位专家，可评的只有{len(allowed)}位（{why}），请增加专家。", subject=case)


def _mix(seed: str, *words: str) -> bytes:
    """An order that only the seed and the ids decide."""
    return sha256("\x1f".join((seed, *words)).encode()).digest()


def _deal(
    cases: Sequence[str], before: Mapping[str, int], allowed: Mapping[str, Sequence[str]], per_case: int, seed: str
) -> tuple[dict[str, set[str]], dict[str, int]]:
    """Case by case, each time those with the least so far."""
    loads = {one: before[one] for one in sorted(before)}
    given: dict[str, set[str]] = {}
    for case in sorted(cases, key=lambda one: (len(allowed[one]), _mix(seed, one))):
        best = sorted(allowed[case], key=lambda one: (loads[one], _mix(seed, case, one)))[:per_case]
        given[case] = set(best)
        for one in best:
            loads[one] += 1
    return given, loads


def _even_out(
    given: dict[str, set[str]], loads: dict[str, int], allowed: Mapping[str, Sequence[str]], seed: str
) -> None:
    """Hand cases on along chains from the most to the least loaded, until no chain helps.

    A chain that ends two or more below its start makes the loads evener; when none is left they are as
    even as they can be (Harvey, Ladner, Lovász, Tamir: Semi-matchings, 2006).
    """
    order = sorted(loads, key=lambda one: _mix(seed, "even", one))
    moved = True
    while moved:
        moved = False
        for start in sorted(order, key=lambda one: -loads[one]):
            chain = _chain(start, given, loads, allowed)
            if chain:
                for case, giver, taker in chain:
                    given[case].remove(giver)
                    given[case].add(taker)
                loads[start] -= 1
                loads[chain[-1][2]] += 1
                moved = True
                break


def _chain(
    start: str, given: Mapping[str, set[str]], loads: Mapping[str, int], allowed: Mapping[str, Sequence[str]]
) -> list[tuple[str, str, str]]:
    """The shortest chain (case, giver, taker) … that ends at somebody with at least two fewer."""
    if loads[start] - min(loads.values(), default=0) < 2:
        return []
    held: dict[str, list[str]] = {}
    for case in sorted(given):
        for one in given[case]:
            held.setdefault(one, []).append(case)
    came: dict[str, tuple[str, str]] = {}
    waiting = deque([start])
    while waiting:
        giver = waiting.popleft()
        for case in held.get(giver, ()):
            for taker in allowed[case]:
                if taker in given[case] or taker in came or taker == start:
                    continue
                came[taker] = (case, giver)
                if loads[taker] <= loads[start] - 2:
                    return _back(came, start, taker)
                waiting.append(taker)
    return []


def _back(came: Mapping[str, tuple[str, str]], start: str, end: str) -> list[tuple[str, str, str]]:
    chain: list[tuple[str, str, str]] = []
    while end != start:
        case, giver = came[end]
        chain.append((case, giver, end))
        end = giver
    return chain[::-1]
