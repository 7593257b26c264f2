"""Sums of public money: kept in 分, whole numbers; typed and told in 元."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

from gongjiang.kernel.errors import BadInput

MOST: Final = 10**13
"""分: a hundred thousand million 元, more than any budget here."""

_TYPED: Final = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?|[0-9]{1,12}(\.[0-9]{1,2})?")


def parse_yuan(text: str, *, place: str = "金额") -> Decimal | None:
    """A sum as people type it: `5000`, `5,000.50`, `５０００元`; None for nothing typed. BadInput for the rest.

    >>> parse_yuan("１２，３４５.6 元")
    Decimal('12345.60')
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).removeprefix("¥").removesuffix("元")
    if not plain:
        return None
    if not _TYPED.fullmatch(plain):
        raise BadInput("金额请写成数字，最多到分，如 5000 或 5000.50。", "A sum such as 5000.50.", place=place)
    return Decimal(plain.replace(",", "")).quantize(Decimal("0.01"))


def cents(sum_: Decimal) -> int:
    """元 in 分. Raises BadInput for what no budget holds."""
    found = int(sum_ * 100)
    if not 0 <= found <= MOST:
        raise BadInput("金额过大或小于 0，请核对。", "No such amount.", place="金额")
    return found


def yuan(fen: int) -> Decimal:
    """分 in 元, with two decimals."""
    return Decimal(fen).scaleb(-2)


def shown(fen: int) -> str:
    """A sum for people, without empty decimals.

    >>> shown(123456700), shown(50), shown(-120)
    ('1,234,567', '0.50', '-1.20')
    """
    return f"{yuan(fen):,.2f}".removesuffix(".00")
