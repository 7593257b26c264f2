"""The national edition in which sheets are read."""

import pytest
from tests.factories import World, programme_at
from tests.services.formality.national import national_world

from gongjiang.services.programmes.programme import Programme


@pytest.fixture
def world_and_edition() -> tuple[World, object]:
    return national_world()


@pytest.fixture
def world(world_and_edition: tuple[World, object]) -> World:
    return world_and_edition[0]


@pytest.fixture
def programme(world_and_edition) -> Programme:
    return programme_at(world_and_edition[1])
