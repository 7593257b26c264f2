"""Answers to questions that are not asked any more: typed, then another answer made their condition false.

They stay in the draft, so that they are there again when the condition is; they are neither printed nor handed in.
"""

from collections.abc import Mapping
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.models import Case
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.form import truth_of
from gongjiang.services.programmes.programme import Programme


def unasked(programme: Programme, case: Case, values: Mapping[str, Any], facts: Facts | None = None) -> frozenset[str]:
    """Their names. `facts`: of the case as it stands, if they are at hand; read only where a question may be hidden."""
    conditions = {one.id: one.when for one in programme.pack.fields if one.when and not is_blank(values.get(one.id))}
    if not conditions:
        return frozenset()
    known = facts or facts_of_one(programme, case)
    return frozenset(name for name, when in conditions.items() if truth_of(programme, case, known, when) is Truth.FALSE)
