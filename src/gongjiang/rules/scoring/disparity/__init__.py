"""Disparity: who came how far, by group; for people to look at, never to adjust by."""

from gongjiang.rules.scoring.disparity.report import LEAST, Cell, Passing, Stage, composition, passing

__all__ = ["LEAST", "Cell", "Passing", "Stage", "composition", "passing"]
