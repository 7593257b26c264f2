"""One thing to do, and one that somebody else must do first."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

NAMED = 3


@dataclass(frozen=True)
class Item:
    """`kind` says what is done (the page knows the address for it); `roles` with which grants it may be done.

    `closes` is the first moment too late. `due_days` counts days left, negative when late, None without a date.
    """

    kind: str
    title: str
    verb: str
    edition_id: int
    edition: str
    stage: str = ""
    case_id: int | None = None
    expert_id: int | None = None
    count: int = 1
    facts: tuple[str, ...] = ()
    state: str = ""
    state_label: str = ""
    closes: datetime | None = None
    organisation_id: int | None = None
    roles: frozenset[str] = frozenset()

    @property
    def last_day(self) -> date | None:
        """The last day in time."""
        return None if self.closes is None else timezone.localtime(self.closes - timedelta(microseconds=1)).date()

    def late(self, at: datetime) -> bool:
        """Is it too late already?"""
        return self.closes is not None and at >= self.closes

    def group(self, at: datetime) -> str:
        """late, today, week (until Sunday), later."""
        today, last = timezone.localtime(at).date(), self.last_day
        if self.late(at):
            return "late"
        if last is None:
            return "later"
        if last <= today:
            return "today"
        return "week" if last <= today + timedelta(days=6 - today.weekday()) else "later"


@dataclass(frozen=True)
class Waiting:
    """Something of mine that is with somebody else."""

    title: str
    names: tuple[str, ...]
    since: datetime | None
    edition_id: int
    stage: str = ""
    case_id: int | None = None
    organisation_id: int | None = None
    nudge_id: int | None = None

    @property
    def said(self) -> str:
        """The names as people read them: three, and how many more."""
        return few(self.names)


@dataclass
class Desk:
    """Everything on a person's desk."""

    items: list[Item] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)

    def of(self, organisation_id: int | None = None, edition_id: int | None = None) -> "Desk":
        """What of it belongs to one organisation (and to oneself), or one edition."""

        def fits(one: Item | Waiting) -> bool:
            ours = organisation_id is None or one.organisation_id in (None, organisation_id)
            return ours and edition_id in (None, one.edition_id)

        return Desk([one for one in self.items if fits(one)], [one for one in self.waiting if fits(one)])


def few(names: tuple[str, ...] | list[str]) -> str:
    """何焊平、岑铸山、邬量衡等 9 人."""
    shown = "、".join(one or "未填姓名" for one in names[:NAMED])
    return f"{shown}等 {len(names)} 人" if len(names) > NAMED else shown


def by_unit(units: list[str]) -> tuple[str, ...]:
    """澜江重工 2 件, 青屿印染 1 件; three units at most, then the rest."""
    counted: dict[str, int] = {}
    for one in units:
        counted[one] = counted.get(one, 0) + 1
    shown = [f"{name} {n} 件" for name, n in list(counted.items())[:NAMED]]
    rest = len(counted) - NAMED
    return (*shown, f"另 {rest} 家") if rest > 0 else tuple(shown)
