"""The decreed working days of mainland China, read from the installed chinesecalendar package.

Only its tables are read, never its guesses: a year outside them stays undecreed until somebody loads it.
"""

from functools import cache

from chinese_calendar import constants

from gongjiang.kernel.workdays import Calendar


@cache
def decreed_calendar() -> Calendar:
    """All years that the package's tables cover (2004 to 2026 in version 1.11)."""
    holidays = frozenset(constants.holidays)
    return Calendar(
        years=frozenset(day.year for day in holidays),
        holidays=holidays,
        worked=frozenset(constants.workdays),
    )
