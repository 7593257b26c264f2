"""What ends a package: the lists, the index, the hashes and the archive's directory; or the pieces of a book as one."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from gongjiang.documents.pdf import join
from gongjiang.documents.xlsx import SummarySheet, write_summary
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Case, Package, PackagePart
from gongjiang.rules.packages.archive import Entry, directory, placed
from gongjiang.rules.packages.names import free_name, safe_name
from gongjiang.services.nominations.queries import rows_prefetch
from gongjiang.services.nominations.summary import export_summary
from gongjiang.services.packages import shelf
from gongjiang.services.packages.contents import Content, Filed, of_bytes, pieces
from gongjiang.services.programmes.programme import main_process, programme_of

INDEX = "目录.xlsx"
HASHES = "校验.sha256"
HEADER = ("序号", "姓名与单位", "类别", "名称", "文件", "字节", "SHA-256")


def close_archive(part: PackagePart, stamp: datetime) -> tuple[Iterator[bytes], list[Content], list[str]]:
    """The bytes after the last nomination, the files in them, and what is lost of the whole."""
    before = list(part.package.parts.filter(closing=False).order_by("number"))
    filed = [(one.folder, Filed(**told)) for one in before for told in one.entries]
    lost = [text for one in before for text in one.lost]
    ours = _lists(part.package, lost) if (part.package.contents.get("forms")) else []
    listed = [*filed, *(("", one.filed) for one in ours)]
    ours.append(of_bytes(INDEX, _index(part.package, listed, lost)))
    hashes = "".join(f"{one.sha256}  {one.path}\n" for one in (*(one for _, one in filed), *(c.filed for c in ours)))
    ours.append(of_bytes(HASHES, hashes.encode()))
    start = sum(one.size for one in before)
    entries: list[Entry] = []
    at = 0
    for one in before:
        entries += placed([Filed(**told).entry for told in one.entries], at)
        at += one.size
    entries += placed([one.filed.entry for one in ours], at)
    end = start + sum(one.filed.entry.length for one in ours)

    def made() -> Iterator[bytes]:
        yield from pieces(ours, stamp)
        yield from directory(entries, end, stamp)

    return made(), ours, lost


def close_book(part: PackagePart) -> tuple[Iterator[bytes], list[str]]:
    """The pieces of a book as one PDF."""
    before = list(part.package.parts.filter(closing=False).order_by("number"))
    lost = [text for one in before for text in one.lost]
    made = [b"".join(shelf.read(part.package_id, one.number)) for one in before if one.size]
    return iter((join(made),) if made else ()), lost


def cases_of(ids: Sequence[int]) -> list[Case]:
    """Nominations with what printing and lists need, in this order."""
    rows = (
        Case.objects.filter(pk__in=ids)
        .select_related(
            "subject", "applying_unit", "nominator", "process__edition__pack", "process__edition__organiser"
        )
        .prefetch_related(rows_prefetch(), "parties__organisation")
    )
    found = {one.pk: one for one in rows}
    return [found[pk] for pk in ids if pk in found]


def _lists(package: Package, lost: list[str]) -> list[Content]:
    """The official summary sheets of these people."""
    programme = programme_of(main_process(package.edition))
    cases, taken, found = cases_of(package.cases), {INDEX, HASHES}, []
    for form in programme.pack.forms:
        if form.list is not None:
            name = f"{form.heading or ''} {form.shown}".strip()
            try:
                data = export_summary(programme, cases, form.id)
            except GongjiangError as error:
                lost.append(f"{name}没有生成：{error}")
                continue
            found.append(of_bytes(free_name(safe_name(name, ".xlsx"), taken), data, "汇总表", name))
    return found


def _index(package: Package, listed: Sequence[tuple[str, Filed]], lost: Sequence[str]) -> bytes:
    rows = tuple(
        (n, folder, one.kind, one.title, one.path, one.size, one.sha256) for n, (folder, one) in enumerate(listed, 1)
    )
    notes = tuple(f"未收入：{one}" for one in lost)
    return write_summary(SummarySheet(f"{package.title}目录", HEADER, rows, notes=notes, name="目录"))
