"""The five powers of an artisan (工匠五力), by which cultivation sets its goals and measures its results."""

from typing import Final

POWERS: Final = ("引领力", "成就力", "创新力", "专注力", "传承力")
"""Those of measures-2025 第五条; a notice may name its own in the code list `five_powers`."""
CODES: Final = "five_powers"
"""The code list of a pack that names its powers."""
