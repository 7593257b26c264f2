"""Files that a nomination still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongjiang.kernel.text import quoted
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case
from gongjiang.rules.nominations.form_plan_parts import FilesAsked
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.nominations.form import FormPage, truth_of
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True, slots=True)
class Lacking:
    """An attachment with fewer files than the notice asks for."""

    asked: FilesAsked
    held: int
    needed: int

    @property
    def text(self) -> str:
        """What to do, in one sentence."""
        return f"{quoted(self.asked.attachment.shown)}至少{self.needed}份，现有{self.held}份。"


def needed_of(asked: FilesAsked) -> int:
    """How many files must be there at least. Where pieces hang on indicators one is enough to be looked at: who has
    nothing under an indicator is scored, not refused."""
    if not asked.attachment.required:
        return 0
    return 1 if asked.indicators else asked.count


def lacking(programme: Programme, case: Case, facts: Facts, stage: Stage | None = None) -> tuple[Lacking, ...]:
    """Every attachment that is asked of this case for certain and falls short; on the way in (`stage`) not yet those
    that are handed in at a later stage."""
    early = stage is not None and stage.type == "apply"
    held: Mapping[str, int] = facts.documents
    found = []
    for one in plan_of(programme, case).files():
        asked = one.when is None or truth_of(programme, case, facts, one.when) is Truth.TRUE
        asked = asked and not (early and one.attachment.at is not None)
        have = held.get(one.attachment.id, 0)
        if asked and have < needed_of(one):
            found.append(Lacking(one, have, needed_of(one)))
    return tuple(found)


def lacks_of(page: FormPage) -> tuple[Lacking, ...]:
    """What a form page says is lacking now."""
    return lacking(page.programme, page.case, page.facts, page.open_stage)
