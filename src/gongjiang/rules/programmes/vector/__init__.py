"""The rules of a pack asked of many people at once: the same rule objects as polars expressions.

Truth is a nullable Boolean (null: unknown), so polars' `&`, `|` and `~` are Kleene's. What a rule reads comes as
columns (`columns.py`) from `People`: explained facts (`fact_people.py`) or tables (`table_people.py`). Conditions and
comparisons have their counterparts in `operands/` and `operators/`, found by looking into the folder. What has none is
asked person by person of the explaining evaluator, and named in `Verdicts.by_person`: slower, never different.
"""

from gongjiang.rules.programmes.vector.evaluate import evaluate_people
from gongjiang.rules.programmes.vector.fact_people import FactPeople
from gongjiang.rules.programmes.vector.people import Need, People, Rows
from gongjiang.rules.programmes.vector.table_people import TablePeople
from gongjiang.rules.programmes.vector.verdicts import RuleVerdicts, Verdicts

__all__ = ["FactPeople", "Need", "People", "Rows", "RuleVerdicts", "TablePeople", "Verdicts", "evaluate_people"]
