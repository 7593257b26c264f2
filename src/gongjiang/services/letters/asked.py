"""Which letters a case is asked for: of whom, how many, under which clause."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.models import Case
from gongjiang.rules.nominations.form_plan_parts import FilesAsked
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.material import Letters
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.material import needed_of
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class LettersAsked:
    """`rows`: the experts as the form names them, numbers in clear: for comparing, never for a page."""

    part: FilesAsked
    letters: Letters
    needed: int
    rows: tuple[Mapping[str, Any], ...]
    nominee: Mapping[str, Any]
    columns: Mapping[str, FieldSpec]
    fields: Mapping[str, FieldSpec]

    @property
    def attachment(self) -> str:
        """The attachment under which the letters stand."""
        return self.part.attachment.id

    @property
    def label(self) -> str:
        """What the notice calls them."""
        return self.part.attachment.shown

    @property
    def clause(self) -> str:
        """Where it asks for them."""
        return self.part.attachment.clause

    def row(self, row_id: str) -> Mapping[str, Any] | None:
        """One expert of the form."""
        return next((one for one in self.rows if str(one.get("id")) == row_id), None)


def names_experts(programme: Programme, case: Case) -> bool:
    """Does the form name experts whose letters are asked for? Asks the database nothing."""
    parts = (part.attachment.letters for part in plan_of(programme, case).files())
    return any(case.values.get(one.rows) for one in parts if one is not None)


def letters_asked(programme: Programme, case: Case, facts: Facts | None = None) -> LettersAsked | None:
    """None where this case is asked for none. No query beyond the facts a condition needs, where they aren't given."""
    words = programme.pack.vocabulary
    for part in plan_of(programme, case).files():
        letters = part.attachment.letters
        if letters is None:
            continue
        if part.when is not None:
            facts = facts or facts_of_one(programme, case)
            if holds(programme, part.when, facts) is not Truth.TRUE:
                continue
        values = opened(case.values, words)
        given = values.get(letters.rows) or []
        rows = tuple(one for one in given if isinstance(one, Mapping) and one.get("id"))
        return LettersAsked(
            part, letters, needed_of(part), rows, values, words.columns(letters.rows), programme.fields_of(case.award)
        )
    return None
