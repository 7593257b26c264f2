"""Conflicts of interest: who may not score, vote on or see whom (回避), with the rule found."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class ExpertFacts:
    """What is known about an expert. `employers` and `units` are names or ids of organisations;
    `kin`, `mentor_of` and `recommended` are subjects (persons or units), `declared` cases the expert named.
    """

    id: str
    employers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    mentor_of: frozenset[str] = frozenset()
    recommended: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known about a case: its subjects (the person; of a team its members), employers and nominators."""

    id: str
    subjects: frozenset[str]
    employers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


def _plain(names: frozenset[str]) -> frozenset[str]:
    """Names without width and white space: 霁川 第一机床厂 is 霁川第一机床厂."""
    return frozenset("".join(unicodedata.normalize("NFKC", one).split()).casefold() for one in names) - {""}


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(_plain(one) & _plain(other))


@dataclass(frozen=True, slots=True)
class RecusalRule:
    """One ground of recusal."""

    text: str
    found: Callable[[ExpertFacts, CaseFacts], bool]


#: By the words of a panel's `recusal`. What an expert declares always counts.
RULES: Final[Mapping[str, RecusalRule]] = {
    "same_employer": RecusalRule("与人选同在一个单位", lambda e, c: _meet(e.employers, c.employers)),
    "kin": RecusalRule("与人选有亲属关系", lambda e, c: bool(e.kin & c.subjects)),
    "mentor": RecusalRule("与人选有师徒关系", lambda e, c: bool(e.mentor_of & c.subjects)),
    "recommended": RecusalRule("曾为人选写过推荐", lambda e, c: bool(e.recommended & (c.subjects | {c.id}))),
    "own_unit": RecusalRule("人选由专家所在单位推荐", lambda e, c: _meet(e.units | e.employers, c.units)),
}
DEFAULT: Final = ("same_employer", "kin", "mentor", "recommended", "own_unit")


def conflict(expert: ExpertFacts, case: CaseFacts, rules: Sequence[str] = DEFAULT, *, clause: str = "") -> Decision:
    """May the expert deal with the case? Every ground found is told.

    Allowed with a remark where an employer is blank and could not be compared. BadInput for an unknown rule.
    """
    unknown = [one for one in rules if one not in RULES]
    if unknown:
        raise BadInput(f"不认识的回避规则“{unknown[0]}”", f"Unknown recusal rule {unknown[0]!r}.")
    grounds = [RULES[one].text for one in rules if RULES[one].found(expert, case)]
    if case.id in expert.declared:
        grounds.append("专家自行申明回避")
    if grounds:
        return Decision.no(*(Reason(f"{text}，须回避。", clause, subject=expert.id) for text in grounds))
    if "same_employer" in rules and not (_plain(expert.employers) and _plain(case.employers)):
        return Decision.yes(Reason("工作单位未填，未能核对是否同单位。", clause, "soft", expert.id))
    return Decision.yes()
