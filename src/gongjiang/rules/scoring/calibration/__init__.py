"""Calibration: what judges' habits do to scores, corrected openly, always beside the plain mean."""

from gongjiang.rules.scoring.calibration.chances import Chance, band, chances
from gongjiang.rules.scoring.calibration.marks import Bridge, Mark, Marks
from gongjiang.rules.scoring.calibration.methods import (
    ADVISED,
    LABELS,
    METHODS,
    Method,
    Result,
    SideBySide,
    calibrated,
    side_by_side,
)
from gongjiang.rules.scoring.calibration.page import JudgeNumbers, Page

__all__ = [
    "ADVISED", "LABELS", "METHODS", "Bridge", "Chance", "JudgeNumbers", "Mark", "Marks", "Method", "Page", "Result",
    "SideBySide", "band", "calibrated", "chances", "side_by_side",
]  # fmt: skip
