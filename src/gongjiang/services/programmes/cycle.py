"""评选周期: in which year an edition is opened, and the decision that opens a special one."""

from dataclasses import dataclass
from datetime import datetime
from re import escape

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Edition, EditionRole, Organisation, PackVersion
from gongjiang.rules.honours.naming import read_number
from gongjiang.rules.programmes.cycles import family, next_year, out_of_turn
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme, main_process, programme_of, whole_pack


@dataclass(frozen=True)
class Turn:
    """Where a programme stands in its cycle. `held`: years of its editions, without special ones; `taken`: years of
    the programmes that it makes way for, `rival` what these are called; `first`: the year of the first edition."""

    every: int
    first: int
    held: tuple[int, ...]
    taken: tuple[int, ...]
    rival: str

    @property
    def next(self) -> int:
        """The year of the next edition."""
        return next_year(self.every, self.first, self.held, self.taken)

    def against(self, year: int) -> str:
        """Why no edition is opened in a year; blank where one may be."""
        return out_of_turn(year, self.every, self.first, self.held, self.taken, self.rival)

    @property
    def said(self) -> str:
        """`每2年一届，下一届 2028年`."""
        makes_way = f"，“{self.rival}”评选年跳过" if self.rival else ""
        return f"每{self.every}年一届{makes_way}，下一届 {self.next}年"


def turn_of(pack: Pack, organiser: Organisation | None = None, programme: Programme | None = None) -> Turn | None:
    """Where a programme stands; None without a cycle. `organiser`: whose editions of it count, of all left out;
    `programme`: the edition whose answers give its numbers, which is itself not counted. Two queries."""
    cycle = pack.cycle
    if cycle is None:
        return None

    def number(raw: object, default: int) -> int:
        found = str(programme.value(raw) if programme is not None else _plain(pack, raw))
        return int(found) if found.isascii() and found.isdecimal() else default

    rows = Edition.objects.filter(_of(pack.id), parent=None, opened_at__isnull=False, special="")
    if organiser is not None:
        rows = rows.filter(organiser=organiser)
    if programme is not None:
        rows = rows.exclude(pk=programme.edition.pk)
    rivals = Q(pk__in=[])
    for one in cycle.skip.year_of:
        rivals |= _of(one)
    taken = Edition.objects.filter(rivals, parent=None, opened_at__isnull=False)
    titles = list(PackVersion.objects.filter(_versions(cycle.skip.year_of)).order_by("-pk").values_list("title")[:1])
    rival = titles[0][0] if titles else "、".join(cycle.skip.year_of)
    return Turn(number(cycle.every.years, 1), number(cycle.first, pack.pack.year), _years(rows), _years(taken), rival)


def cycle_problems(programme: Programme, at: datetime) -> list[str]:
    """Why this edition isn't opened now, in words; none where a special one was decided on."""
    if programme.edition.parent_id is not None or programme.edition.special:
        return []
    pack = whole_pack(programme.edition)
    turn = turn_of(pack, programme.edition.organiser, programme)
    why = turn.against(timezone.localtime(at).year) if turn is not None else ""
    if not why:
        return []
    way = ""
    if pack.cycle is not None and pack.cycle.special is not None:
        who = "、".join(programme.role_label(one) for one in pack.cycle.special.by)
        way = f"；确需举办的，由{who}作出决定并登记文号"
    return [f"{why}{way}"]


def may_decide_special(actor: Actor, edition: Edition) -> bool:
    """Approvers of the body that the pack names (`cycle.special.by`)."""
    pack = whole_pack(edition)
    if pack.cycle is None or pack.cycle.special is None or edition.state != Edition.State.PREPARING:
        return False
    roles = programme_of(main_process(edition)).expand(pack.cycle.special.by)
    held = EditionRole.objects.filter(edition=edition, role__in=roles).values_list("organisation_id", flat=True)
    return actor.is_platform or any(actor.has("approver", organisation_id=one) for one in held)


@transaction.atomic
def decide_special(*, actor: Actor, at: datetime, edition: Edition, number: str, reason: str) -> Edition:
    """An edition beside the cycle is decided on; `number`: 文号 of the decision, of this year.

    Raises NotAllowed, Refused (opened already, or the pack knows no special editions), BadInput.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    pack = whole_pack(locked)
    if locked.state != Edition.State.PREPARING or pack.cycle is None or pack.cycle.special is None:
        raise Refused("本届已经发布，或者通知没有规定特别届次。", "No special edition here.")
    if not may_decide_special(actor, locked):
        who = "、".join(programme_of(main_process(locked)).role_label(one) for one in pack.cycle.special.by)
        raise NotAllowed(f"特别届次由{who}的审批人员决定。", "The body that the pack names decides.")
    why = clean(reason).strip()
    if not why or len(why) > 300:
        raise BadInput("请写明举办特别届次的理由，不超过300字。", "Give the reason.", place="理由")
    locked.special = read_number(clean(number), timezone.localtime(at).year)[:60]
    locked.save(update_fields=["special"])
    append(
        actor=actor, at=at, action="edition.special", kind="edition", key=locked.pk, edition_id=locked.pk,
        data={"number": locked.special, "reason": why},
    )  # fmt: skip
    edition.refresh_from_db()
    return locked


def _plain(pack: Pack, raw: object) -> object:
    """A value of the pack itself: a param by its number, nothing that only an answer gives."""
    if isinstance(raw, str) and raw.startswith("$"):
        return next((one.value for one in pack.params if one.id == raw[1:]), None)
    return raw


def _of(programme: str) -> Q:
    """Editions of a programme, in whatever year."""
    name = family(programme)
    return Q(pack__pack_id=name) | Q(pack__pack_id__regex=rf"^{escape(name)}-[0-9]{{4}}$")


def _versions(programmes: tuple[str, ...]) -> Q:
    found = Q(pk__in=[])
    for one in programmes:
        name = family(one)
        found |= Q(pack_id=name) | Q(pack_id__regex=rf"^{escape(name)}-[0-9]{{4}}$")
    return found


def _years(rows: QuerySet[Edition]) -> tuple[int, ...]:
    opened = rows.values_list("opened_at", flat=True)
    return tuple(sorted({timezone.localtime(one).year for one in opened if one is not None}))
