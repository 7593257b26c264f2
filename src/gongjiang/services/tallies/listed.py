"""People of imported registers count anew after a change: whoever writes rows of a register, says who they are about or
names somebody calls this, in the same transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping

from gongjiang.models import HonourMark, ListedMark, Organisation, RegistryEntry, Subject
from gongjiang.rules.honours.tallying import LISTED, Cell, Mark, Row, honour_cells, listed_mark, province_of
from gongjiang.rules.honours.targets import LEVELS
from gongjiang.services.tallies.ledger import add, counted

FIELDS = ("level", "year", "state", "province", "gender", "age", "ownership", "programme", "path")
Listed = dict[tuple[int, str], tuple[int, Mark]]
"""By person and level: the row that tells them, and what they count as."""


def recount_listed(subject_ids: Iterable[int | None]) -> None:
    """Figures follow what the registers say of these people now, in the caller's transaction; nothing is written where
    nothing changed. A fixed number of queries."""
    ids = sorted({one for one in subject_ids if one is not None})
    if not ids:
        return
    list(Subject.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    before, after = listed_kept(ids), listed_now(ids)
    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    if not changed:
        return
    deltas: Counter[Cell] = Counter()
    for key in changed:
        for found, step in ((before.get(key), -1), (after.get(key), 1)):
            if found is not None:
                deltas.update(counted(honour_cells(found[1], LISTED), step))
    add(deltas)
    ListedMark.objects.filter(pk__in=[before[key][0] for key in changed if key in before]).delete()
    keep_listed({key: after[key] for key in changed if key in after})


def listed_now(subject_ids: Iterable[int]) -> Listed:
    """From the rows as they stand: each person once a level, not where an honour of this platform is counted at that
    level. Three queries."""
    ids = list(subject_ids)
    rows = list(
        RegistryEntry.objects.filter(
            standing=True, subject__in=ids, subject__kind="person", source__register__counted=True
        )
        .select_related("source__register", "source__organisation")
        .defer("source__problems", "source__notes")
    )
    if not rows:
        return {}
    places = _places(rows)
    held = set(HonourMark.objects.filter(honour__subject__in=ids).values_list("honour__subject", "level"))
    by_person: dict[tuple[int, str], list[Row]] = {}
    for one in rows:
        row = _row(one, places)
        key = (one.subject_id or 0, row.level)
        if row.level in LEVELS and key not in held:
            by_person.setdefault(key, []).append(row)
    return {key: listed_mark(found) for key, found in by_person.items()}


def listed_kept(subject_ids: Iterable[int]) -> Listed:
    """As they were counted last. One query."""
    rows = ListedMark.objects.filter(subject__in=list(subject_ids)).values_list("subject", "pk", *FIELDS)
    found: Listed = {}
    for subject, pk, *values in rows:
        mark = Mark(**dict(zip(FIELDS, values, strict=True)))
        found[subject, mark.level] = (pk, mark)
    return found


def keep_listed(found: Mapping[tuple[int, str], tuple[int, Mark]]) -> None:
    """What these people count as, from now on."""
    ListedMark.objects.bulk_create(
        [
            ListedMark(entry_id=pk, subject_id=subject, **{name: getattr(mark, name) for name in FIELDS})
            for (subject, _), (pk, mark) in found.items()
        ],
        batch_size=500,
    )


def _row(one: RegistryEntry, places: Mapping[int, list[str]]) -> Row:
    source = one.source
    over = source.organisation
    names = [name for pk in reversed(over.ancestor_ids) for name in places.get(pk, [])] if over is not None else []
    return Row(
        id=one.pk,
        level=one.level or source.register.level,
        state=one.honour_state,
        date=one.date,
        path=over.path if over is not None else "",
        province=province_of([one.unit, *names]),
        birth=one.birth,
        programme=source.register.code,
    )


def _places(rows: Iterable[RegistryEntry]) -> dict[int, list[str]]:
    """Region and names of every organisation over those who brought the lists in."""
    wanted = {pk for one in rows if one.source.organisation is not None for pk in one.source.organisation.ancestor_ids}
    found = Organisation.objects.filter(pk__in=wanted)
    return {pk: list(names) for pk, *names in found.values_list("pk", "region", "short_name", "name")}
