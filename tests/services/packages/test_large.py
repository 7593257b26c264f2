"""A package of more than four gigabytes: made and taken without holding it, its places told by the large fields."""

import hashlib
import resource
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.factories import AT
from tests.services.formality.ground import ground

from gongjiang.models import Case, CaseParty, File, Package, PackagePart
from gongjiang.rules.packages.archive import Entry, header
from gongjiang.services.packages.ask import ask_archive, take
from gongjiang.services.packages.build import next_job

CASES, FILM = 70, 64 << 20
MEGABYTES = 160
"""More than it took for the first nomination."""

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.soak]


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_memory_stays_flat_over_five_gigabytes(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "files")
    here = ground()
    first = here.filed()
    film = b"".join(n.to_bytes(4, "big") * 256 for n in range(FILM // 1024))
    stored = default_storage.save("film.mp4", ContentFile(film))
    digest, crc = hashlib.sha256(film).hexdigest(), zlib.crc32(film)
    del film
    cases = [first, *_others(first, CASES - 1)]
    File.objects.filter(case=first).delete()
    for case in cases:
        _hand_in(case, stored, digest)
    ids = [one.pk for one in cases]
    actor = here.actor("wen")
    given = {"forms": ("pdf",), "evidence": True, "title": "全部"}
    package = ask_archive(actor=actor, at=AT, programme=here.programme, cases=ids, **given)
    job = next_job(AT)
    assert job is not None
    job()
    before = peak()
    while (job := next_job(AT)) is not None:
        job()
    package.refresh_from_db()
    assert (package.state, package.lost) == ("done", [])
    assert package.size > 4 << 30
    told, tail = 0, b""
    for chunk in take(actor=actor, at=AT, package_id=package.pk)[1]:
        told += len(chunk)
        tail = (tail + chunk)[-(1 << 20) :]
    assert told == package.size
    assert b"PK\x06\x06" in tail  # the directory is told by the large fields
    assert peak() - before < MEGABYTES
    part = PackagePart.objects.filter(package=package, closing=False).last()
    assert part is not None
    kept = next(one for one in part.entries if one["path"].endswith(".mp4"))
    assert (kept["size"], kept["crc"], kept["sha256"]) == (FILM, crc, digest)
    assert len(header(Entry(kept["path"], FILM, crc), AT)) == 30 + len(kept["path"].encode())
    assert Package.objects.count() == 1


def _others(first: Case, number: int) -> list[Case]:
    made = []
    for n in range(number):
        one = Case.objects.get(pk=first.pk)
        one.pk, one.number = None, f"{first.number}-{n}"
        one.subject = None
        one.save(force_insert=True)
        for party in CaseParty.objects.filter(case=first):
            CaseParty.objects.create(case=one, role=party.role, organisation=party.organisation)
        made.append(one)
    return made


def _hand_in(case: Case, stored: str, digest: str) -> None:
    """The same film for everybody: in its row under a name of its own, on the disk once."""
    own = f"film-{case.pk}.mp4"
    folder = Path(default_storage.path(stored)).parent
    content = default_storage.open(stored)
    with content:
        default_storage.save(own, content)
    assert (folder / own).exists()
    File.objects.create(
        case=case,
        attachment="video",
        title="技艺展示",
        name="film.mp4",
        kind="mp4",
        size=FILM,
        digest=digest,
        stored=own,
        uploaded_at=AT,
    )
