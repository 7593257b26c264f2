"""posted: the notice is on record to have stood in every medium that the pack names, where the pack asks for proof."""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.models import NoticeEntry, NoticePosting
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.rules.public_notices.media import unposted
from gongjiang.services.nominations.gates import Passage


def gate(passage: Passage) -> Decision:
    """The notice on which this case stands last."""
    stage = passage.stage
    if not isinstance(stage, Publish) or not stage.media_proof:
        return Decision.yes()
    entry = NoticeEntry.objects.filter(case=passage.case, notice__stage=stage.id).order_by("-id").first()
    known = NoticePosting.objects.filter(notice_id=entry.notice_id, removed_at=None) if entry is not None else None
    lacking = unposted(stage.media, known.values_list("medium", flat=True) if known is not None else ())
    if not lacking:
        return Decision.yes()
    return Decision.no(Reason(f"还没有登记在“{'”、“'.join(lacking)}”的刊登情况。", stage.clause))
