"""What strikes the eye about a portrait that was just handed in: a hint, no refusal."""

from gongjiang.kernel.actor import Actor
from gongjiang.rules.evidence.images import white_behind
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.detail import detail


def portrait_hint(actor: Actor, file_id: int) -> str:
    """'' where nothing does, and for files that are no portraits."""
    found = detail(actor, file_id)
    photo = found.asked.attachment.photo if found.asked is not None else None
    if photo is None or photo.get("background") != "白":
        return ""
    with storage.opened(found.row.stored) as content:
        if white_behind(content.read()):
            return ""
    return "照片已收下，但背景看起来不是白色。通知要求白底，请看一眼，不合适就换一张。"
