"""A person's way through programmes and levels, as far as the viewer may see (ledger C-01, X-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Honour, RegistryEntry, Subject
from gongjiang.rules.registry.entry import LEVELS, STATES
from gongjiang.services.honours.register import public_honours
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.people.sealing import mask_text
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.registry.authority import entries_seen

ORDER: Final = ("city", "province", "national")
LADDER: Final = {"city": "市级", "province": "省级", "national": "国家级"}


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


@dataclass(frozen=True)
class Way:
    """A person and all steps of theirs that the viewer may see, the latest first."""

    name: str
    number: str
    steps: tuple[Step, ...]

    @property
    def ladder(self) -> tuple[tuple[str, bool], ...]:
        """The levels from the municipal one up, and whether an honour of the level is among the steps."""
        held = {one.level for one in self.steps if one.kind != "nomination"}
        return tuple((LADDER[level], LEVELS[level] in held) for level in ORDER)


def way_of(actor: Actor, subject_id: int) -> Way:
    """A fixed number of queries. NotFound for who may see no nomination of the person and no list they stand on:
    public honours alone are on the public register."""
    subject = Subject.objects.filter(pk=subject_id).first()
    cases = list(
        visible_to(actor)
        .filter(subject_id=subject_id)
        .select_related("process__edition__pack", "nominator")
        .order_by("-id")[:50]
    )
    listed = list(
        entries_seen(actor).filter(subject_id=subject_id).select_related("source__register").order_by("-id")[:50]
    )
    if subject is None or not (cases or listed):
        raise NotFound()
    honours = public_honours().filter(subject_id=subject_id).select_related("edition").order_by("-from_date")[:50]
    steps = [*map(_conferred, honours), *map(_listed, listed), *map(_put_forward, cases)]
    steps.sort(key=lambda one: one.since, reverse=True)
    return Way(subject.name if cases else listed[0].name, _number(cases, listed), tuple(steps))


def _number(cases: list[Case], listed: list[RegistryEntry]) -> str:
    tokens: Iterator[str] = (str(one.values.get("id_number") or "") for one in cases)
    token = next((one for one in tokens if one), "") or next((one.number for one in listed if one.number), "")
    return mask_text(token, "id_number") if token else ""


def _conferred(one: Honour) -> Step:
    where = one.edition.title if one.edition is not None else one.provenance
    return Step(
        "honour", one.title, LEVELS.get(one.level, ""), one.get_state_display(), where, one.from_date,
        one.from_date.isoformat(), honour_id=one.pk,
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
