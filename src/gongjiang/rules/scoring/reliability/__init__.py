"""Reliability: how far the judges of a panel agree, and what a single result rests on."""

from gongjiang.rules.scoring.reliability.agreement import Estimate, judges_needed, kendall_w, stepped_up, two_way
from gongjiang.rules.scoring.reliability.report import JudgeFit, Report, Shares, reliability

__all__ = [
    "Estimate", "JudgeFit", "Report", "Shares", "judges_needed", "kendall_w", "reliability", "stepped_up", "two_way",
]  # fmt: skip
