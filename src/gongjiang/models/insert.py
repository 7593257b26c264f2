"""Very many rows into one table, by the database's own way of repeating a statement: no object for each row.

Constraints hold as ever; nothing is asked back, so keys are found by what is unique in the rows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connections, models, router


def insert_rows(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], shared: Mapping[str, Any]
) -> None:
    """Insert `rows`, whose values stand in the order of `columns` (names of fields, `_id` for keys). `shared`: what is
    the same in all of them; the other fields get their defaults. Values are prepared by the fields; plain text and
    numbers go as they are."""
    connection = connections[router.db_for_write(model)]
    by_name = {one.attname: one for one in model._meta.local_concrete_fields}
    key = model._meta.pk
    given = [by_name[name] for name in columns]
    others = [one for one in by_name.values() if one.attname not in columns and one is not key]
    fixed = [
        one.get_db_prep_save(shared[one.attname] if one.attname in shared else one.get_default(), connection)
        for one in others
    ]

    def prepared() -> Iterator[list[Any]]:
        for row in rows:
            yield [
                value if value.__class__ in _PLAIN else field.get_db_prep_save(value, connection)
                for field, value in zip(given, row, strict=True)
            ] + fixed

    quote = connection.ops.quote_name
    names = ", ".join(quote(str(one.column)) for one in (*given, *others))
    marks = ", ".join("%s" for _ in (*given, *others))
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  names of ours
        cursor.executemany(sql, list(prepared()))


_PLAIN = frozenset({str, int, type(None)})
