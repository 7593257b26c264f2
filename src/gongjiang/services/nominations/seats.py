"""Which seats of pools a case takes when it comes onto a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongjiang.kernel.errors import Refused
from gongjiang.kernel.rounding import exact, round_places
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.models import Case
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.lists import Pool
from gongjiang.rules.programmes.schema.stage import Keep, Stage
from gongjiang.rules.programmes.vocabulary import CASE_LABELS
from gongjiang.rules.quotas.adapt import pool_member, pool_spec
from gongjiang.rules.quotas.guard import hard_maxima
from gongjiang.services.nominations.chains import Changes, chains_of, given_in, group_aliases
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.quotas.changes import changes_of
from gongjiang.services.quotas.guard import SeatAsked


def list_size(programme: Programme, keep: Keep | None) -> int | None:
    """How many a stage keeps: places, or places × ratio rounded as the edition answered; None without limit.

    A judged number that has not been given yet is no limit now.
    """
    if keep is None:
        return None
    if keep.places is not None:
        value = programme.value(keep.places)
        return None if value is None else int(exact(value))
    ratio, places = programme.value(keep.per_place), programme.value(keep.of)
    if ratio is None or places is None:
        return None
    return round_places(Fraction(exact(ratio)) * exact(places), programme.value(keep.round) or "up")


def room_beside(programme: Programme, keep: Keep | None) -> int | None:
    """How many may stand by beside a list (备选); None without limit, or while a judged number is not given."""
    value = None if keep is None else programme.value(keep.alternates)
    return None if value is None else int(exact(value))


@dataclass(frozen=True, slots=True)
class Ground:
    """What counting a case needs beyond its facts, read once for many: places moved since the notice, under which
    names each case counts, how groups are called."""

    changes: Changes
    chains: Mapping[int, tuple[str, ...]]
    aliases: Mapping[str, str]


def ground_of(programme: Programme, cases: Iterable[Case], pools: Sequence[Pool]) -> Ground:
    """For these cases in these pools; three queries at most, whatever their number."""
    changes = changes_of(programme.process)
    return Ground(changes, chains_of(list(cases), given_in(changes)), group_aliases(programme, pools))


def list_seats(
    programme: Programme,
    case: Case,
    facts: Facts,
    on: str,
    *,
    taking: bool = False,
    ground: Ground | None = None,
) -> list[SeatAsked]:
    """Seats of the pack's hard whole-number pools on a list (a stage id, or `edition`). `ground`: where it was read
    before, for many cases.

    When `taking` them, Refused where a pool counts by something that the case doesn't say: nobody could
    keep its limit.
    """
    asked: list[SeatAsked] = []
    pools = [one for one in programme.pack.pools if one.on == on and (not one.award or case.award in one.award)]
    if not pools:
        return asked
    known, params = ground or ground_of(programme, [case], pools), programme.params
    for pool in pools:
        spec = pool_spec(programme.pack, pool, params, facts, known.changes.get(pool.id))
        member = pool_member(
            programme.pack,
            pool,
            facts,
            key=str(case.pk),
            chain=known.chains.get(case.pk) or UNKNOWN,
            given=spec.limits.given if spec.limits else (),
            aliases=known.aliases,
        )
        for seat in hard_maxima(spec, member):
            if taking and None in seat.key:
                path = pool.per[seat.key.index(None)]
                raise Refused(
                    f"{case.title}的“{_path_label(programme, path)}”还没有填写，无法核对“{pool.shown}”。请先补填。",
                    f"{path} is needed to count this pool.",
                    place=_path_label(programme, path),
                )
            asked.append(SeatAsked(seat.pool, seat.counter, seat.limit, seat.name))
    return asked


def _path_label(programme: Programme, path: str) -> str:
    words = programme.pack.vocabulary
    if path.startswith("case."):
        name = path.removeprefix("case.")
        return CASE_LABELS.get(name) or programme.role_label(name)
    return words.fields[path].shown if path in words.fields else path


def seats_of(programme: Programme, case: Case, stage: Stage, facts: Facts) -> list[SeatAsked]:
    """Everything a case takes up on the list of a stage: pools, and the stage's own `keep` (not where equals
    at the cut all stay: there the list may grow, and closing it counts)."""
    asked = list_seats(programme, case, facts, stage.id, taking=True)
    if stage.type == "apply":
        asked += list_seats(programme, case, facts, "edition", taking=True)
    size = list_size(programme, stage.keep)
    if size is not None and stage.type != "publish" and stage.at_cut != "take_all":
        asked.append(SeatAsked(f"keep:{stage.id}", list_group(stage, case), size, f"{stage.shown}名单"))
    return asked


def list_group(stage: Stage, case: Case) -> str:
    """Which list of a stage the case is on: one for all, or its unit's own (`per`)."""
    if not stage.per:
        return ""
    if stage.per == ("case.nominator",):
        return case.nominator.short_name
    parts = []
    for path in stage.per:
        name = path.removeprefix("case.")
        party = next((one.organisation.short_name for one in case.parties.all() if one.role == name), None)
        parts.append(party or str(getattr(case, name, "") if path.startswith("case.") else case.values.get(path, "")))
    return " / ".join(parts)
