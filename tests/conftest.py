"""Shared ground of all tests: where test data live, which tests touch the database, which need a program."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import django.test
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from tests.migrated import postgres_template, sqlite_file

from gongjiang.kernel.collection import settle

# No test is timed: the machine of a run may be busy with other things.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")

DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "live_server",
}
FOLDERS = {"house": "house", "e2e": "browser", "web": "once"}
"""A mark by folder. Pages are drawn the same over either database; what they ask of it is tried with the services."""
SYSTEM_PATH = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin:{Path(sys.executable).parent}"


def pytest_configure(config: pytest.Config) -> None:
    """Passwords of tests guard nothing: hashing them costs next to nothing."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish() -> None:
    """A sixth of the work of tests was looking for cycles among what they had loaded."""
    settle()


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, by fixture, by mark or by its base class."""
    if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
        return True
    base = getattr(item, "cls", None)
    return isinstance(base, type) and issubclass(base, django.test.TransactionTestCase)


def missing_program(item: pytest.Item) -> str | None:
    """The first program of a Debian package that a test needs and this machine lacks."""
    needed = [name for marker in item.iter_markers("needs") for name in marker.args]
    if item.get_closest_marker("browser"):
        needed.append("chromium")
        if not list(Path("/usr/lib").glob("*/libatomic.so.1")):  # what Playwright's driver is linked with
            return "libatomic1"
    return next((name for name in needed if not shutil.which(name, path=SYSTEM_PATH)), None)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database before `-m` chooses; leave out, and say so, what a missing program forbids."""
    for item in items:
        for folder, marker in FOLDERS.items():
            if item.path.is_relative_to(Path(__file__).parent / folder):
                item.add_marker(marker)
        if touches_database(item):
            item.add_marker("database")
        if name := missing_program(item):
            item.add_marker(pytest.mark.skip(reason=f"left out: {name} not installed"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """SQLite's file is laid ready before Django looks for it; on PostgreSQL the template does this."""
    return not os.environ.get("DATABASE_URL")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Test data in a folder of this run: several runs side by side don't meet, and nothing is left in `var/`.

    SQLite is a file here, as in earnest: the threads of one test then see one database. It need not reach the disk.
    """
    folder = tmp_path_factory.mktemp("home")
    default = settings.DATABASES["default"]
    default["TEST"]["MIGRATE"] = False  # the tables are there, made by the migrations
    if default["ENGINE"].endswith("sqlite3"):
        default["TEST"]["NAME"] = str(folder / "test.sqlite3")
        default["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
        sqlite_file(folder / "test.sqlite3")
    else:
        default["TEST"]["TEMPLATE"] = postgres_template(os.environ["DATABASE_URL"])
    before = settings.MEDIA_ROOT, settings.PUBLIC_ROOT
    settings.MEDIA_ROOT, settings.PUBLIC_ROOT = str(folder / "files"), folder / "public"
    yield
    settings.MEDIA_ROOT, settings.PUBLIC_ROOT = before
    connection.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
