"""Conflicts of interest: who may not score, vote on or see whom (回避), with the rule found."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput

#: How long an honour or a work in common counts.
YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Shared:
    """An honour received together, or a work written together, with a subject (or with whoever else has this very
    work or team, by its key); `when` None: the date isn't known."""

    subject: str
    kind: Literal["honour", "work"]
    when: date | None = None


@dataclass(frozen=True, slots=True)
class ExpertFacts:
    """What is known about an expert. `employers`, `groups` (corporate), `branches` (of the union) and `units` are names
    or ids of organisations; `kin`, `mentor_of` and `recommended` are subjects (persons or units), `declared` cases or
    subjects the expert named. `names`: what a case's record may call the expert; `said`: who the expert named.
    """

    id: str
    employers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    mentor_of: frozenset[str] = frozenset()
    recommended: frozenset[str] = frozenset()
    declared: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()
    shared: frozenset[Shared] = frozenset()
    names: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known about a case: its subjects (the person; of a team its members), employers and nominators.

    `shared`: with whom, by the case's own record; `on`: the day from which years are counted back.
    """

    id: str
    subjects: frozenset[str]
    employers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    branches: frozenset[str] = frozenset()
    on: date | None = None
    shared: frozenset[Shared] = frozenset()


@lru_cache(maxsize=1 << 16)
def _plain(names: frozenset[str]) -> frozenset[str]:
    """Names without width and white space: 霁川 第一机床厂 is 霁川第一机床厂."""
    return frozenset("".join(unicodedata.normalize("NFKC", one).split()).casefold() for one in names) - {""}


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and not _plain(one).isdisjoint(_plain(other))


def words_of(facts: ExpertFacts | CaseFacts) -> frozenset[str]:
    """Every word by which something could be found; where an expert and a case share none, no ground holds."""
    found = facts.employers | facts.units | facts.groups | facts.branches | {one.subject for one in facts.shared}
    if isinstance(facts, CaseFacts):
        return _plain(found | facts.subjects | {facts.id})
    return _plain(found | facts.kin | facts.mentor_of | facts.recommended | facts.declared | facts.names)


def _together(kind: str) -> Callable[[ExpertFacts, CaseFacts], bool]:
    """An honour or a work in common within YEARS, by either record; where a date is lacking it counts."""

    def found(expert: ExpertFacts, case: CaseFacts) -> bool:
        told = [one for one in expert.shared if one.subject in case.subjects]
        told += [one for one in case.shared if one.subject in expert.names]
        return any(one.kind == kind and _recent(one.when, case.on) for one in told)

    return found


def _recent(when: date | None, on: date | None) -> bool:
    if when is None or on is None:
        return True
    month, day = (3, 1) if (on.month, on.day) == (2, 29) else (on.month, on.day)
    return when >= date(on.year - YEARS, month, day)


@dataclass(frozen=True, slots=True)
class RecusalRule:
    """One ground of recusal: what is said of the case, and what is looked at."""

    text: str
    found: Callable[[ExpertFacts, CaseFacts], bool]
    looks_at: str = ""


#: By the words of a panel's `recusal`. What an expert declares always counts.
RULES: Final[Mapping[str, RecusalRule]] = {
    "same_employer": RecusalRule(
        "与人选同在一个单位", lambda e, c: _meet(e.employers, c.employers), "双方现在的工作单位"
    ),
    "same_group": RecusalRule("与人选同属一个集团", lambda e, c: _meet(e.groups, c.groups), "双方单位所属的集团"),
    "same_branch": RecusalRule(
        "与人选同在一个工会分会", lambda e, c: _meet(e.branches, c.branches), "双方所在的工会分会"
    ),
    "kin": RecusalRule("与人选有亲属关系", lambda e, c: bool(e.kin & c.subjects), "专家申明的亲属"),
    "mentor": RecusalRule("与人选有师徒关系", lambda e, c: bool(e.mentor_of & c.subjects), "专家申明的师徒、带徒记录"),
    "co_honoured": RecusalRule("五年内与人选共同受过表彰", _together("honour"), "同一集体的表彰、同一奖项的共同获奖人"),
    "co_author": RecusalRule("五年内与人选有共同成果", _together("work"), "双方申报表和档案里的同一成果、共同完成人"),
    "recommended": RecusalRule(
        "曾为人选写过推荐", lambda e, c: bool(e.recommended & (c.subjects | {c.id})), "申报表里的推荐人"
    ),
    "own_unit": RecusalRule("人选由专家所在单位推荐", lambda e, c: _meet(e.units | e.employers, c.units), "推荐单位"),
}
DEFAULT: Final = tuple(RULES)
#: Grounds of a panel whose pack names none: all but who put the person forward.
USUAL: Final = tuple(one for one in RULES if one != "own_unit")


def conflict(expert: ExpertFacts, case: CaseFacts, rules: Sequence[str] = DEFAULT, *, clause: str = "") -> Decision:
    """May the expert deal with the case? Every ground found is told.

    Allowed with a remark where an employer is blank and could not be compared. BadInput for an unknown rule.
    """
    unknown = [one for one in rules if one not in RULES]
    if unknown:
        raise BadInput(f"不认识的回避规则“{unknown[0]}”", f"Unknown recusal rule {unknown[0]!r}.")
    grounds = [RULES[one].text for one in rules if RULES[one].found(expert, case)]
    if expert.declared & (case.subjects | {case.id}):
        grounds.append("专家自行申明回避")
    if grounds:
        return Decision.no(*(Reason(f"{text}，须回避。", clause, subject=expert.id) for text in grounds))
    if "same_employer" in rules and not (_plain(expert.employers) and _plain(case.employers)):
        return Decision.yes(Reason("工作单位未填，未能核对是否同单位。", clause, "soft", expert.id))
    return Decision.yes()
