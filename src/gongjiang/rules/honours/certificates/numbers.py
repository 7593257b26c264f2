"""The number of a certificate: what the edition's rule gives, then a code that nobody can guess.

`南工匠2026-0001-K7QM2-W9XP3`: year and serial by the pack's rule; nine signs of chance (45 bits) and a check sign.
Whoever counts serials up finds nobody: a look-up goes by the code. A slip of the hand is told from a certificate that
doesn't exist, for the check sign finds every wrong sign and every swap of neighbours.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from gongjiang.kernel.errors import BadInput

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, U. I and L are read as 1, O as 0."""
CHANCE: Final = 9
LENGTH: Final = CHANCE + 1
LONGEST: Final = 60
_ALIKE: Final = str.maketrans("ILO", "110")
_PRIME: Final = 37


def code_of(chance: Sequence[int]) -> str:
    """The code of nine numbers from 0 to 31, its check sign behind them."""
    body = "".join(SIGNS[one] for one in chance)
    if len(body) != CHANCE:
        raise ValueError("nine signs make a code")
    for sign in SIGNS:
        if _sound(body + sign):
            return body + sign
    # The check would be one of five values that have no sign: the last sign of chance moves on by one.
    return code_of([*chance[:-1], (chance[-1] + 1) % len(SIGNS)])


def full_number(pattern: str, year: int, serial: int, code: str) -> str:
    """The number as it is printed."""
    front = pattern.replace("{year}", str(year)).replace("{serial}", f"{serial:04d}")
    return f"{front}-{code[:5]}-{code[5:]}"


def code_in(typed: str) -> str:
    """The code at the end of what somebody typed: a whole number or the code alone, with or without dashes.

    Raises BadInput: too short, a sign that no number has, or a check sign that doesn't fit.
    """
    text = unicodedata.normalize("NFKC", typed).upper()
    text = re.sub(r"[\s\-‐-―_.·\u200b-\u200f\u2060\ufeff]", "", text)
    if not text:
        raise BadInput("请输入证书编号。", "Give the certificate's number.", place="证书编号")
    code = text[-LENGTH:].translate(_ALIKE)
    if len(text) > LONGEST or len(code) < LENGTH or any(one not in SIGNS for one in code):
        raise BadInput(
            "这不是证书编号。编号印在证书左下方，末尾是两组各五位的字母和数字，例如 K7QM2-W9XP3。",
            "Not a certificate number: it ends in two groups of five letters and digits.",
            place="证书编号",
        )
    if not _sound(code):
        raise BadInput(
            "编号输错了：末尾十位里有一位不对，或有两位写颠倒了。请对照证书重新输入。",
            "One sign of the number is wrong: its check sign doesn't fit.",
            place="证书编号",
        )
    return code


def _sound(code: str) -> bool:
    """Weighted sum modulo a prime above the number of signs: each single error and each swap shows."""
    return sum((place + 1) * SIGNS.index(one) for place, one in enumerate(code)) % _PRIME == 0
