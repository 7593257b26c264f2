"""The rows of boxes of each block: where a box starts and how wide it is, as the annexes have it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Literal

from gongjiang.documents import layout as lo
from gongjiang.documents.boxes import LABEL, LINE, PAD, PHOTO, PHOTO_HEIGHT, WIDTH, Band, Box, label_box
from gongjiang.documents.checks import check_paras
from gongjiang.documents.ink import Para, Run, paras_of

SHORT = 8


def bands_of(block: lo.Block) -> Iterator[Band]:
    """The rows of boxes of one boxed block."""
    match block:
        case lo.Grid():
            yield from _grid(block)
        case lo.TextBlock():
            yield _text(block)
        case lo.Checks():
            yield from _checks(block)
        case lo.Table():
            yield from _table(block)
        case lo.Opinions():
            yield from _opinions(block)
        case lo.Note(text=text):
            yield Band((Box(0, WIDTH, paras_of(text, style="label", align="center"), align="center", middle=True),))
        case lo.Statement(text=text):
            yield Band((Box(0, WIDTH, paras_of(text, indent=True)),))


def _grid(grid: lo.Grid) -> Iterator[Band]:
    left = LABEL if grid.label else 0
    photos = [cell for row in grid.rows for cell in row if isinstance(cell, lo.PhotoCell)]
    slots = max(sum(max(1, cell.span) for cell in row if isinstance(cell, lo.Cell)) for row in grid.rows)
    step = (WIDTH - left - (PHOTO if photos else 0)) // max(slots, 1)
    shaded = 0
    for index, row in enumerate(grid.rows):
        photo = next((cell for cell in row if isinstance(cell, lo.PhotoCell)), None)
        if photo:
            shaded, least = photo.rowspan, PHOTO_HEIGHT // photo.rowspan
        right = WIDTH - PHOTO if shaded else WIDTH
        cells = [cell for cell in row if isinstance(cell, lo.Cell)]
        boxes = list(_cells(cells, left, right, step, slots))
        if shaded:
            boxes = [replace(box, height=max(box.height, least)) for box in boxes]
        if index == 0 and grid.label:
            boxes.insert(0, label_box(grid.label, 0, rowspan=len(grid.rows)))
        if photo:
            boxes.append(_photo(photo))
        shaded = max(0, shaded - 1)
        yield Band(tuple(boxes))


def _photo(cell: lo.PhotoCell) -> Box:
    return Box(
        WIDTH - PHOTO,
        PHOTO,
        () if cell.image else paras_of(cell.label, style="note", align="center"),
        rowspan=cell.rowspan,
        role="photo",
        align="center",
        middle=True,
        image=cell.image,
    )


def _cells(cells: list[lo.Cell], left: int, right: int, step: int, slots: int) -> Iterator[Box]:
    spans = [max(1, cell.span) for cell in cells]
    free = next((index for index, cell in enumerate(cells) if cell.span == 0), None)
    if free is not None:
        spans[free] += max(0, slots - sum(spans))
    x = left
    for index, (cell, span) in enumerate(zip(cells, spans, strict=True)):
        end = right if index == len(cells) - 1 else min(right, x + span * step)
        yield from _cell(cell, x, end, min(LABEL, step // 2))
        x = end


def _cell(cell: lo.Cell, x: int, end: int, label_width: int) -> Iterator[Box]:
    height = cell.min_lines * LINE + PAD
    if cell.place == "beside":
        yield label_box(cell.label, x, label_width)
        short = len(cell.text) <= 24 and "\n" not in cell.text
        align: Literal["left", "center"] = "center" if short else "left"
        value = paras_of(cell.text, align=align)
        yield Box(x + label_width, end - x - label_width, value, align=align, middle=True, height=height)
    elif cell.place == "under":
        paras = paras_of(cell.label, style="label") + paras_of(cell.text, indent=_is_prose(cell.text))
        yield Box(x, end - x, paras, height=height)
    else:
        label = f"{cell.label}：" if cell.label else ""
        lead = (Run(label),) if label else ()
        first, *rest = paras_of(cell.text)
        paras = (replace(first, runs=lead + first.runs), *rest)
        yield Box(x, end - x, paras, middle=cell.min_lines == 1, height=height)


def _text(block: lo.TextBlock) -> Band:
    foot = _lines_at_right((f"{block.sign}　　　　　　　　", lo.BLANK_DATE) if block.sign else ())
    height = (block.min_lines + len(foot)) * LINE + PAD
    body = _lead(block.lead) + (
        paras_of(block.text, indent=_is_prose(block.text)) if block.text or not block.lead else ()
    )
    if block.layout == "under":
        return Band((Box(0, WIDTH, paras_of(block.label, style="label") + body, foot, height=height),))
    one_line = block.min_lines <= 1
    return Band((label_box(block.label, 0), Box(LABEL, WIDTH - LABEL, body, foot, height=height, middle=one_line)))


def _checks(block: lo.Checks) -> Iterator[Band]:
    share = WIDTH // block.columns
    for start in range(0, len(block.items), block.columns):
        row = block.items[start : start + block.columns]
        boxes: list[Box] = []
        for index, item in enumerate(row):
            x = index * share
            end = WIDTH if index == len(row) - 1 else x + share
            boxes.append(label_box(item.title, x))
            paras = tuple(para for line in item.lines for para in check_paras(line))
            boxes.append(Box(x + LABEL, end - x - LABEL, paras))
        yield Band(tuple(boxes))


def _table(block: lo.Table) -> Iterator[Band]:
    left = LABEL if block.label and not block.over else 0
    weights = block.widths or (1,) * len(block.header)
    edges = [left + (WIDTH - left) * sum(weights[:n]) // sum(weights) for n in range(len(weights) + 1)]
    spots = list(pairwise(edges))
    blank = (("",) * len(block.header),) * max(0, block.min_rows - len(block.rows))
    rows = (*block.rows, *blank)
    head = tuple(_header(block.header, spots))
    side = (label_box(block.label, 0, rowspan=len(rows) + 1),) if left else ()
    if block.over:
        yield Band((label_box(block.label, 0, WIDTH),))
    yield Band(side + head)
    for n, row in enumerate(rows):
        boxes = []
        for column, (text, (x, end)) in enumerate(zip(row, spots, strict=True)):
            reach = _reach(rows, n, column) if column < block.merge else 1
            if reach:
                short = column <= block.merge if block.merge > 0 else block.merge and len(text) <= SHORT
                align: Literal["left", "center"] = "center" if short else "left"
                words = paras_of(text, align=align)
                boxes.append(Box(x, end - x, words, rowspan=reach, align=align, middle=True, height=LINE + PAD))
        yield Band(tuple(boxes))


def _header(words: tuple[str, ...], spots: list[tuple[int, int]]) -> Iterator[Box]:
    for n, (text, (x, _)) in enumerate(zip(words, spots, strict=True)):
        if text or n == 0:
            last = next((k for k in range(n + 1, len(words)) if words[k]), len(words)) - 1
            yield label_box(text, x, spots[last][1] - x)


def _reach(rows: tuple[tuple[str, ...], ...], n: int, column: int) -> int:
    """Over how many rows a merged box reaches from here; 0 where it began above."""
    mine = rows[n][: column + 1]
    if n and rows[n - 1][: column + 1] == mine:
        return 0
    return next((k for k, row in enumerate(rows[n:]) if row[: column + 1] != mine), len(rows) - n)


def _opinions(block: lo.Opinions) -> Iterator[Band]:
    left = LABEL if block.label else 0
    share = (WIDTH - left) // block.columns
    starts = range(0, len(block.cells), block.columns)
    for start in starts:
        row = block.cells[start : start + block.columns]
        boxes: list[Box] = []
        if block.label and start == 0:
            boxes.append(label_box(block.label, 0, rowspan=len(starts)))
        for index, cell in enumerate(row):
            x = left + index * share
            end = WIDTH if index == len(row) - 1 else x + share
            inside = cell.layout == "under"
            boxes += [_opinion(cell, x, end)] if inside else [label_box(cell.label, x), _opinion(cell, x + LABEL, end)]
        yield Band(tuple(boxes))


def _opinion(cell: lo.OpinionCell, x: int, end: int) -> Box:
    foot: tuple[Para, ...] = ()
    if cell.stamp is not None:
        seal = f"{cell.sign}　　　　　　　　{cell.stamp}　　　　" if cell.sign else cell.stamp
        foot = _lines_at_right((cell.signed_by, seal, cell.dated or lo.BLANK_DATE))
    height = (cell.min_lines + len(foot)) * LINE + PAD
    paras = _lead(cell.lead) + (paras_of(cell.text, indent=_is_prose(cell.text)) if cell.text or not cell.lead else ())
    if cell.layout == "under":
        paras = paras_of(f"{cell.label}：", style="label") + paras
    return Box(x, end - x, paras, foot, height=height)


def _lead(text: str) -> tuple[Para, ...]:
    return paras_of(text) if text else ()


def _lines_at_right(lines: tuple[str, ...]) -> tuple[Para, ...]:
    return tuple(Para((Run(line),), align="right") for line in lines if line)


def _is_prose(text: str) -> bool:
    return any(len(line) > 30 for line in text.split("\n"))
