"""Words of a pack's benefits that the platform acts on; rooms above give them their effect."""

from collections.abc import Mapping
from typing import Final

ONCE: Final = ("once", "bonus", "honour", "certificate", "trophy", "priority", "award", "enter")
"""Kinds that come with the naming."""

AGAIN: Final = ("monthly", "yearly", "service")
"""Kinds that are given again and again."""

NOTED: Final = ("cultivation", "nomination", "advice")
"""Kinds that other parts of the platform or people see to."""

MONEY: Final = ("once", "bonus", "monthly", "yearly", "service")
"""Kinds that may carry a sum, and so be divided."""

MONEY_ONCE: Final = ("once", "bonus")
"""Kinds of a sum that is given once: with the naming, or each time a process makes it due."""

PAYEES: Final[Mapping[str, str]] = {
    "person": "本人",
    "leader": "领衔人",
    "unit": "所在单位",
    "studio": "工作室",
    "team": "团队",
    "apprentice": "徒弟",
    "family": "家属",
}
"""Whom a benefit may go to."""

STOPS: Final = ("suspend", "end", "revoke")
SINCE: Final = ("trainee", "stands")

LEVELS: Final[Mapping[str, str]] = {
    "national": "全国总工会",
    "province": "省级总工会",
    "city": "市级总工会",
    "county": "县级总工会",
    "industry": "产业工会",
    "unit": "基层",
    "employer": "所在单位",
}
"""Whose money it is (`fund`)."""
