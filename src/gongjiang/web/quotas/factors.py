"""Factors that a notice wants weighed, as figures where they are known and named where they are not (ledger M-22)."""

from collections.abc import Collection, Sequence
from typing import Any

from gongjiang.services.quotas.figures import Reckoned


def factor_blocks(found: Sequence[Reckoned], names: Collection[str]) -> list[dict[str, Any]]:
    """One block an allocation: its factors, and for these units what is known of each. Units of which nothing is
    known stand together in one line."""
    blocks = []
    for one in found:
        spec = one.report.spec
        if not spec.factors:
            continue
        units = [unit for unit in dict.fromkeys((*spec.units, *one.texts)) if unit in names]
        rows = [
            {"unit": unit, "cells": [_cell(one, unit, factor) for factor in spec.factors]}
            for unit in units
            if one.texts.get(unit)
        ]
        if spec.units and not units:
            continue
        unknown = [unit for unit in units if not one.texts.get(unit)]
        blocks.append(
            {
                "label": spec.label,
                "clause": spec.clause,
                "factors": [factor.label + (f"（{factor.unit}）" if factor.unit else "") for factor in spec.factors],
                "rows": rows,
                "unknown": unknown,
                "source": one.given.basis if one.given is not None else "",
            }
        )
    return blocks


def _cell(one: Reckoned, unit: str, factor: Any) -> str:
    return one.texts.get(unit, {}).get(factor.id, "")
