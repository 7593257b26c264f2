"""The form of a nomination, and what of it is filled in at which stage: most on the way in, some at later stages."""

import json
from collections.abc import Iterable

from gongjiang.models import Case, StageRow
from gongjiang.rules.nominations.form_plan import form_plan
from gongjiang.rules.nominations.form_plan_parts import FormPlan, Section
from gongjiang.rules.programmes.schema.material import Attachment
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.programmes.programme import Programme

_PLANS: dict[str, FormPlan] = {}


def plan_of(programme: Programme, case: Case) -> FormPlan:
    """The steps of this case's form; made once for each pack, award, way in and set of params."""
    params = dict(programme.params)
    key = json.dumps([programme.pack.hash, case.award, case.route, params], default=str, sort_keys=True)
    if key not in _PLANS:
        _PLANS[key] = form_plan(programme.pack, case.route, case.award, params)
    return _PLANS[key]


def filling_stage(programme: Programme, rows: Iterable[StageRow]) -> Stage | None:
    """The open stage at which the form is filled in: a way in, or a later stage with forms of its own."""
    now = {one.stage for one in rows if one.state == RowState.OPEN}
    return next((one for one in programme.stages if one.id in now and (one.type == "apply" or one.fills)), None)


def fillable(stage: Stage, section: Section) -> bool:
    """Is a step of the form filled in at this stage? On the way in all of it, later what the stage names."""
    return stage.type == "apply" or section.form in stage.fills


def fills_files(programme: Programme, stage: Stage, attachment: Attachment) -> bool:
    """Are files of an attachment handed in at this stage? Later on those of the stages reached by then."""
    if stage.type == "apply":
        return True
    order = [one.id for one in programme.stages]
    return attachment.at in order[: order.index(stage.id) + 1]
