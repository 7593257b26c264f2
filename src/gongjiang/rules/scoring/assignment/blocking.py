"""Why there is no assignment, in words: the rule that blocks, and for whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from gongjiang.kernel.decision import Reason
from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.scoring.assignment.arrays import Mask, Problem
from gongjiang.rules.scoring.assignment.flow import most_possible

Grounds = Mapping[str, Mapping[str, str]]


def blocking(problem: Problem, cases: Sequence[str], grounds: Grounds, most: int | None) -> list[Reason]:
    """Reasons, at least one, in the order of the cases' names."""
    open_to = problem.allowed.sum(1)
    short = [at for at in range(len(cases)) if open_to[at] < problem.need[at]]
    if short:
        return sorted((_too_few(problem, at, cases[at], grounds) for at in short), key=lambda one: one.subject)
    wanted, places = int(problem.need.sum()), int(problem.most.sum())
    if wanted > places:
        each = _each(problem)
        text = f"每位专家最多评{most}个，{len(cases)}个对象各需{each}位，{problem.size[1]}位专家不够分配"
        return [Reason(f"{text}，请增加专家或放宽上限。")]
    return [_crowded(problem, cases, grounds, most)]


def capped(problem: Problem, cases: Sequence[str], cap: Fraction) -> list[Reason]:
    """Reasons where an assignment exists and only the cap on the probability of a pair is in the way."""
    share = f"{decimal_text(cap * 100)}%"
    open_to = problem.allowed.sum(1)
    short = [at for at in range(len(cases)) if open_to[at] * cap < problem.need[at]]
    tail = "请增加专家，或放宽配对概率的上限。"
    if not short:
        return [Reason(f"任何一对的概率至多{share}时排不出来，{tail}")]
    found = []
    for at in short:
        wanted = -(-int(problem.need[at]) * cap.denominator // cap.numerator)
        text = (
            f"任何一对的概率至多{share}时，需{problem.need[at]}位专家就须有{wanted}位可评，只有{open_to[at]}位，{tail}"
        )
        found.append(Reason(text, subject=cases[at]))
    return sorted(found, key=lambda one: one.subject)


def _too_few(problem: Problem, at: int, case: str, grounds: Grounds) -> Reason:
    why = _counted(grounds, [case]) or "专家人数不足"
    need, open_to = problem.need[at], problem.allowed[at].sum()
    return Reason(f"需{need}位专家，可评的只有{open_to}位（{why}），请增加专家。", subject=case)


def _crowded(problem: Problem, cases: Sequence[str], grounds: Grounds, most: int | None) -> Reason:
    """Some cases share too few experts (Hall's condition): those that the cut of least capacity sets apart."""
    chosen = most_possible(problem)
    in_cut, experts = _cut(problem, chosen)
    names = sorted(cases[at] for at in np.flatnonzero(in_cut).tolist())
    wanted = int(problem.need[in_cut].sum())
    supply = np.minimum(problem.most, problem.allowed[in_cut].sum(0))[experts]
    shown = "、".join(names[:5]) + ("等" if len(names) > 5 else "")
    why = _counted(grounds, names)
    text = (
        f"{shown}（共{len(names)}个对象）合计需{wanted}人次，可评的{int(experts.sum())}位专家"
        f"每位最多再评{most if most is not None else int(problem.most.max(initial=0))}个，只够{int(supply.sum())}人次"
    )
    tail = f"；其余专家不可评：{why}" if why else ""
    return Reason(f"{text}{tail}。请增加可评这些对象的专家或放宽上限。", subject=names[0])


def _cut(problem: Problem, chosen: Mask) -> tuple[Mask, Mask]:
    """Cases and experts that places could still be moved among from a case that lacks some; all are full."""
    cases = chosen.sum(1) < problem.need
    experts = np.zeros(problem.size[1], bool)
    while True:
        reached = (problem.allowed & ~chosen)[cases].any(0)
        wider = cases | chosen[:, reached].any(1)
        if (wider == cases).all() and (reached == experts).all():
            return cases, problem.allowed[cases].any(0)
        cases, experts = wider, reached


def _counted(grounds: Grounds, cases: Sequence[str]) -> str:
    counted = Counter(ground for case in cases for ground in grounds.get(case, {}).values())
    return "、".join(f"{ground}{number}位" for ground, number in sorted(counted.items()))


def _each(problem: Problem) -> str:
    low, high = int(problem.need.min()), int(problem.need.max())
    return str(low) if low == high else f"{low}至{high}"
