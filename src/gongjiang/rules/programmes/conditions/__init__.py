"""Conditions: read from a pack's data, evaluated with an explanation, used to guide rehearsals.

`parse(raw, vocabulary)` is the way in. Kinds of condition live in `operands/`, comparisons in `operators/`; both are
found by looking into the folder, so that a new one is a new file and touches no other.
"""

from gongjiang.rules.programmes.conditions.base import Condition, Operator, Read
from gongjiang.rules.programmes.conditions.parsing import operand_words, operator_words, parse
from gongjiang.rules.programmes.paths import BadCondition

__all__ = ["BadCondition", "Condition", "Operator", "Read", "operand_words", "operator_words", "parse"]
