"""May the files of a nomination be changed now, by this person, and under which of the notice's attachments?"""

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case
from gongjiang.rules.nominations.form_plan_parts import FilesAsked
from gongjiang.rules.programmes.schema.material import Attachment
from gongjiang.services.nominations.plan import filling_stage, fills_files, plan_of
from gongjiang.services.nominations.save import may_edit
from gongjiang.services.programmes.programme import Programme


def editing(actor: Actor, programme: Programme, case: Case, attachment: Attachment | None) -> None:
    """Raise unless the actor may change the files of this attachment now."""
    if not may_edit(actor, case):
        raise NotAllowed("这份申报的材料不由您上传。", "Not yours to fill in.")
    if not open_now(programme, case, attachment):
        raise Refused("已经提交，不能再改材料；需要补充请先由受理单位退回。", "Submitted; files can't be changed now.")


def open_now(programme: Programme, case: Case, attachment: Attachment | None) -> bool:
    """Is the nomination at a stage where files of this attachment are handed in, whoever does it?"""
    stage = filling_stage(programme, case.rows.all())
    if stage is None or attachment is None:
        return stage is not None and stage.type == "apply"
    return fills_files(programme, stage, attachment)


def asked_for(programme: Programme, case: Case, attachment: str, indicator: str = "") -> FilesAsked:
    """The attachment as this case is asked for it. BadInput for others, and for indicators it doesn't have."""
    asked = next((one for one in plan_of(programme, case).files() if one.attachment.id == attachment), None)
    if asked is None:
        raise BadInput("这份申报不需要这种材料。", "No such attachment here.", place="材料")
    if indicator and indicator not in {one.id for one in asked.indicators}:
        raise BadInput("没有这项指标。", "No such indicator.", place=asked.attachment.shown)
    return asked
