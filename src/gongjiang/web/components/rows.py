"""Reading back a table of rows filled with {% field "rows" %}. Pure: takes the posted data as a mapping."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

MOST_ROWS = 200


def read_rows(data: Mapping[str, str], name: str, columns: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The rows of table `name` in the order shown; rows left wholly blank are dropped.

    A column of kind "until" gives 至今 when its box is ticked. At most 200 rows are read.
    """
    found = []
    for index in _indexes(data, name)[:MOST_ROWS]:
        row = {str(column["name"]): _value(data, f"{name}-{index}-{column['name']}") for column in columns}
        if any(row.values()):
            found.append(row)
    return found


def rows_action(data: Mapping[str, str]) -> tuple[str, str, int] | None:
    """What a button of a rows table asks without script: ("add" or "sort", table, -1), ("remove", "up" or "down",
    table, index)."""
    if name := data.get("add_row"):
        return "add", name, -1
    if name := data.get("sort_rows"):
        return "sort", name, -1
    if (asked := re.fullmatch(r"(.+)-(\d{1,4})-(up|down)", data.get("move_row", ""))) is not None:
        return asked[3], asked[1], int(asked[2])
    if (asked := re.fullmatch(r"(.+)-(\d{1,4})", data.get("remove_row", ""))) is not None:
        return "remove", asked[1], int(asked[2])
    return None


def rows_moved(data: Mapping[str, str], name: str, index: int, way: str) -> dict[str, str]:
    """The posted names of one table's cells after a row went one place up or down: new name → name that was posted."""
    places = _indexes(data, name)
    here = places.index(index) if index in places else -1
    there = here + (-1 if way == "up" else 1)
    if here < 0 or not 0 <= there < len(places):
        return {}
    one, other = f"{name}-{places[here]}-", f"{name}-{places[there]}-"
    found = {}
    for key in data:
        for old, new in ((one, other), (other, one)):
            if key.startswith(old):
                found[new + key[len(old) :]] = key
    return found


def _indexes(data: Mapping[str, str], name: str) -> list[int]:
    """Numbers of the rows posted, lowest first: rows.js gives an added row the next number."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,4}})-")
    seen = {int(match[1]) for key in data if (match := pattern.match(key))}
    return sorted(seen)


def _value(data: Mapping[str, str], key: str) -> str:
    return "至今" if data.get(f"{key}-now") else data.get(key, "").strip()
