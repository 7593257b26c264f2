"""Two packs compared, in words an official reads: two years of a programme, or two cities.

`compare` says what changed, item by item; `report` prints it, `as_data` gives it to programs.
"""

from gongjiang.rules.programmes.diff.compare import Change, Detail, Difference, Head, Part, compare
from gongjiang.rules.programmes.diff.report import as_data, report

__all__ = ["Change", "Detail", "Difference", "Head", "Part", "as_data", "compare", "report"]
