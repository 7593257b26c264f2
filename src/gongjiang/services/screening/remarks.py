"""What to look at again in a sheet that was read: formulas, hidden rows, merged cells, doubled headings."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from gongjiang.documents.xlsx.rows import letters
from gongjiang.documents.xlsx.source import Raw

_SHOWN: Final = 10


def remarks(raw: Raw, header: int, headings: Mapping[str, int], rows: Collection[int]) -> Iterator[str]:
    """`header`: the row of headings, from 1; `headings` with their columns, from 0; `rows`: those that were read."""
    marks, read = raw.marks, frozenset(rows)
    yield from _doubled(raw.rows[header - 1] if raw.rows else ())
    columns = {letters(n): name for name, n in headings.items()}
    formulas = Counter(column for row, column in marks.formulas if row in read and column in columns)
    for column, number in sorted(formulas.items()):
        yield f"{column}列（{columns[column]}）有{number}格是公式，读入的是其结果，请核对。"
    hidden = sorted(marks.hidden & read)
    if hidden:
        yield f"{_some([f'第{one}行' for one in hidden])}是隐藏行，已读入，请核对。"
    merged = [
        area for top, bottom, area in marks.merged if top > header and any(n in read for n in range(top, bottom + 1))
    ]
    if merged:
        yield f"合并单元格{_some(merged)}：只有左上角一格有内容，其余按空白读入，请核对。"


def _doubled(row: Sequence[Any]) -> Iterator[str]:
    """Of two columns of the same name the first is read."""
    places: dict[str, list[int]] = {}
    for n, cell in enumerate(row):
        if str(cell).strip():
            places.setdefault(str(cell).strip(), []).append(n)
    for name, found in places.items():
        if len(found) > 1:
            first, *others = (f"{letters(n)}列" for n in found)
            yield f"列名“{name}”重复：只读{first}，未读{_some(others)}。"


def _some(words: Sequence[str]) -> str:
    return "、".join(words[:_SHOWN]) + (f"等{len(words)}处" if len(words) > _SHOWN else "")
