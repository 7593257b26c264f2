"""Tables of places: parts lie in their row, rows add up to the total."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.lints.draft import Draft, walk, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path


@lint("table.row", "名额表各行须合理")
def rows(draft: Draft) -> Iterator[Finding]:
    """Whole numbers; what a row includes lies inside it; a row that is split is the sum of its parts."""
    for path, row in draft.find("tables.*.rows.*"):
        if not isinstance(row, dict):
            continue
        own, parts, split = draft.number(row.get("places")), _sum(row.get("includes"), draft), row.get("split")
        if own is not None and parts is not None and parts > own:
            yield Finding(
                path,
                f"“{path[-1]}”{_text(own)}名，其中的各项合计{_text(parts)}名，超出本行。",
                f"Row '{path[-1]}' has {_text(own)} places but includes {_text(parts)}.",
            )
        if own is not None and split is not None and _sum(split, draft) != own:
            yield Finding(
                path,
                f"“{path[-1]}”写{_text(own)}名，与分项合计{_text(_sum(split, draft))}名不符。",
                f"Row '{path[-1]}' says {_text(own)} but its parts add up to {_text(_sum(split, draft))}.",
            )


@lint("table.places", "名额须是不为负的整数")
def whole(draft: Draft) -> Iterator[Finding]:
    """Every number of a table that a pool or a total uses as places."""
    for path, table in draft.items("tables.*"):
        if "total" not in table and path[-1] not in {one for _, one in draft.words("pools.*.table")}:
            continue
        for at, value in walk(table.get("rows"), (*path, "rows")):
            if isinstance(value, dict | list) or value is None:
                continue
            number = draft.number(value)
            if number is None or number < 0 or number.denominator != 1:
                yield Finding(at, f"名额“{value}”须是不为负的整数。", f"'{value}' is not a whole number of places.")


@lint("table.sum", "名额表合计须等于总数")
def total(draft: Draft) -> Iterator[Finding]:
    """The rows of a table with a `total` add up to it."""
    for path, table in draft.items("tables.*"):
        wanted = draft.number(table.get("total"))
        inside = table.get("rows")
        if wanted is None or not isinstance(inside, dict) or (not inside and _fed(path[-1], draft)):
            continue
        found = [_row(one, draft) for one in inside.values()]
        if None in found:
            continue
        have = sum((one for one in found if one is not None), Fraction(0))
        if have != wanted:
            yield Finding(
                (*path, "rows"),
                f"表“{path[-1]}”各行合计{_text(have)}，应为{_text(wanted)}，差{_text(abs(wanted - have))}。",
                f"Table '{path[-1]}' adds up to {_text(have)}, not {_text(wanted)}.",
            )


@lint("table.misses", "按代码查的表应含每个代码", severity="warning")
def misses(draft: Draft) -> Iterator[Finding]:
    """A table keyed by a closed code list of the pack that has no row for one of its words, nor for a wider one."""
    for path, table in draft.items("tables.*"):
        for depth, key in enumerate(word_list(table.get("by"))):
            lists = [one for one in _lists(key, draft) if one]
            for at, level in _levels(table.get("rows"), (*path, "rows"), depth) if lists else ():
                gone = [word for word, around in lists[0].items() if not around & set(level)]
                if gone:
                    yield Finding(
                        at,
                        f"表“{path[-1]}”没有“{'、'.join(gone)}”的值：这些按没有该值处理，是否漏写？",
                        f"Table '{path[-1]}' has no row for {', '.join(gone)}.",
                    )


def _lists(key: str, draft: Draft) -> Iterator[dict[str, set[str]]]:
    """Words of the pack's closed code lists by which a key may be read, each with itself and the wider words."""
    known = {str(path[-1]): codes for path, codes in draft.items("codes.*")}
    for field in (draft.names.field(key), *(columns.get(key) for columns in draft.names.groups.values())):
        codes = known.get(str(field.codes)) if field is not None else None
        if codes is None or codes.get("open") or codes.get("judged"):
            continue
        inside = codes.get("items")
        wider = {
            str(one.get("code") if isinstance(one, dict) else one): one.get("in") if isinstance(one, dict) else None
            for one in (inside if isinstance(inside, list) else [])
        }
        yield {word: {word, *_around(word, wider)} for word in wider}


def _around(word: str, wider: Mapping[str, Any]) -> set[str]:
    found: set[str] = set()
    at = wider.get(word)
    while isinstance(at, str) and at not in found:
        found.add(at)
        at = wider.get(at)
    return found


def _levels(rows: Any, path: Path, depth: int) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The mappings that hold the keys of one depth."""
    if not isinstance(rows, dict):
        return
    if depth == 0:
        yield path, rows
        return
    for key, one in rows.items():
        yield from _levels(one, (*path, key), depth - 1)


def _fed(table: Any, draft: Draft) -> bool:
    """Does an allocation make its rows once an office has confirmed it?"""
    return any(one.get("feeds") and one.get("table") == table for _, one in draft.items("allocations.*"))


def _row(row: Any, draft: Draft) -> Fraction | None:
    if isinstance(row, dict):
        if "places" in row:
            return draft.number(row["places"])
        if "split" in row:
            return _sum(row["split"], draft)
        found = [_row(one, draft) for one in row.values()]
        return None if None in found else sum((one for one in found if one is not None), Fraction(0))
    return draft.number(row)


def _sum(parts: Any, draft: Draft) -> Fraction | None:
    if not isinstance(parts, dict):
        return None
    found = [draft.number(one) for one in parts.values()]
    return None if None in found else sum((one for one in found if one is not None), Fraction(0))


def _text(value: Fraction | None) -> str:
    return "?" if value is None else decimal_text(value)
