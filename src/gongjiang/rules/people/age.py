"""Age where the form says only the month of birth: the identity number knows the day."""

from datetime import date
from typing import Any

from gongjiang.kernel.dates import Month, full_years, parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.identity_number import parse


def age_by_number(birth: Any, number: Any, on: date) -> int | None:
    """Full years on a day, if the number is right and its month of birth is the form's; else None."""
    if not isinstance(number, str) or not isinstance(birth, str) or not number or not birth:
        return None
    try:
        born, month = parse(number, on=on).birth, parse_month(birth)
    except BadInput:
        return None
    return full_years(born, on) if born is not None and Month.of(born) == month else None
