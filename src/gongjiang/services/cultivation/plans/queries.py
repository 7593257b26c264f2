"""Reading plans: the page of one artisan's plan, one version beside another, how far the milestones are."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import CultivationFile, CultivationPlan, File, Honour, Milestone, PlanEntry
from gongjiang.rules.cultivation.hands import KEEPING, WORKING, Hand
from gongjiang.rules.cultivation.plans.agreeing import (
    OPEN,
    PARTIES,
    Action,
    State,
    agrees_for,
    enters_for,
    may,
    next_turn,
)
from gongjiang.rules.cultivation.plans.changes import Part, changes
from gongjiang.rules.cultivation.plans.lacking import lacking, unaimed
from gongjiang.rules.cultivation.plans.progress import Mark, Progress, progress
from gongjiang.rules.cultivation.plans.text import PlanText, parse
from gongjiang.rules.cultivation.term import Term
from gongjiang.rules.programmes.schema.cultivation import Cultivation
from gongjiang.services.cultivation import scope
from gongjiang.services.cultivation.framework import framework_of, term_of
from gongjiang.services.cultivation.keeping import looks_after
from gongjiang.services.cultivation.plans.writing import given_of, needed_of
from gongjiang.services.cultivation.scope import get_honour, hands_of
from gongjiang.services.cultivation.writing import LIVING
from gongjiang.services.programmes.windows import today_of

ENTRIES = 200
"""Lines of history shown."""


@dataclass(frozen=True)
class Version:
    """One version with its text and what its makers still have to do. `may`: the actor's steps."""

    plan: CultivationPlan
    text: PlanText
    needed: frozenset[Hand]
    given: frozenset[Hand]
    may: frozenset[Action]
    enters: frozenset[Hand] = frozenset()
    lacking: tuple[str, ...] = ()
    unaimed: tuple[str, ...] = ()
    next_turn: Hand | None = None

    @property
    def parties(self) -> list[tuple[Hand, datetime | None]]:
        """Each party and when it agreed."""
        return [(one, getattr(self.plan, f"{one}_at")) for one in PARTIES if one in self.needed]


@dataclass(frozen=True)
class Board:
    """Everything about one artisan's plan. `open`: the version being made; `force`: the one in force."""

    honour: Honour
    hands: frozenset[Hand]
    entry: Cultivation
    term: Term
    force: Version | None
    open: Version | None
    versions: tuple[CultivationPlan, ...]
    milestones: tuple[Milestone, ...]
    entries: tuple[PlanEntry, ...]
    handed_in: tuple[File, ...]
    starts: bool
    revises: bool
    keeps: bool

    @property
    def powers(self) -> tuple[str, ...]:
        """Labels of the powers."""
        return tuple(one.shown for one in self.entry.powers)


def visible_to(actor: Actor) -> QuerySet[CultivationPlan]:
    """Versions of the plans of honours that the actor sees."""
    return CultivationPlan.objects.filter(honour__in=scope.visible_to(actor))


def board(actor: Actor, honour_id: int) -> Board:
    """The plan of an honour that the actor sees. A fixed number of queries."""
    honour = get_honour(actor, honour_id)
    hands = hands_of(actor, honour)
    entry, term = framework_of(honour), term_of(honour)
    plans = list(_readable(actor, honour, hands).order_by("-number"))
    makes = looks_after(hands) and honour.state in LIVING
    made = [_version(one, honour, hands, makes, term, entry) for one in plans if one.state in {*OPEN, State.IN_FORCE}]
    force = next((one for one in made if one.plan.state == State.IN_FORCE), None)
    drafted = next((one for one in made if one.plan.state in OPEN), None)
    return Board(
        honour=honour,
        hands=hands,
        entry=entry,
        term=term,
        force=force,
        open=drafted,
        versions=tuple(plans),
        milestones=tuple(milestones_of(honour)),
        entries=tuple(PlanEntry.objects.filter(plan__in=plans).select_related("plan").order_by("-at", "-pk")[:ENTRIES]),
        handed_in=_handed_in(honour, entry.handed_in) if hands & KEEPING else (),
        starts=makes and force is None and drafted is None,
        revises=makes and force is not None and drafted is None,
        keeps=makes,
    )


