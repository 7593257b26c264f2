"""The cycle 测—学—践—评 (measures-2025 第十一条): what of a round is done, and how the powers grew over the rounds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

from gongjiang.kernel.errors import BadInput

FULL: Final = Decimal(100)


class Moment(StrEnum):
    """When powers are measured in a round."""

    ENTRY = "entry"
    EVALUATION = "evaluation"


MOMENTS: Final = {Moment.ENTRY: "入学测评", Moment.EVALUATION: "结业评价"}


@dataclass(frozen=True, slots=True)
class Round:
    """A round as far as it has come. `wanted` and `hours`: learning hours set and gained; `over`: it was closed."""

    tested: bool
    wanted: Decimal
    hours: Decimal
    tasks: int
    accepted: int
    evaluated: bool
    over: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One of the four: `state` is done, now or next."""

    id: str
    label: str
    said: str
    state: str


def steps(one: Round) -> tuple[Step, ...]:
    """测, 学, 践, 评 in order; the first that isn't done is where a round stands that isn't over.

    >>> [step.state for step in steps(Round(True, Decimal(40), Decimal(12), 2, 0, False))]
    ['done', 'now', 'next', 'next']
    """
    found = (
        ("test", "测", "已测评" if one.tested else "待测评", one.tested),
        ("learn", "学", _learnt(one), one.hours >= one.wanted and (one.wanted > 0 or one.hours > 0)),
        ("practise", "践", _practised(one), 0 < one.tasks == one.accepted),
        ("evaluate", "评", "已评价" if one.evaluated else "待评价", one.evaluated),
    )
    now = next((key for key, _, _, done in found if not done and not one.over), "")
    return tuple(
        Step(key, label, said, "done" if done else "now" if key == now else "next") for key, label, said, done in found
    )


def _practised(one: Round) -> str:
    if not one.tasks:
        return "没有布置" if one.over else "待布置"
    return f"{one.accepted}/{one.tasks} 项"


def _learnt(one: Round) -> str:
    gained = f"{one.hours.normalize():f}"
    return f"{gained}/{one.wanted.normalize():f} 学时" if one.wanted else f"{gained} 学时"


@dataclass(frozen=True, slots=True)
class Measured:
    """Scores by power at one moment of one round."""

    ordinal: int
    moment: Moment
    on: date
    scores: Mapping[str, Decimal]

    @property
    def label(self) -> str:
        """第1轮 测, as axes and tables say it."""
        return f"第{self.ordinal}轮{'测' if self.moment is Moment.ENTRY else '评'}"


def in_order(measured: Iterable[Measured]) -> list[Measured]:
    """By round, the entry test before the evaluation; what nobody scored is left out."""
    return sorted(
        (one for one in measured if one.scores), key=lambda one: (one.ordinal, one.moment is Moment.EVALUATION)
    )


def growth(measured: Sequence[Measured], power: str) -> Decimal | None:
    """How far a power moved from its first measure to its last; None where it was measured less than twice."""
    held = [one.scores[power] for one in in_order(measured) if power in one.scores]
    return held[-1] - held[0] if len(held) > 1 else None


def read_score(text: str, place: str) -> Decimal:
    """A score from 0 to 100 with two decimals at most. Full-width digits are not taken: scores are compared."""
    said = text.strip()
    try:
        if not said.isascii():
            raise InvalidOperation
        value = Decimal(said)
    except InvalidOperation:
        raise BadInput("请填 0 到 100 的分数，最多两位小数。", "A score from 0 to 100.", place=place) from None
    exponent = value.as_tuple().exponent
    if not value.is_finite() or not 0 <= value <= FULL or not isinstance(exponent, int) or exponent < -2:
        raise BadInput("请填 0 到 100 的分数，最多两位小数。", "A score from 0 to 100.", place=place)
    return value + 0
