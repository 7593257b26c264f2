"""What a vote decides: enough of the body in the room, enough of them for it. Shares are compared exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.errors import BadInput


class Choice(StrEnum):
    """What a paper says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Share:
    """A share that must be reached; `strict`: exceeded (过半数) rather than reached (三分之二以上)."""

    part: Fraction
    strict: bool
    label: str

    def met(self, count: int, of: int) -> bool:
        """Is `count` of `of` enough? Of nobody, nothing is."""
        if of == 0:
            return False
        return count > self.part * of if self.strict else count >= self.part * of

    def least(self, of: int) -> int:
        """The smallest count that is enough."""
        exact = self.part * of
        whole = -(-exact.numerator // exact.denominator)
        return whole + 1 if self.strict and whole == exact else whole


SHARES: Final[Mapping[str, Share]] = {
    "half": Share(Fraction(1, 2), True, "超过半数"),
    "two_thirds": Share(Fraction(2, 3), False, "三分之二以上"),
    "all": Share(Fraction(1), False, "全体"),
}
"""What bodies usually ask, by its word."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a body decides: `quorum` of its members must be in the room; `majority` of those in the room (`present`) or
    of all members (`members`) must be for it. Who is recused from an item belongs to neither."""

    quorum: str = "two_thirds"
    majority: str = "half"
    of: str = "members"

    def __post_init__(self) -> None:
        if self.quorum not in SHARES or self.majority not in SHARES or self.of not in {"members", "present"}:
            raise BadInput("表决规则不认识，请从列出的里选。", "Unknown terms of voting.", place="表决规则")

    @property
    def text(self) -> str:
        """One sentence for the page and the minutes."""
        base = "应到成员" if self.of == "members" else "到会成员"
        return f"应到成员{SHARES[self.quorum].label}到会方可表决，{base}{SHARES[self.majority].label}同意为通过"


def quorate(terms: Terms, members: int, present: int) -> Decision:
    """May they vote? `members` and `present` count nobody who is recused from this item."""
    share = SHARES[terms.quorum]
    if share.met(present, members):
        return Decision.yes()
    need = share.least(members)
    return Decision.no(Reason(f"应到 {members} 人，到会 {present} 人，不足 {need} 人，不能表决。"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a vote ended."""

    passed: bool
    counts: Mapping[Choice, int]
    text: str


def outcome(terms: Terms, members: int, present: int, counts: Mapping[Choice, int]) -> Outcome:
    """Count the papers. BadInput where there are more than people in the room, or no quorum."""
    cast = sum(counts.values())
    if cast > present:
        raise BadInput(f"收到 {cast} 票，到会只有 {present} 人。", "More papers than people.", place="表决")
    held = quorate(terms, members, present)
    if not held.allowed:
        raise BadInput(held.reasons[0].text, "No quorum.", place="表决")
    of = members if terms.of == "members" else present
    agreed = counts.get(Choice.FOR, 0)
    passed = SHARES[terms.majority].met(agreed, of)
    parts = [("同意", agreed), ("不同意", counts.get(Choice.AGAINST, 0)), ("弃权", counts.get(Choice.ABSTAIN, 0))]
    missing = present - cast
    said = "，".join(f"{label} {count} 票" for label, count in parts) + (f"，未投 {missing} 人" if missing else "")
    need = SHARES[terms.majority].least(of)
    return Outcome(passed, dict(counts), f"{said}；需 {need} 票，{'通过' if passed else '未通过'}。")