def one_version(actor: Actor, honour_id: int, number: int) -> tuple[Board, Version]:
    """A version by its number. NotFound where there is none."""
    found = board(actor, honour_id)
    plan = next((one for one in found.versions if one.number == number), None)
    if plan is None:
        raise NotFound()
    makes = found.keeps
    return found, _version(plan, found.honour, found.hands, makes, found.term, found.entry)


def compared(found: Board, number: int, other: int | None) -> tuple[CultivationPlan | None, tuple[Part, ...]]:
    """What version `number` changed against `other` (left out: the one it was made from). None: there is none to
    lay beside it."""
    here = next(one for one in found.versions if one.number == number)
    wanted = here.based_on if other is None else other
    old = next((one for one in found.versions if one.number == wanted and one.number != number), None)
    return (None, ()) if old is None else (old, changes(parse(old.content), parse(here.content)))


def milestones_of(honour: Honour) -> list[Milestone]:
    """Milestones of the plan in force, and those dropped for which something was done, by day."""
    rows = Milestone.objects.filter(Q(dropped=False) | ~Q(state=Milestone.State.OPEN), honour=honour)
    files = Prefetch("files", CultivationFile.objects.filter(removed_at=None).order_by("pk"))
    return list(rows.order_by("dropped", "due", "position").prefetch_related(files))


def marks_of(honour: Honour) -> list[Mark]:
    """The same as the rules count them, without those dropped. One query."""
    rows = Milestone.objects.filter(honour=honour, dropped=False).order_by("due", "position")
    return [Mark(*one) for one in rows.values_list("title", "power", "due", "state", "pk")]


def _readable(actor: Actor, honour: Honour, hands: frozenset[Hand]) -> QuerySet[CultivationPlan]:
    """Drafts are read by those who have a hand in them; others read what is or was in force."""
    rows = visible_to(actor).filter(honour=honour)
    return rows if hands & WORKING else rows.filter(state__in=[State.IN_FORCE, State.REPLACED])


def _version(
    plan: CultivationPlan, honour: Honour, hands: frozenset[Hand], makes: bool, term: Term, entry: Cultivation
) -> Version:
    state, text = State(plan.state), parse(plan.content)
    needed, given = needed_of(plan), given_of(plan)
    mine = hands & KEEPING if makes else frozenset[Hand]()
    steps = {one for one in Action if one in _KEEPERS and makes and may(one, state)}
    if not agrees_for(mine, needed, given):
        steps.discard(Action.AGREE)
    if hands & WORKING and may(Action.COMMENT, state):
        steps.add(Action.COMMENT)
    draft = state == State.DRAFT
    return Version(
        plan,
        text,
        needed,
        given,
        frozenset(steps),
        enters_for(mine, needed, given) if state == State.REVIEW else frozenset(),
        lacking(text, term) if draft else (),
        unaimed(text, tuple(one.shown for one in entry.powers)) if state in OPEN else (),
        next_turn(mine, needed) if draft else None,
    )


_KEEPERS = frozenset({Action.SAVE, Action.HAND_OVER, Action.SUBMIT, Action.AGREE, Action.SEND_BACK, Action.DROP})


def _handed_in(honour: Honour, attachment: str) -> tuple[File, ...]:
    """The plan that the unit handed in with the nomination (ledger N-07)."""
    if not attachment or honour.case_id is None:
        return ()
    rows = File.objects.filter(case_id=honour.case_id, attachment=attachment, removed_at=None)
    return tuple(rows.order_by("position", "pk")[:10])


@dataclass(frozen=True)
class Glance:
    """A plan at a glance: progress by power, (number, state) of the version being made, milestones to confirm."""

    rows: tuple[Progress, ...]
    making: tuple[int, str] | None
    claimed: int


def glance(honour: Honour, at: datetime) -> Glance:
    """For the artisan's pages; whoever asks has been let see the honour. Two queries."""
    marks = marks_of(honour)
    powers = tuple(one.shown for one in framework_of(honour).powers)
    made = CultivationPlan.objects.filter(honour=honour, state__in=sorted(OPEN)).values_list("number", "state").first()
    claimed = sum(1 for one in marks if one.state == Milestone.State.CLAIMED)
    return Glance(progress(marks, powers, today_of(at)), made, claimed)
