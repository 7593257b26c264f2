"""The visible part of the tree; pages by key; queries that don't grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT, World, small_world

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.services.organisations.queries import PAGE, node, roots, search, visible_to
from gongjiang.services.organisations.tree import add_organisation


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_one_sees_down_from_ones_own_and_the_line_above(world: World) -> None:
    seen = set(visible_to(world.actor("guan")).values_list("name", flat=True))
    assert "望澜市总工会" in seen
    assert "澜江重工有限公司" in seen
    assert "远岸区总工会" not in seen
    assert visible_to(world.actor("xi")).count() == len(world.organisations)
    with pytest.raises(NotFound):
        node(world.actor("guan"), world["other_county"].pk)
    assert [one.name for one in roots(world.actor("lan"))] == ["望澜市总工会"]
    assert [one.name for one in search(world.actor("guan"), "科技")] == ["青屿区科技局"]


def test_a_node_is_paged_by_key(world: World) -> None:
    for n in range(PAGE + 3):
        add_organisation(
            actor=platform(), at=AT, name=f"厂{n:03d}", level="employer", kind="enterprise", parent=world["county"]
        )
    first = node(world.actor("guan"), world["county"].pk)
    assert (len(first.children), first.more, first.may_administer) == (PAGE, True, True)
    rest = node(world.actor("guan"), world["county"].pk, after=first.children[-1].pk)
    assert rest.more is False
    assert {one.pk for one in first.children}.isdisjoint({one.pk for one in rest.children})
    assert not node(world.actor("wen"), world["county"].pk).may_administer


def test_queries_do_not_grow(world: World) -> None:
    actor = world.actor("guan")
    counts = []
    for batch in (1, 2, 50):
        for n in range(batch):
            add_organisation(actor=platform(), at=AT, name=f"厂{batch}-{n}", level="employer", parent=world["county"])
        with CaptureQueriesContext(connection) as queries:
            node(actor, world["county"].pk)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": "青屿印染厂"}, "单位名称"),
        ({"level": "galaxy"}, "层级"),
        ({"kind": "club"}, "类别"),
        ({"name": " "}, "单位名称"),
    ],
)
def test_what_is_wrong_with_a_new_unit_is_named(world: World, change: dict[str, str], place: str) -> None:
    given = {"name": "新厂", "level": "employer", "kind": "enterprise"} | change
    with pytest.raises(BadInput) as error:
        add_organisation(actor=world.actor("guan"), at=AT, parent=world["county"], **given)
    assert error.value.place == place


def test_only_administrators_add(world: World) -> None:
    with pytest.raises(NotAllowed):
        add_organisation(actor=world.actor("wen"), at=AT, name="新厂", level="employer", parent=world["county"])
