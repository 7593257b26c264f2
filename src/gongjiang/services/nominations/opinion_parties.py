"""Which parties' opinions a stage asks for, given the case (county or industry route, public officials …)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import Facts, Mentor
from gongjiang.rules.programmes.schema.base import RawCondition
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True, slots=True)
class PartyAsked:
    """One box of a sheet that must be filled for this case at this stage, by a role or by a `mentor`."""

    sheet: str
    sheet_label: str
    party: str
    label: str
    by: tuple[str, ...]
    clause: str
    box: bool
    mentor: Mentor | None = None

    @property
    def key(self) -> str:
        """Its name on a page."""
        return f"{self.sheet}-{self.party}"


def holds(programme: Programme, raw: RawCondition | None, facts: Facts) -> Truth:
    """A `when` of the pack on a case; none is true."""
    if raw is None:
        return Truth.TRUE
    return parse(raw, programme.pack.vocabulary).evaluate(facts).truth


def needed_parties(programme: Programme, stage: Stage, facts: Facts) -> list[PartyAsked]:
    """Parties whose opinion belongs to this stage: those `at` it, and all of its own `sheets` not placed elsewhere."""
    sheets = getattr(stage, "sheets", ())
    found: list[PartyAsked] = []
    for sheet in programme.pack.opinions:
        if sheet.award and facts.case.get("award") not in sheet.award:
            continue
        here = [one for one in sheet.parties if one.at == stage.id or (one.at is None and sheet.id in sheets)]
        if not here or holds(programme, sheet.when, facts) is not Truth.TRUE:
            continue
        found += [
            PartyAsked(
                sheet.id,
                sheet.shown,
                one.id,
                one.shown,
                () if one.mentor else one.by or sheet.by,
                "、".join(one.cite or sheet.cite),
                one.box,
                facts.mentors.get(one.mentor or ""),
            )
            for one in here
            if (not one.mentor or one.mentor in facts.mentors) and holds(programme, one.when, facts) is Truth.TRUE
        ]
    return found


def said_enough(stage: Stage, needed: Sequence[PartyAsked], given: Mapping[tuple[str, str], str]) -> bool:
    """Have as many agreed as the stage needs: all (the default), any one, or so many; or have all said what they
    think (`given`)? Verdicts by sheet and party."""
    verdicts = [given.get((one.sheet, one.party)) for one in needed]
    need = getattr(stage, "need", "all")
    if need == "given":
        return all(verdicts)
    agreed = verdicts.count("同意")
    if isinstance(need, dict):
        return agreed >= int(need.get("at_least", 1))
    return agreed >= (len(needed) if need == "all" else 1)
