"""Shared ground of all tests: where test data live, and which tests touch the database."""

from collections.abc import Iterator
from pathlib import Path

import django.test
import pytest
from django.conf import settings

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by fixture, by mark or by its base class."""
    if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
        return True
    base = getattr(item, "cls", None)
    return isinstance(base, type) and issubclass(base, django.test.TransactionTestCase)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database before `-m` chooses: only that is run on both databases."""
    for item in items:
        if touches_database(item):
            item.add_marker("database")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Test data in a folder of this run: several runs side by side don't meet, and nothing is left in `var/`.

    SQLite is a file here, as in earnest: the threads of one test then see one database.
    """
    folder = tmp_path_factory.mktemp("home")
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(folder / "test.sqlite3")
    before = settings.MEDIA_ROOT
    settings.MEDIA_ROOT = str(folder / "files")
    yield
    settings.MEDIA_ROOT = before


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
