"""Ask for a package, take it, take it back: by those who handle every nomination in it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import Case, Package, PackagePart
from gongjiang.rules.packages.names import free_name, safe_name
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.queries import handled_by
from gongjiang.services.packages import shelf
from gongjiang.services.packages.contents import RENDER
from gongjiang.services.packages.queries import get_package, settled
from gongjiang.services.programmes.programme import Programme

AT_ONCE = 3
"""Packages that one person may have in the making."""
CHAPTER = 10
"""Forms in a piece of a book."""


@transaction.atomic
def ask_archive(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    title: str,
    cases: Sequence[int],
    forms: Collection[str],
    evidence: bool,
    papers: Sequence[str] = (),
) -> Package:
    """Everything of these nominations in one archive. `forms`: pdf, docx or both; `papers`: only these of them.

    BadInput where nothing is to go in, NotFound where a nomination is not the actor's to handle.
    """
    kinds = [one for one in RENDER if one in forms]
    if not kinds and not evidence:
        raise BadInput("请至少选一种：推荐表（PDF、Word）或支撑材料。", "Nothing to put in.", place="内容")
    contents = {"forms": kinds, "evidence": evidence, "papers": list(papers)}
    return _ask(actor, at, programme, Package.Kind.ARCHIVE, title, cases, contents, each=1)


@transaction.atomic
def ask_book(
    *, actor: Actor, at: datetime, programme: Programme, title: str, cases: Sequence[int], paper: str
) -> Package:
    """One form of all these people in one PDF, in their order."""
    if not any(one.id == paper and one.list is None for one in programme.pack.forms):
        raise BadInput("请选一张表。", "No such form.", place="合订哪张表")
    return _ask(actor, at, programme, Package.Kind.BOOK, title, cases, {"papers": [paper]}, each=CHAPTER)


def take(*, actor: Actor, at: datetime, package_id: int) -> tuple[Package, Iterator[bytes]]:
    """The package's bytes, a chunk at a time; on record. Refused while it isn't there (yet, or any more)."""
    package = get_package(actor, package_id)
    if package.state != Package.State.DONE:
        raise Refused(f"“{package.title}”{package.get_state_display()}，现在不能下载。", "Not there.")
    numbers = package.parts.filter(size__gt=0).order_by("number").values_list("number", flat=True)
    with transaction.atomic():
        _record(actor, at, package, "package.take")
    return package, _bytes(package.pk, list(numbers))


@transaction.atomic
def take_back(*, actor: Actor, at: datetime, package_id: int) -> Package:
    """Clear it before its days are over, or stop its making."""
    package = get_package(actor, package_id)
    Package.objects.filter(pk=package.pk).update(state=Package.State.GONE)
    package.parts.all().delete()
    shelf.clear(package.pk)
    _record(actor, at, package, "package.remove")
    return package


def _ask(
    actor: Actor,
    at: datetime,
    programme: Programme,
    kind: str,
    title: str,
    cases: Sequence[int],
    contents: Mapping[str, Any],
    *,
    each: int,
) -> Package:
    edition, ids = programme.edition, list(dict.fromkeys(cases))
    if not ids:
        raise BadInput("没有可以放入的申报。", "No nominations.", place="范围")
    rows = settled(handled_by(actor, edition.pk)).filter(pk__in=ids).select_related("nominator", "applying_unit")
    found = {one.pk: one for one in rows}
    if len(found) != len(ids):
        raise NotFound()
    mine = Package.objects.filter(edition=edition, asked_by_id=actor.user_id, state=Package.State.WAITING)
    same = next((one for one in mine if (one.kind, one.cases, one.contents) == (kind, ids, contents)), None)
    if same is not None:
        return same
    if len(mine) >= AT_ONCE:
        raise Refused(f"您已有 {AT_ONCE} 个正在生成，请等其中一个完成后再要。", "Too many at once.")
    package = Package.objects.create(
        edition=edition,
        kind=kind,
        title=title[:120],
        contents=contents,
        cases=ids,
        asked_by_id=actor.user_id,
        asked_at=at,
    )
    taken: set[str] = set()
    starts = range(0, len(ids), each)
    parts = [
        PackagePart(
            package=package,
            number=n,
            cases=ids[start : start + each],
            folder=free_name(_folder(found[ids[start]]), taken) if each == 1 else "",
        )
        for n, start in enumerate(starts)
    ]
    PackagePart.objects.bulk_create([*parts, PackagePart(package=package, number=len(starts), closing=True)], 500)
    _record(actor, at, package, "package.ask")
    return package


def _folder(case: Case) -> str:
    unit = case.nominator or case.applying_unit
    return safe_name(f"{unit.short_name or unit.name}-{case.title or case.number}")


def _bytes(package_id: int, numbers: list[int]) -> Iterator[bytes]:
    for number in numbers:
        yield from shelf.read(package_id, number)


def _record(actor: Actor, at: datetime, package: Package, action: str) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="package",
        key=package.pk,
        edition_id=package.edition_id,
        data={"kind": package.kind, "cases": len(package.cases), "contents": package.contents},
    )
