"""Under which names cases count, read for many at once: their units' line upward, and groups by their known names."""

from collections.abc import Collection, Iterable, Mapping

from gongjiang.kernel.text import same_name
from gongjiang.models import Case, Organisation
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.services.programmes.programme import Programme

Changes = Mapping[str, Mapping[str, int]]


def given_in(changes: Changes) -> frozenset[str]:
    """Groups that hold places given to them after the notice."""
    return frozenset(name for groups in changes.values() for name, places in groups.items() if places > 0)


def chains_of(cases: Iterable[Case], given: Collection[str] = ()) -> dict[int, tuple[str, ...]]:
    """By case: the nominator's short name and those of the bodies above it, nearest first; before it the bodies
    below it through which the case came, of those to which places were `given`. One query."""
    below = {case.pk: _below(case) if given else () for case in cases}
    above = {case.pk: tuple(reversed(case.nominator.ancestor_ids)) for case in cases}
    wanted = {pk for part in (below, above) for ids in part.values() for pk in ids}
    names = dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "short_name")) if wanted else {}
    return {
        case: (
            *(names[pk] for pk in below[case] if names.get(pk) in given),
            *(names[pk] for pk in above[case] if names.get(pk)),
        )
        for case in above
    }


def _below(case: Case) -> tuple[int, ...]:
    """From the applying unit up to right under the nominator; nothing where it stands elsewhere."""
    line = case.applying_unit.ancestor_ids
    if case.nominator_id not in line:
        return ()
    return tuple(reversed(line[line.index(case.nominator_id) + 1 :]))


def group_aliases(programme: Programme, pools: Iterable[Pool]) -> dict[str, str]:
    """Every known name of a corporate group to its full one, as names are compared: groups told by another name are
    one. Nothing, and no query, where no pool counts by a name that people type."""
    fields = programme.pack.vocabulary.fields
    paths = {path for pool in pools for path in (*pool.per, *(pool.count or {}).values())}
    if not any(path in fields and fields[path].type == "text" for path in paths):
        return {}
    found: dict[str, str] = {}
    rows = Organisation.objects.filter(kind=Organisation.Kind.GROUP, active=True).order_by("-pk")
    for name, short in rows.values_list("name", "short_name"):
        found[same_name(short)] = same_name(name)
        found[same_name(name)] = same_name(name)
    return found
