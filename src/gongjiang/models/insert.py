"""Very many rows into one table, many to a statement: no object for each row, no statement for each.

Constraints hold as ever; nothing is asked back, so keys are found by what is unique in the rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import Any

from django.db import connections, models, router

MOST = 500
"""Rows of one statement at most; SQLite takes fewer of a wide table."""
_PLAIN = frozenset({str, int, type(None)})


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], shared: Mapping[str, Any]
) -> None:
    """Insert `rows`, whose values stand in the order of `columns` (names of fields, `_id` for keys). `shared`: what is
    the same in all of them; the other fields get their defaults. Values are prepared by the fields; plain text and
    numbers go as they are."""
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
    start = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608  names of ours
    marks = _marks(len(given) + len(others))
    most = min(MOST, (connection.features.max_query_params or MOST * len(by_name)) // len(by_name))
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
            cursor.executemany(start + ", ".join([marks] * size), list(values))


def _batches(rows: Iterable[list[Any]], most: int) -> Iterator[list[list[Any]]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, most)):
        yield batch


def _marks(width: int) -> str:
    return f"({', '.join(['%s'] * width)})"
