"""How far a term has run, in months as people count them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """A cultivation term (培育期): first and last day; `until` None where the notice sets no end."""

    begun: date
    until: date | None

    @property
    def months(self) -> int | None:
        """Length in months, a begun month counting; None without an end.

        >>> Term(date(2025, 10, 1), date(2027, 9, 30)).months
        24
        """
        return None if self.until is None else _months(self.begun, self.until)

    def gone(self, today: date) -> int:
        """The month of the term that today is in, 0 before it begins, at most its length.

        >>> Term(date(2025, 10, 1), date(2027, 9, 30)).gone(date(2026, 10, 4))
        13
        """
        if today < self.begun:
            return 0
        gone = _months(self.begun, today)
        return gone if self.months is None else min(gone, self.months)

    def over(self, today: date) -> bool:
        """Has the last day gone by?"""
        return self.until is not None and today > self.until


def _months(first: date, last: date) -> int:
    """Months from the first day to the last, both in; a begun month counts as one."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    return whole + (1 if last.day >= first.day else 0)
