"""Assignment of experts to cases: a draw that anybody can repeat."""

from gongjiang.rules.scoring.assignment.assign import Affinities, Assignment, Conflicts, Prices, assign, draw
from gongjiang.rules.scoring.assignment.chance import commitment
from gongjiang.rules.scoring.assignment.terms import Terms

__all__ = ["Affinities", "Assignment", "Conflicts", "Prices", "Terms", "assign", "commitment", "draw"]
