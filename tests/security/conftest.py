"""The house of the trust tests, built once a module; each test leaves it as it was."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from tests.security.world import House, house


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """The house, in a transaction that is rolled back after the module's last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield house()
        transaction.set_rollback(True)


@pytest.fixture
def place(built: House, db: None) -> House:
    """The house for one test."""
    return built
