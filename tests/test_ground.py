"""The ground that tests stand on is the one they believe to stand on."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    asked = os.environ.get("DATABASE_URL", "")
    assert connection.vendor == ("postgresql" if asked else "sqlite")


@pytest.mark.django_db
def test_data_of_tests_stay_in_a_folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    run = tmp_path_factory.getbasetemp()
    assert Path(settings.MEDIA_ROOT).is_relative_to(run)
    if connection.vendor == "sqlite":
        assert Path(connection.settings_dict["NAME"]).is_relative_to(run)


@pytest.mark.django_db
def test_a_key_to_nowhere_is_refused() -> None:
    """Foreign keys hold on both databases; SQLite only minds them when told to."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
        else:
            cursor.execute(
                "SELECT count(*) FROM information_schema.table_constraints WHERE constraint_type = 'FOREIGN KEY'"
            )
            assert cursor.fetchone()[0] > 0
