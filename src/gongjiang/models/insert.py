"""Very many rows into one table, many to a statement: no object for each row, no statement for each.

Constraints hold as ever; nothing is asked back, so keys are found by what is unique in the rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

MOST = 500
"""Rows of one statement at most; SQLite takes fewer of a wide table."""
_PLAIN = frozenset({str, int, type(None)})


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], shared: Mapping[str, Any]
) -> None:
    """Insert `rows`, whose values stand in the order of `columns` (names of fields, `_id` for keys). `shared`: what is
    the same in all of them; the other fields get their defaults. Values are prepared by the fields; plain text and
    numbers go as they are."""
    start, given, fixed, connection = _into(model, columns, shared)
    width = len(given) + len(fixed)
    marks = f"({', '.join(['%s'] * width)})"
    most = min(MOST, (connection.features.max_query_params or MOST * width) // width)
    prepared = (
        [
            value if value.__class__ in _PLAIN else field.get_db_prep_save(value, connection)
            for field, value in zip(given, row, strict=True)
        ]
        + fixed
        for row in rows
    )
    with connection.cursor() as cursor:
        for size, batches in groupby(_batches(prepared, most), key=len):
            values = (list(chain.from_iterable(batch)) for batch in batches)
            cursor.executemany(f"{start} VALUES {', '.join([marks] * size)}", list(values))


def insert_for_each(model: type[models.Model], column: str, keys: QuerySet[Any], shared: Mapping[str, Any]) -> None:
    """Insert a row for each of `keys` (a query of one column), which stands in `column`; the rest as for
    `insert_rows`. One statement: the keys never leave the database."""
    start, _, fixed, connection = _into(model, (column,), shared)
    sql, params = keys.query.get_compiler(connection=connection).as_sql()
    marks = "".join(", %s" for _ in fixed)
    with connection.cursor() as cursor:
        sql = f"{start} SELECT each.*{marks} FROM ({sql}) AS each"  # noqa: S608  names and marks of ours
        cursor.execute(sql, [*fixed, *params])


def _into(
    model: type[models.Model], columns: Sequence[str], shared: Mapping[str, Any]
) -> tuple[str, list[Any], list[Any], BaseDatabaseWrapper]:
    """How the statement begins, the fields of `columns`, and the prepared values of all other fields but the key."""
    connection = connections[router.db_for_write(model)]
    by_name = {one.attname: one for one in model._meta.local_concrete_fields}
    given = [by_name[name] for name in columns]
    others = [one for one in by_name.values() if one.attname not in columns and one is not model._meta.pk]
    fixed = [
        one.get_db_prep_save(shared[one.attname] if one.attname in shared else one.get_default(), connection)
        for one in others
    ]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(one.column)) for one in (*given, *others))
    start = f"INSERT INTO {quote(model._meta.db_table)} ({names})"
    return start, given, fixed, connection


def _batches(rows: Iterable[list[Any]], most: int) -> Iterator[list[list[Any]]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, most)):
        yield batch
