"""A list of grants as it would be made, shown before anything is written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.kernel.text import clean
from gongjiang.models import BenefitGrant, Honour
from gongjiang.rules.funds.entitlement import OWN_PREFIX, Entitlement, own_entitlements
from gongjiang.rules.funds.periods import Period
from gongjiang.rules.funds.planning import Line, Person, amount_for, lines_of
from gongjiang.rules.honours.terms import History
from gongjiang.rules.programmes.benefits import PAYEES
from gongjiang.services.cultivation.scope import visible_to
from gongjiang.services.funds.board import UNDONE, with_entitlement
from gongjiang.services.funds.entitlements import histories_of
from gongjiang.services.funds.scope import kept_honours, union_honours

MOST = 500
"""Honours in one go: a list that people can look over."""


@dataclass(frozen=True)
class Asked:
    """What is to be given: the benefit's id, to which honours, on which day; sums for periods begun by `through`
    (None: by that day); `amount` of one grant in 元 where the notice leaves it open; `payee` of one single line;
    `budget`: what pays for it, 0 for nothing here."""

    benefit: str
    honours: Sequence[int]
    on: date
    through: date | None = None
    amount: Decimal | None = None
    payee: str = ""
    note: str = ""
    budget: int = 0


@dataclass(frozen=True)
class Plan:
    """`lines` to be written, `without`: (name, why not), `honours` by id."""

    entitlement: Entitlement
    lines: tuple[Line, ...]
    without: tuple[tuple[str, str], ...]
    honours: dict[int, Honour] = field(repr=False)

    @property
    def total(self) -> Decimal:
        """What is paid in all, in 元."""
        return sum((one.amount or Decimal(0) for one in self.lines), Decimal(0))

    @property
    def seal(self) -> str:
        """Tells this list from any other: what is confirmed must be what was shown."""
        said = ((one.key, one.period, one.slot, one.part, one.payee, str(one.amount)) for one in self.lines)
        return hashlib.sha256(repr([self.entitlement.id, *said]).encode()).hexdigest()[:32]

    @property
    def rows(self) -> list[tuple[Line, str]]:
        """Lines with the part of a divided sum as people call it."""
        return [(one, PAYEES.get(one.part, one.part) if self.entitlement.shares else "") for one in self.lines]


def plan_grants(actor: Actor, at: datetime, asked: Asked, *, lock: bool = False) -> Plan:
    """The list. `lock`: the honours are held against a change of standing until the transaction ends.

    Raises NotFound (an honour or benefit that isn't the actor's to see), NotAllowed, BadInput.
    """
    ids = sorted(set(asked.honours))
    if not ids or len(ids) > MOST:
        raise BadInput(f"请勾选人员，一次最多 {MOST} 人。", "Tick somebody, 500 at most.", place="勾选")
    if asked.on > timezone.localtime(at).date():
        raise BadInput("日期还没有到；要先约好的请用预约。", "Not ahead.", place="日期")
    honours = _honours(actor, ids, own=asked.benefit.startswith(OWN_PREFIX), lock=lock)
    mine = entitled(honours, asked.benefit, asked.on)
    chosen = next((one for one, _ in mine.values()), None)
    if chosen is None:
        raise BadInput("所选的人都不适用这项待遇。", "Nobody here has it.", place="待遇")
    for one in honours:
        if asked.on < one.from_date:
            raise BadInput(f"{one.name}在 {one.from_date} 才命名，日期不能更早。", "Before the naming.", place="日期")
    return _plan(asked, honours, mine)


def _plan(asked: Asked, honours: Sequence[Honour], mine: dict[int, tuple[Entitlement, Person]]) -> Plan:
    lines: list[Line] = []
    without: list[tuple[str, str]] = []
    for honour in honours:
        if honour.pk not in mine:
            without.append((honour.name, "不适用这项待遇"))
            continue
        entitlement, person = mine[honour.pk]
        amount = amount_for(entitlement, asked.amount)
        through = min(asked.through or asked.on, asked.on)
        found, why = lines_of(entitlement, person, asked.on, through, amount)
        lines += found
        if why:
            without.append((honour.name, why))
    payee = clean(asked.payee).strip()
    if payee and len(lines) == 1:
        lines = [_to(lines[0], payee[:60])]
    first = next(iter(mine.values()))[0]
    return Plan(first, tuple(lines), tuple(without), {one.pk: one for one in honours})


def _to(line: Line, payee: str) -> Line:
    return Line(line.key, line.name, line.period, line.label, line.slot, line.part, payee, line.amount)


def _honours(actor: Actor, ids: Sequence[int], *, own: bool, lock: bool) -> list[Honour]:
    seen = set(visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    if len(seen) != len(ids):
        raise NotFound()
    may = (kept_honours if own else union_honours)(actor).filter(pk__in=ids)
    if may.values_list("pk").distinct().count() != len(ids):
        raise NotAllowed("通知规定的待遇由主办工会办理。", "The union gives what the notice promises.")
    rows = Honour.objects.filter(pk__in=ids).select_related("case__applying_unit", "subject").order_by("pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def entitled(honours: Sequence[Honour], benefit: str, on: date) -> dict[int, tuple[Entitlement, Person]]:
    """By honour: its entitlement, and what is open of it on a day. A handful of queries."""
    grants = BenefitGrant.objects.filter(honour__in=honours, benefit=benefit)
    slots = dict(grants.filter(period="").values_list("honour").annotate(n=Max("slot")))
    live = grants.exclude(state=UNDONE).values_list("honour_id", "period", "slot")
    taken = {(pk, period, slot) for pk, period, slot in live}
    own = next((one for one in own_entitlements() if one.id == benefit), None)
    if own is not None:
        histories = histories_of(honours)
        return {one.pk: (own, _person(one, histories[one.pk], (), slots)) for one in honours}
    found = {}
    for held, mine in with_entitlement(honours, benefit):
        pk = held.honour.pk
        every = held.due(mine, on)
        open_ = [one for one in every if (pk, one.key, one.slot) not in taken]
        found[pk] = (mine, _person(held.honour, held.history, open_, slots))
    return found


def _person(honour: Honour, history: History, open_: Sequence[Period], slots: dict[int, int]) -> Person:
    unit = honour.case.applying_unit.name if honour.case is not None and honour.case.applying_unit is not None else ""
    return Person(honour.pk, honour.name, unit, history, tuple(open_), slots.get(honour.pk, 0) + 1)
