"""The last part is there: the whole is judged and stored like any other file. What was given up or forgotten goes."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db.models import Q

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Stale, Unstored
from gongjiang.models import File, PartialUpload
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.joined import joined
from gongjiang.services.evidence.parts import KEPT, PART, STUCK, Elsewhere, folder_of, get_partial
from gongjiang.services.evidence.upload import upload


def finish(*, actor: Actor, at: datetime, upload_id: int, crop: bool = False, box: str = "") -> File:
    """Store a file whose parts are all there. A file that is refused is thrown away with its parts; for want of room
    or of leave the parts stay. Elsewhere where parts are missing, Stale while another page finishes it."""
    row = get_partial(actor, upload_id)
    if row.received != row.size:
        raise Elsewhere(row.received, "还没有传完，接着传。")
    if not _hold(row, at):
        raise Stale("这个文件正在检查，请稍等再刷新本页。", "It is being finished.")
    sizes = [min(PART, row.size - start) for start in range(0, row.size, PART)]
    try:
        with joined(row.parts, sizes) as content:
            kept = upload(
                actor=actor,
                at=at,
                case_id=row.case_id,
                attachment=row.attachment,
                indicator=row.indicator,
                name=row.name,
                title=row.title,
                content=content,
                crop=crop,
                box=box,
            )
    except BaseException as error:
        if isinstance(error, BadInput) and not isinstance(error, Unstored):
            _throw_away(row)
        else:
            PartialUpload.objects.filter(pk=row.pk).update(finishing_at=None)
        raise
    _throw_away(row)
    return kept


def give_up(*, actor: Actor, at: datetime, upload_id: int) -> PartialUpload:
    """Throw away what was sent of a file."""
    row = get_partial(actor, upload_id)
    if not _hold(row, at):
        raise Stale("这个文件正在检查，请稍等再刷新本页。", "It is being finished.")
    _throw_away(row)
    return row


def next_job(at: datetime) -> Callable[[], None] | None:
    """The next forgotten upload, in hand, to be thrown away (cli/jobs); None if there is none."""
    for row in PartialUpload.objects.filter(touched_at__lt=at - KEPT).order_by("touched_at")[:20]:
        if _hold(row, at):
            return partial(_throw_away, row)
    return None


def _hold(row: PartialUpload, at: datetime) -> bool:
    free = Q(finishing_at=None) | Q(finishing_at__lt=at - STUCK)
    return PartialUpload.objects.filter(free, pk=row.pk, received=row.received).update(finishing_at=at) == 1


def _throw_away(row: PartialUpload) -> None:
    """Parts first: whoever dies in between leaves a row behind that is swept again."""
    storage.drop_folder(folder_of(row), storage.STAGING)
    PartialUpload.objects.filter(pk=row.pk).delete()
