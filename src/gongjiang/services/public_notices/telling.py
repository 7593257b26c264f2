"""Who is told what: those who handle objections, and the units whose nominee is concerned."""

from datetime import datetime

from gongjiang.models import Case
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import edition_parties, roles_of_unit
from gongjiang.services.programmes.programme import Programme


def tell_handlers(
    programme: Programme, stage: Publish, at: datetime, text: str, objection_id: int, *, unit: int | None
) -> None:
    """To every organisation that handles objections at this stage (to the `unit` whose own notice it is)."""
    held = edition_parties(programme)
    roles = programme.expand(stage.objections.by) if stage.objections is not None else frozenset()
    bodies = {pk for role in roles for pk in held.get(role, ())}
    if unit is not None and roles_of_unit(programme, unit) & roles:
        bodies.add(unit)
    for one in sorted(bodies):
        tell(at=at, text=text, link=f"/objections/{objection_id}/", organisation_id=one)


def tell_parties(case: Case, at: datetime, text: str) -> None:
    """To the nominator, the applying unit and whoever filed the nomination."""
    link = f"/nominees/{case.pk}/"
    for one in sorted({case.nominator_id, case.applying_unit_id}):
        tell(at=at, text=text, link=link, organisation_id=one)
    tell(at=at, text=text, link=link, user_id=case.filer_id)
