"""The five powers of an artisan (工匠五力), by which cultivation sets its goals and measures its results."""

from typing import Final

from gongjiang.rules.programmes.schema.cultivation import POWERS as NAMED

POWERS: Final = tuple(one.shown for one in NAMED)
"""Those of measures-2025 第五条; a pack may name its own (`cultivation.powers`, or its code list of powers)."""
