"""Profiles as a file that an outside app (职工之家) may take: JSON and pictures in one archive, with hashes.

The format is told in docs/profile-export.md. Each file is whole: who is not in it is no longer shown.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any, Final

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Profile, ProfileFile
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.profile.queries import AREA, public, reviewed_by
from gongjiang.services.evidence import storage

FORMAT: Final = "gongjiang-profiles"
VERSION: Final = 1
SUMS: Final = "SHA256SUMS"


@transaction.atomic
def export(*, actor: Actor, at: datetime, sink: IO[bytes]) -> int:
    """Write the archive of all that is shown of the actor's own editions; how many artisans. NotFound for who reviews
    none. Films stay on the platform: their hash and length are told."""
    mine = reviewed_by(actor)
    if not mine.exists():
        raise NotFound()
    rows = public().filter(pk__in=mine.values("pk")).select_related("honour__edition").prefetch_related("files")
    told: list[dict[str, Any]] = []
    sums: list[tuple[str, str]] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as book:
        for profile in rows.order_by("pk"):
            files = {one.pk: one for one in profile.files.all()}
            for name, row in _pictures(profile, files):
                with storage.opened(row.stored, AREA) as content:
                    book.writestr(_entry(name, at), content.read())
                sums.append((row.digest, name))
            told.append(_told(profile, files))
        body = {
            "format": FORMAT,
            "version": VERSION,
            "made_at": timezone.localtime(at).isoformat(timespec="seconds"),
            "profiles": told,
        }
        text = json.dumps(body, ensure_ascii=False, indent=1).encode()
        book.writestr(_entry("profiles.json", at), text)
        sums.append((hashlib.sha256(text).hexdigest(), "profiles.json"))
        book.writestr(_entry(SUMS, at), "".join(f"{digest}  {name}\n" for digest, name in sums))
    append(actor=actor, at=at, action="profile.export", kind="profile", key=0, data={"profiles": len(told)})
    return len(told)


def _told(profile: Profile, files: dict[int, ProfileFile]) -> dict[str, Any]:
    honour, shown = profile.honour, profile.shown or {}
    film = files.get(shown.get("film") or 0)
    named = {row.pk: name for name, row in _pictures(profile, files)}
    return {
        "id": profile.pk,
        "name": shown["name"],
        "title": shown["title"],
        "state": honour.state,
        "level": honour.level,
        "unit": shown["unit"],
        "edition": honour.edition.title if honour.edition is not None else "",
        "from": honour.from_date.isoformat(),
        "words": shown["words"],
        "works": shown["works"],
        "photo": _picture(files.get(shown.get("photo") or 0), named),
        "pictures": [_picture(files.get(one), named) for one in shown["pictures"]],
        "film": {"sha256": film.digest, "bytes": film.size} if film is not None else None,
        "shown_at": timezone.localtime(profile.shown_at).isoformat(timespec="seconds") if profile.shown_at else "",
    }


def _picture(row: ProfileFile | None, named: dict[int, str]) -> dict[str, Any] | None:
    if row is None:
        return None
    return {"file": named[row.pk], "caption": row.caption, "sha256": row.digest, "bytes": row.size}


def _pictures(profile: Profile, files: dict[int, ProfileFile]) -> Iterator[tuple[str, ProfileFile]]:
    shown = profile.shown or {}
    for key in (shown.get("photo"), *shown.get("pictures", ())):
        if key in files:
            row = files[key]
            yield f"pictures/{profile.pk}-{row.pk}.{row.format}", row


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    day = timezone.localtime(at)
    return zipfile.ZipInfo(name, (day.year, day.month, day.day, day.hour, day.minute, 0))
