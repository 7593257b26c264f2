"""Material of an event: handed out by who runs it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import CultivationFile
from gongjiang.services.cultivation.files import Owner, Sent, keep_files, tell_file
from gongjiang.services.cultivation.training.queries import own_event


@transaction.atomic
def add_material(*, actor: Actor, at: datetime, event_id: int, files: Sequence[Sent]) -> list[CultivationFile]:
    """Files for those who come. NotFound, NotAllowed, BadInput."""
    event = own_event(actor, event_id, lock=True)
    if not files:
        raise BadInput("请先选择文件。", "Choose a file.", place="材料")
    kept = keep_files(actor=actor, at=at, owner=Owner(event=event), files=files)
    for row in kept:
        tell_file(actor, at, row, "training.file")
    return kept


@transaction.atomic
def remove_material(*, actor: Actor, at: datetime, event_id: int, file_id: int) -> CultivationFile:
    """Take material back; its bytes stay on record."""
    event = own_event(actor, event_id, lock=True)
    row = CultivationFile.objects.filter(event=event, pk=file_id, removed_at=None).first()
    if row is None:
        raise NotFound("这份材料已经撤下。")
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    tell_file(actor, at, row, "training.file_gone")
    return row
