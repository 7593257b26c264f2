"""What goes into an archive for one nomination: printed forms and evidence in order, each with its size and hashes."""

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.storage import default_storage

from gongjiang.documents.docx import render_docx
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.sealing import SealBroken
from gongjiang.models import Case, File
from gongjiang.rules.packages.archive import Entry, header
from gongjiang.rules.packages.names import free_name, safe_name
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.printing import sheets_of
from gongjiang.services.programmes.programme import Programme

CHUNK = 1 << 18
EVIDENCE = "支撑材料"
RENDER = {"pdf": render_pdf, "docx": render_docx}


@dataclass(frozen=True)
class Filed:
    """A file of the archive, as its index tells of it."""

    path: str
    size: int
    crc: int
    sha256: str
    kind: str = ""
    title: str = ""

    @property
    def entry(self) -> Entry:
        """For the archive's own directory."""
        return Entry(self.path, self.size, self.crc)

    def told(self) -> dict[str, Any]:
        """To keep in a row."""
        return asdict(self)


@dataclass(frozen=True)
class Content:
    """A file, and where its bytes come from; they may be asked for more than once."""

    filed: Filed
    bytes_of: Callable[[], Iterator[bytes]]


def of_bytes(path: str, data: bytes, kind: str = "", title: str = "") -> Content:
    """What is in memory."""
    digest = hashlib.sha256(data).hexdigest()
    return Content(Filed(path, len(data), zlib.crc32(data), digest, kind, title), lambda: iter((data,)))


def pieces(contents: list[Content], stamp: datetime) -> Iterator[bytes]:
    """The archive's bytes for these files, one after the other."""
    for one in contents:
        yield header(one.filed.entry, stamp)
        yield from one.bytes_of()


def contents_of(
    programme: Programme, case: Case, folder: str, asked: Mapping[str, Any], moved: Callable[[], None]
) -> tuple[list[Content], list[str]]:
    """A nomination's files under `folder`, and what could not be put in, in words. `moved`: called with each chunk of
    evidence that is read, now to be weighed and later when its bytes are asked for."""
    found: list[Content] = []
    lost: list[str] = []
    taken: set[str] = set()
    _forms(programme, case, folder, asked, found, lost, taken)
    if asked.get("evidence"):
        _evidence(programme, case, folder, found, lost, moved)
    return found, lost


def _forms(
    programme: Programme,
    case: Case,
    folder: str,
    asked: Mapping[str, Any],
    found: list[Content],
    lost: list[str],
    taken: set[str],
) -> None:
    kinds = [one for one in RENDER if one in asked.get("forms", ())]
    try:
        sheets = sheets_of(programme, case, asked.get("papers", ())) if kinds else []
    except GongjiangError as error:  # such as a photograph that was altered on the disk
        lost.append(f"{folder}：推荐表没有印出来：{error}")
        return
    for _, sheet in sheets:
        label = f"{sheet.annex} {sheet.title}{sheet.subtitle}".strip()
        for kind in kinds:
            try:
                data = RENDER[kind](sheet)
            except GongjiangError as error:
                lost.append(f"{folder}：{label}（{kind}）没有印出来：{error}")
                continue
            name = free_name(safe_name(label, f".{kind}"), taken)
            found.append(of_bytes(f"{folder}/{name}", data, "表", label))


def _evidence(
    programme: Programme,
    case: Case,
    folder: str,
    found: list[Content],
    lost: list[str],
    moved: Callable[[], None],
) -> None:
    """Files in the order of the notice: attachment by attachment, indicator by indicator, as the filer put them."""
    asked = list(plan_of(programme, case).files())
    places = {one.attachment.id: n for n, one in enumerate(asked)}
    heads = {one.attachment.id: one.attachment.shown for one in asked}
    indicators = {(one.attachment.id, i.id): (n, i.label) for one in asked for n, i in enumerate(one.indicators)}
    rows = list(File.objects.filter(case=case, removed_at=None))
    last = (len(indicators), "")
    rows.sort(
        key=lambda one: (
            places.get(one.attachment, len(places)),
            indicators.get((one.attachment, one.indicator), last)[0],
            one.position,
            one.pk,
        )
    )
    for n, one in enumerate(rows, 1):
        head = indicators.get((one.attachment, one.indicator), last)[1] or heads.get(one.attachment, "")
        title = one.title if head in one.title else f"{head}-{one.title}"
        name = safe_name(f"{n:02d}-{title}", f".{one.kind or 'bin'}")
        kept = _stored(one, f"{folder}/{EVIDENCE}/{name}", moved)
        if kept is None:
            lost.append(f"{folder}：{one.title}的内容不在了，或与上传时不同，没有放入。")
        else:
            found.append(kept)


def _stored(row: File, path: str, moved: Callable[[], None]) -> Content | None:
    """Evidence as it was handed in; None if its bytes are gone or are not those that were handed in."""
    if not default_storage.exists(row.stored):
        return None
    crc, size, digest = 0, 0, hashlib.sha256()
    try:
        for chunk in _read(row.stored, moved):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            digest.update(chunk)
    except SealBroken:
        return None
    if digest.hexdigest() != row.digest:
        return None
    return Content(Filed(path, size, crc, row.digest, EVIDENCE, row.title), partial(_read, row.stored, moved))


def _read(stored: str, moved: Callable[[], None]) -> Iterator[bytes]:
    with default_storage.open(stored) as content:
        while chunk := content.read(CHUNK):
            moved()
            yield chunk
