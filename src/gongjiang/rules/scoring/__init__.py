"""Scores: one tree for points, experts, contests and votes; experts' sheets, conflicts and assignment."""
