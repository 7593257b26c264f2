"""From a pack to a running edition with everybody in place: the first half of a rehearsal."""

from datetime import date, datetime
from random import Random

from gongjiang.catalogue.packs import PackText, load_text
from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.actor import Actor, platform
from gongjiang.models import Coverage, Edition, Seat
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.programmes.load_calendar import load_decreed
from gongjiang.services.programmes.programme import Programme, calendar_of, main_process, programme_of
from gongjiang.services.programmes.publish_edition import (
    answer_question,
    bind_role,
    open_edition,
    prepare_edition,
    seat_member,
)
from gongjiang.services.rehearsal.clock import Clock, morning
from gongjiang.services.rehearsal.offices import Offices
from gongjiang.services.rehearsal.parties import Inventing, Parties
from gongjiang.services.rehearsal.people import Names, Numbers
from gongjiang.services.rehearsal.settings import Settings, read_settings
from gongjiang.services.rehearsal.troubles import Troubles
from gongjiang.services.rehearsal.world import World

#: Nominees of one unit who share an enterprise.
A_FIRM = 3


def prepare(
    source: PackText, *, seed: int, pairs: list[str], start: date | None, slug: str = "rehearsal", per_unit: int = 3
) -> World:
    """A world in which the edition is open: organisations invented, questions answered, parties bound."""
    pack = load_text(source)
    settings = read_settings(pack, pairs)
    at = morning(start or pack.pack.issued_on)
    load_decreed(actor=platform(), at=at, calendar=pack.pack.calendar, decreed=decreed_calendar())
    Coverage.objects.get_or_create(programme="*", defaults={"source": "试运行：视为名册齐全"})
    rng = Random(f"{pack.hash}/{seed}")  # noqa: S311  a rehearsal must come out the same for the same seed
    names = Names(rng)
    offices = Offices(names, at)
    parties = Inventing(pack, platform(), at, _nominating(pack), per_unit).run()
    troubles = Troubles()
    programme = open_with(
        source, pack, parties, settings, offices=offices, at=at, slug=slug, names=names, troubles=troubles
    )
    clock = Clock(programme.edition.opened_at or at, calendar_of(pack.pack.calendar), brisk=start is not None)
    return World(programme.edition, programme, parties, settings, rng, clock, names, Numbers(), offices, troubles)


def open_with(
    source: PackText,
    pack: Pack,
    parties: Parties,
    settings: Settings,
    *,
    offices: Offices,
    at: datetime,
    slug: str,
    names: Names,
    troubles: Troubles,
    title: str = "",
) -> Programme:
    """The edition published with these parties: as an officer of the organiser does it on screen."""
    actor = offices.actor(parties.organiser, "approver")
    edition = prepare_edition(
        actor=actor,
        at=at,
        organiser=parties.organiser,
        source=source.text,
        filename=source.file,
        notice_text=source.notice or "",
        slug=slug,
        title=title,
        upper=source.upper,
    )
    _try_out(edition, settings)
    _answer(pack, edition, settings, actor, at, troubles)
    for role, held in parties.holders.items():
        bind_role(actor=actor, at=at, edition=edition, role=role, organisations=held)
    for seat in Seat.objects.filter(edition=edition, name=""):
        seat_member(actor=actor, at=at, edition=edition, seat_id=seat.pk, name=names.next())
    edition.refresh_from_db()
    open_edition(actor=actor, at=at, edition=edition)
    return programme_of(main_process(edition))


def _try_out(edition: Edition, settings: Settings) -> None:
    """Numbers of the notice replaced for this run alone; the pack and its hash stay as they are."""
    if settings.params:
        edition.params = {**edition.params, **settings.params}
        edition.save(update_fields=["params"])


def _answer(pack: Pack, edition: Edition, settings: Settings, actor: Actor, at: datetime, troubles: Troubles) -> None:
    for one in programme_of(main_process(edition)).questions:
        if one.before != "publish":
            continue
        answer = settings.answers.get(one.id, one.default if one.must is None else one.must)
        if answer is None:
            answer = next(iter(one.takes.options), None) or {"yes_no": True, "number": "1"}.get(one.takes.kind, "待定")
            troubles.add(
                "answer", f"问题 {one.id} 没有缺省答复，试运行按“{answer}”：{one.question}", "、".join(one.cite)
            )
        answer_question(actor=actor, at=at, edition=edition, question=one.id, answer=answer, basis="试运行")


def _nominating(pack: Pack) -> frozenset[str]:
    """Roles whose organisations nominate, as the running programme will see them."""
    return Programme(None, None, pack).nominating  # type: ignore[arg-type]
