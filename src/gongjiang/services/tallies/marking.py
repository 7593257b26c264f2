"""Read what honours count as now. Only persons are artisans: teams and studios count in no figure."""

from collections.abc import Iterable

from gongjiang.models import Honour, HonourMark, Organisation
from gongjiang.rules.honours.tallying import Mark, age_band, province_of

FIELDS = (
    "level", "year", "state", "province", "gender", "age", "ownership", "programme", "path", "nominator", "edition",
)  # fmt: skip


def marks_now(honour_ids: Iterable[int]) -> dict[int, Mark]:
    """By honour, from the rows as they stand. Two queries."""
    found = Honour.objects.filter(pk__in=list(honour_ids))
    wanted = found.select_related("subject", "case__applying_unit", "edition__organiser")
    rows = [one for one in wanted if one.subject.kind == "person"]  # asked of SQLite, it would go through all persons
    places = _places(rows)
    return {one.pk: _mark(one, places) for one in rows}


def marks_kept(honour_ids: Iterable[int]) -> dict[int, Mark]:
    """By honour, as they were counted last. One query."""
    rows = HonourMark.objects.filter(pk__in=list(honour_ids)).values_list("pk", *FIELDS)
    return {pk: Mark(**dict(zip(FIELDS, values, strict=True))) for pk, *values in rows}


def _mark(one: Honour, places: dict[int, list[str]]) -> Mark:
    case, edition = one.case, one.edition
    unit = case.applying_unit if case is not None else edition.organiser if edition is not None else None
    names = [name for pk in reversed(unit.ancestor_ids) for name in places.get(pk, [])] if unit is not None else []
    values = case.values if case is not None else one.subject.values  # a nomination never changes once it is named
    return Mark(
        level=one.level,
        year=one.from_date.year,
        state=str(one.state),
        province=province_of(names),
        gender=_word(values, "gender", 10),
        age=age_band(_word(values, "birth", 10), one.from_date),
        ownership=_word(values, "ownership", 40),
        programme=one.programme,
        path=edition.organiser.path if edition is not None else "",
        nominator=case.nominator_id if case is not None else None,
        edition=one.edition_id,
    )


def _places(rows: Iterable[Honour]) -> dict[int, list[str]]:
    """Region and names of every organisation over an enterprise or organiser, nearest meaning first."""
    wanted: set[int] = set()
    for one in rows:
        if one.case is not None:
            wanted.update(one.case.applying_unit.ancestor_ids)
        elif one.edition is not None:
            wanted.update(one.edition.organiser.ancestor_ids)
    found = Organisation.objects.filter(pk__in=wanted).exclude(kind=Organisation.Kind.ENTERPRISE)
    return {pk: list(names) for pk, *names in found.values_list("pk", "region", "short_name", "name")}


def _word(values: dict[str, object], name: str, longest: int) -> str:
    said = values.get(name)
    return said[:longest] if isinstance(said, str) else ""
