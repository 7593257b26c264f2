"""A person's way through programmes and levels, as far as the viewer may see (ledger C-01, X-01)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Bestowal, Case, Honour, Preference, RegistryEntry, StandingChange, Subject
from gongjiang.rules.honours.standing import HELD, Change
from gongjiang.rules.registry.entry import LEVELS, STATES
from gongjiang.services.honours.scope import honours_inside, once, public_honours
from gongjiang.services.honours.standing import LABELS
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.people.sealing import mask_text
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.registry.authority import entries_seen

ORDER: Final = ("city", "province", "national")
LADDER: Final = {"city": "市级", "province": "省级", "national": "国家级"}
MOST: Final = 50


@dataclass(frozen=True)
class Step:
    """One thing in a person's way. `kind`: honour, listed (an imported list) or nomination."""

    kind: str
    title: str
    level: str
    state: str
    note: str
    day: date | None
    since: str
    honour_id: int | None = None
    case_id: int | None = None
    import_id: int | None = None
    public: bool = True
    """Is it an honour that the public register shows?"""


@dataclass(frozen=True)
class Rung:
    """One level: what is held of it now, as 已命名 or 培育对象 ('' for nothing)."""

    label: str
    held: str


@dataclass(frozen=True)
class Way:
    """A person and all steps of theirs that the viewer may see, the latest first; what goes with their honours
    (`gifts`: title, what, how it stands), and where they come first (`ahead`: label, honour, does it count now)."""

    name: str
    number: str
    steps: tuple[Step, ...]
    rungs: tuple[Rung, ...]
    gifts: tuple[tuple[str, str, str], ...] = ()
    ahead: tuple[tuple[str, str, bool], ...] = ()


def way_of(actor: Actor, subject_id: int) -> Way:
    """A fixed number of queries. NotFound for who may see no nomination of the person, no list they stand on and no
    programme that honoured them: public honours alone are on the public register."""
    subject = Subject.objects.filter(pk=subject_id).first()
    cases = list(
        visible_to(actor)
        .filter(subject_id=subject_id)
        .select_related("process__edition__pack", "nominator")
        .order_by("-id")[:MOST]
    )
    listed = list(
        once(entries_seen(actor))
        .filter(subject_id=subject_id)
        .select_related("source__register")
        .order_by("-id")[:MOST]
    )
    inside = list(_told(honours_inside(actor).filter(subject_id=subject_id)))
    if subject is None or not (cases or listed or inside):
        raise NotFound()
    known = {one.pk for one in inside}
    public = [one for one in _told(public_honours().filter(subject_id=subject_id)) if one.pk not in known]
    honours = [*inside, *public]
    steps = [*map(_conferred, honours), *map(_listed, listed), *map(_put_forward, cases)]
    steps.sort(key=lambda one: one.since, reverse=True)
    name = subject.name if cases else listed[0].name if listed else inside[0].name
    return Way(
        name, _number(cases, listed), tuple(steps), _rungs(honours, listed), tuple(_gifts(inside)),
        tuple(_ahead(honours)) if cases or inside else (),
    )  # fmt: skip


def _told(rows: QuerySet[Honour]) -> QuerySet[Honour]:
    return rows.select_related("edition", "document").prefetch_related(
        Prefetch("bestowals", Bestowal.objects.order_by("id")),
        Prefetch("preferences", Preference.objects.order_by("id")),
        Prefetch("changes", StandingChange.objects.order_by("id")),
    ).order_by("-from_date", "-id")[:MOST]  # fmt: skip


def _number(cases: list[Case], listed: list[RegistryEntry]) -> str:
    tokens: Iterator[str] = (str(one.values.get("id_number") or "") for one in cases)
    token = next((one for one in tokens if one), "") or next((one.number for one in listed if one.number), "")
    return mask_text(token, "id_number") if token else ""


def _rungs(honours: Sequence[Honour], listed: Sequence[RegistryEntry]) -> tuple[Rung, ...]:
    """The levels from the municipal one up. Whoever is named at a level is no longer called a trainee of it."""
    held: dict[str, set[str]] = {level: set() for level in ORDER}
    for level, state in [
        *((one.level, one.state) for one in honours),
        *((one.level or one.source.register.level, one.honour_state) for one in listed),
    ]:
        if level in held and state in HELD:
            held[level].add(state)
    return tuple(
        Rung(LADDER[level], next((STATES[one] for one in ("stands", "trainee") if one in held[level]), ""))
        for level in ORDER
    )


def _conferred(one: Honour) -> Step:
    where = one.edition.title if one.edition is not None else one.provenance
    if one.document is not None and one.document.number:
        where = f"{where}，{one.document.number}"
    last = list(one.changes.all())[-1:]
    told = "；".join(f"{timezone.localtime(each.at):%Y年%-m月%-d日}{LABELS[Change(each.change)]}" for each in last)
    return Step(
        "honour", one.title, LEVELS.get(one.level, ""), one.get_state_display(),
        f"{where}；{told}" if told else where, one.from_date, one.from_date.isoformat(), honour_id=one.pk,
        public=one.state not in {Honour.State.SUSPENDED, Honour.State.REVOKED},
    )  # fmt: skip


def _listed(one: RegistryEntry) -> Step:
    register = one.source.register
    note = f"{one.source.title}{one.source.number}，第{one.row}行" + (f"；当时单位：{one.unit}" if one.unit else "")
    return Step(
        "listed", one.award or register.label, LEVELS.get(one.level or register.level, ""),
        STATES.get(one.honour_state, ""), note, None, one.date, import_id=one.source_id,
    )  # fmt: skip


def _put_forward(one: Case) -> Step:
    edition = one.process.edition
    day = timezone.localtime(one.submitted_at or one.created_at).date()
    return Step(
        "nomination", f"申报：{edition.title}", LEVELS.get(programme_of(one.process).pack.pack.level, ""), one.state,
        f"{one.nominator.name}推荐", day, day.isoformat(), case_id=one.pk,
    )  # fmt: skip


def _gifts(honours: Sequence[Honour]) -> Iterator[tuple[str, str, str]]:
    for honour in honours:
        for one in honour.bestowals.all():
            day = one.paid_on or one.handed_on
            sum_ = "" if one.amount is None else f"（{one.amount:,.2f}元）".replace(".00元", "元")
            done = f"{day:%Y年%-m月%-d日}{'发放' if one.money else '交付'}" if day is not None else "未办"
            yield honour.title, f"{one.label}{sum_}", done


def _ahead(honours: Sequence[Honour]) -> Iterator[tuple[str, str, bool]]:
    seen: set[str] = set()
    for honour in honours:
        for one in honour.preferences.all():
            if one.label not in seen:
                seen.add(one.label)
                yield one.label, honour.title, honour.state in HELD
