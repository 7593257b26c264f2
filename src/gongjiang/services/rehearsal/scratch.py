"""An empty database for one rehearsal: tables made straight from the models, thrown away afterwards."""

from django.apps import apps
from django.db import connection


def build_schema() -> None:
    """All tables, constraints and indexes, in an empty SQLite database; durability is not needed here."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute("PRAGMA journal_mode=MEMORY")
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=ON")
