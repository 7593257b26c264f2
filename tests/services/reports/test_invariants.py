"""Each invariant holds after a whole run, and each finds what breaks it."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from gongjiang.catalogue.packs import find
from gongjiang.models import (
    Assignment,
    Bestowal,
    Case,
    Entry,
    File,
    Honour,
    NamingDocument,
    NoticeEntry,
    PoolSeat,
    ScoreSheet,
    StageList,
)
from gongjiang.services.evidence import storage
from gongjiang.services.honours.bestowals import AREA as RECEIPTS
from gongjiang.services.public_notices.objection_files import AREA as OBJECTIONS
from gongjiang.services.public_notices.postings import AREA as POSTINGS
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.reports.invariants import check_invariants


class Undo(Exception):
    """Takes a damage back."""


def broken() -> set[str]:
    """Names of the invariants that don't hold."""
    return {one.invariant.name for one in check_invariants() if not one.ok}


def self_scored() -> None:
    """An expert scores a case that they filed."""
    row = Assignment.objects.filter(sheets__submitted_at__isnull=False).first()
    assert row is not None
    Case.objects.filter(pk=row.case_id).update(filer_id=row.expert.user_id)


DAMAGES: dict[str, Callable[[], object]] = {
    "pools": lambda: PoolSeat.objects.first().delete(),  # type: ignore[union-attr]
    "standings": lambda: Case.objects.filter(state="named").update(standing="platinum"),
    "replay": lambda: Case.objects.filter(state="named").update(state="running"),
    "own_case": self_scored,
    "scores": lambda: ScoreSheet.objects.update(scores={"lead": "1"}),
    "notices": lambda: NamingDocument.objects.update(issued_on=date(2026, 6, 1)),
    "published": lambda: NoticeEntry.objects.update(shown={"name": "何焊平", "birth": "1980-01-01"}),
    "files": lambda: File.objects.update(digest="0" * 64),
    "receipts": lambda: Bestowal.objects.update(stored="lost.pdf"),
    "audit": lambda: Entry.objects.filter(seq=5).update(body="{}"),
    "decisions": lambda: StageList.objects.update(meeting=None),
}

#: Invariants that more than one damage breaks.
NAMED = {"receipts": "files"}


@pytest.mark.django_db
def test_all_hold_after_a_run_and_each_damage_is_found(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    rehearse(find("nanning-2026"), nominees=4, pairs=["places=2"])
    assert broken() == set()
    with pytest.raises(Undo), transaction.atomic():  # a term that began on a day of the notice long gone
        Honour.objects.update(from_date=date(2025, 1, 1))
        assert broken() == {"tallies"}  # which tell the year
        raise Undo
    for name, damage in DAMAGES.items():
        with pytest.raises(Undo), transaction.atomic():
            damage()
            if name == "audit":  # nothing else can read an entry without a body
                found = {
                    one.invariant.name for one in check_invariants() if one.invariant.name == "audit" and not one.ok
                }
            else:
                found = broken()
            assert NAMED.get(name, name) in found, name
            raise Undo
    assert broken() == set()
    for area in (RECEIPTS, OBJECTIONS, POSTINGS):
        lost = storage.keep("stray.pdf", BytesIO(b"nobody's"), area)
        assert [one.violations for one in check_invariants() if not one.ok] == [(f"{area}/{lost}：没有登记",)]
        storage.drop(lost, area)
    stray = default_storage.save("stray.pdf", ContentFile(b"nobody's"))
    try:
        assert broken() == {"files"}
    finally:
        default_storage.delete(stray)
