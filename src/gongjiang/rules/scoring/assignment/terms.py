"""What a draw is asked to do, stated before it: how many each, how fair, how random, whether panels are bridged."""

from dataclasses import dataclass
from fractions import Fraction

from gongjiang.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Terms:
    """`per_case` experts each, at most `most` cases an expert.

    `even`: loads differ by one at most where conflicts allow. `price`: what share of the total affinity may be given
    up to raise the worst-off case (None: greatest total only). `cap`: no pair is likelier than this (None: no draw of
    pairs). `bridges`: panels are to hang together.
    """

    per_case: int
    most: int | None = None
    even: bool = True
    price: Fraction | None = Fraction(1, 100)
    cap: Fraction | None = None
    bridges: bool = True

    def __post_init__(self) -> None:
        if self.per_case < 1:
            raise BadInput("每个对象至少一位专家。", "At least one expert a case.", place="每个对象的专家数")
        if self.most is not None and self.most < 0:
            raise BadInput("每位专家的上限不能是负数。", "A negative ceiling.", place="每位专家最多评")
        if self.price is not None and not 0 <= self.price <= 1:
            raise BadInput("让利比例须在0到100%之间。", "A share from 0 to 1.", place="让利比例")
        if self.cap is not None and not (0 < self.cap <= 1 and self.cap.denominator <= 100):
            raise BadInput("配对概率上限须大于0、不大于1，至多两位小数。", "A cap in (0, 1].", place="配对概率上限")
