"""The sample editions: one being filed for each notice, and demonstrations stopped at later stages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from gongjiang.catalogue.packs import find, load_text
from gongjiang.models import Organisation
from gongjiang.services.programmes.extend import extend
from gongjiang.services.programmes.programme import calendar_of
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.clock import Clock, acting_order, morning
from gongjiang.services.rehearsal.offices import Offices
from gongjiang.services.rehearsal.parties import Parties
from gongjiang.services.rehearsal.people import Names, Numbers
from gongjiang.services.rehearsal.plan import plan_nominees
from gongjiang.services.rehearsal.prepare import open_with
from gongjiang.services.rehearsal.settings import read_settings
from gongjiang.services.rehearsal.troubles import Troubles
from gongjiang.services.rehearsal.world import World
from gongjiang.services.samples.cast import CAST

#: Windows of demonstrations are held open until here.
OPEN_UNTIL = date(2026, 12, 31)
REASON = "演示届次：时间安排提前，便于各角色同时看到各环节"


@dataclass
class Workshop:
    """What all sample editions share: organisations, people, and the names not yet given away."""

    tree: dict[str, Organisation]
    at: datetime

    def __post_init__(self) -> None:
        self.names = Names(Random("sample"), frozenset(one.name for one in CAST))  # noqa: S311
        self.numbers = Numbers()
        self.offices = Offices(self.names, self.at, "sample")

    def world(
        self,
        pack: str,
        parties: Parties,
        slug: str,
        *,
        opened: date,
        title: str = "",
        pairs: tuple[str, ...] = (),
        moved: bool = True,
    ) -> World:
        """An edition opened on a day. `moved`: its windows begin with that day, on record."""
        source = find(pack)
        checked = load_text(source)
        settings = read_settings(checked, pairs)
        troubles = Troubles()
        programme = open_with(
            source,
            checked,
            parties,
            settings,
            offices=self.offices,
            at=morning(opened),
            slug=slug,
            names=self.names,
            troubles=troubles,
            title=title,
        )
        clock = Clock(morning(opened), calendar_of(checked.pack.calendar), brisk=True)
        world = World(
            programme.edition,
            programme,
            parties,
            settings,
            Random(slug),  # noqa: S311
            clock,
            self.names,
            self.numbers,
            self.offices,
            troubles,
            printed_files=True,
        )
        if moved:
            move_windows(world, opened)
        return world


def move_windows(world: World, opened: date) -> None:
    """Every time of the pack begins with the edition and stays open for the demonstration."""
    for time in world.programme.pack.times:
        if time.window is None and time.date is None:
            continue
        extend(
            actor=world.offices.actor(world.edition.organiser_id, "approver"),
            at=world.clock.tick(),
            edition=world.edition,
            time=time.id,
            opens=midnight(opened) if time.window is not None else None,
            until=midnight(OPEN_UNTIL + timedelta(days=1)),
            reason=REASON,
            telling=False,
        )


def run_until(world: World, stop: str | None, nominees: int, days: list[date]) -> None:
    """All stages before `stop`, each on its day (the last day serves for all that follow)."""
    world.planned = plan_nominees(world, nominees)
    for one in world.planned:
        one.group = group_of(one.employer)
    for n, stage in enumerate(acting_order(world.programme)):
        if stage.id == stop:
            return
        world.clock.go(morning(days[min(n, len(days) - 1)]))
        acts()[stage.type].act(world, stage)


def group_of(employer: Organisation) -> str:
    """The corporate group as a form says it."""
    return employer.corp_group.name if employer.corp_group is not None else "无"


def working_days(world: World, first: date, last: date, number: int) -> list[date]:
    """So many working days between two, evenly."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [one for one in days if world.clock.calendar.is_working_day(one)]
    return [days[n * (len(days) - 1) // max(number - 1, 1)] for n in range(number)]
