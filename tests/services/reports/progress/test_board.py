"""The board: each figure is the length of the list behind it; trainees are never counted among artisans."""

from datetime import date
from typing import Any

import pytest
from tests.factories import AT, World, person, prepared_edition, small_world
from tests.services.tallies.test_kept import honoured

from gongjiang.kernel.actor import Actor, platform
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Edition, EditionRole, Honour
from gongjiang.services.cultivation.log import Doing, record
from gongjiang.services.reports.progress.board import Board, board
from gongjiang.services.reports.progress.people import NONE, people
from gongjiang.services.reports.progress.seats import counts_artisans
from gongjiang.services.tallies import recount

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    """Six people named by the city's union at three levels: two artisans, three trainees, one revoked."""
    world = small_world()
    edition = prepared_edition(world)
    states = ["stands", "trainee", "trainee", "stands", "revoked", "trainee"]
    for n, state in enumerate(states):
        made = honoured(edition, n, ["city", "province"][n % 2])
        Honour.objects.filter(pk=made.pk).update(state=state)
        recount([made.pk])
    return world


def shown(world: World) -> tuple[Actor, Board]:
    actor = world.actor("yan")
    return actor, board(actor, AT, world["city"].pk)


@pytest.mark.ledger("M-01")
@pytest.mark.ledger("X-06")
def test_artisans_and_trainees_are_counted_apart(world: World) -> None:
    _, found = shown(world)
    assert [(one.level, one.stands, one.trainees, one.chosen, one.aim) for one in found.levels] == [
        ("province", 1, 2, 3, None),
        ("city", 1, 1, 3, None),
    ]


def test_every_figure_is_the_length_of_its_list(world: World) -> None:
    actor, found = shown(world)

    def listed(**asked: str) -> int:
        return people(actor, found.seat, asked).n

    for (level, year, state, value), n in found.honours.rows["gender"].items():
        assert listed(level=level, year=str(year), state=state, gender=value or NONE) == n
    for facet in ("province", "age", "ownership"):
        for (level, _, state, value), _ in found.honours.rows[facet].items():
            kept = found.honours.total(facet, level=level, states=(state,), values=(value,))
            assert listed(**{"level": level, "state": state, facet: value or NONE}) == kept
    assert listed() == found.honours.total() == 6
    assert listed(year="二〇二四") == 0


def test_the_number_of_queries_does_not_grow(world: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        shown(world)


def test_others_figures_are_not_there(world: World) -> None:
    with pytest.raises(NotFound):
        board(world.actor("lan"), AT, world["city"].pk)
    with pytest.raises(NotFound):
        board(world.actor("yan"), AT, 10**6)
    assert not counts_artisans(world.actor("lan"), world["plant"].pk)
    assert counts_artisans(world.actor("yan"), world["city"].pk)


def test_a_department_sees_the_editions_in_which_it_holds_a_part(world: World) -> None:
    edition = Edition.objects.get()
    EditionRole.objects.create(edition=edition, role="miit", organisation=world["miit"])
    person(world, "mi", "宓工信", ("officer", "miit"))
    honour = Honour.objects.order_by("pk").first()
    assert honour is not None
    record(actor=platform(), at=AT, honour=honour, doing=Doing("talk", "宣讲", date(2026, 5, 6)))
    for name, key in (("mi", "miit"), ("yan", "city")):
        found = board(world.actor(name), AT, world[key].pk)
        assert found.honours.total() == 6
        assert found.activity.total("kind", year=2026, states=("confirmed",), values=("talk",)) == 1
