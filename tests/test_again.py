"""A world made again is the world that services make."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from tests import factories
from tests.factories import opened_edition, small_world

from gongjiang.services.audit.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for what reads the real clock."""
    found = {}
    for model in apps.get_models():
        names = [one.attname for one in model._meta.concrete_fields if one.attname != "date_joined"]
        found[model.__name__] = list(model._default_manager.order_by("pk").values_list(*names))
    return found


def tried(build: object, *given: object) -> tuple[object, dict[str, list[tuple[object, ...]]]]:
    """What comes of it and all rows then, taken back afterwards."""
    with transaction.atomic():
        made = build(*given)  # type: ignore[operator]
        assert verify().ok
        rows = all_rows()
        transaction.set_rollback(True)
    return made, rows


def test_the_same_rows_and_the_same_things() -> None:
    by_services, expected = tried(factories._small_world)
    for _ in range(2):
        made, rows = tried(small_world)
        assert rows == expected
        assert made == by_services
    world = small_world()
    by_services, expected = tried(factories._opened_edition, world, None, "", "")
    for _ in range(2):
        made, rows = tried(opened_edition, world)
        assert rows == expected
        assert made == by_services


def test_other_rows_before_are_not_passed_over() -> None:
    """A second edition, or other answers, are made for what stands then."""
    world = small_world()
    first = opened_edition(world)
    second = opened_edition(world)
    assert (second.pk, second.slug) == (first.pk + 1, "nanning-2026-2")
    third = opened_edition(world, answers={"Q2": "down"}, slug="other")
    assert third.params != first.params
    assert verify().ok
    assert connection.vendor == "sqlite"
