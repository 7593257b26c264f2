"""Steps of migrations that Django has no quick way for: the whole schema at once, indexes taken away."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Many tables at once, whatever order their relations are in.

    Django draws its picture of all models anew for each table that is created; for a hundred and more that takes
    longer than making them. Here it is drawn once.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = list(tables)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As it is written in a migration."""
        return (self.__class__.__qualname__, [], {"tables": self.tables})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """All models enter the picture before it is drawn again."""
        state.__dict__.pop("apps", None)
        for one in self.tables:
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make the tables; a database that checks relations does so once all are there."""
        for one in self.tables:
            model = to_state.apps.get_model(app_label, one.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop them, the last made first."""
        for one in reversed(self.tables):
            model = from_state.apps.get_model(app_label, one.name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        """For the log of a migration."""
        return f"Create {len(self.tables)} tables"


class DropIndexes(Operation):
    """Keys (model, field) lose the index of their own: nothing is looked up by it, or another of the table
    begins with them.

    Django would make each table anew (SQLite) and draw its picture of all models anew for each.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        self.keys = list(keys)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As it is written in a migration."""
        return (self.__class__.__qualname__, [], {"keys": self.keys})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The keys say so, too."""
        state.__dict__.pop("apps", None)
        for model, name in self.keys:
            field = state.models[app_label, model].fields[name].clone()
            field.db_index = False
            state.alter_field(app_label, model, name, field, preserve_default=True)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop every plain index of just that column."""
        quoted = schema_editor.quote_name
        for model, name in self.keys:
            table, column = f"{app_label}_{model}", f"{name}_id"
            with schema_editor.connection.cursor() as cursor:
                held = schema_editor.connection.introspection.get_constraints(cursor, table)
            for index, one in held.items():
                if one["columns"] == [column] and one["index"] and not (one["unique"] or one["foreign_key"]):
                    schema_editor.execute(f"DROP INDEX {quoted(index)}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make them again."""
        quoted = schema_editor.quote_name
        for model, name in self.keys:
            table, column = f"{app_label}_{model}", f"{name}_id"
            schema_editor.execute(f"CREATE INDEX {quoted(f'{table}_{column}')} ON {quoted(table)} ({quoted(column)})")

    def describe(self) -> str:
        """For the log of a migration."""
        return f"Drop the indexes of {len(self.keys)} keys that have another"
