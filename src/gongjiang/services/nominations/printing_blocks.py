"""Blocks of a pack's form, each filled and turned into the boxes that are printed."""

from collections.abc import Callable, Mapping
from typing import Any

from gongjiang.documents import layout as lo
from gongjiang.rules.programmes.schema.material import Block
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.nominations.filling import Filling
from gongjiang.services.nominations.printing_evidence import evidence_index
from gongjiang.services.nominations.printing_opinions import opinion_block
from gongjiang.services.nominations.shown import boxed, shown, ticked


def _cell(filling: Filling, item: str | dict[str, Any]) -> lo.Cell | lo.PhotoCell:
    if isinstance(item, str):
        return lo.Cell(filling.label(item), filling.text(item))
    if "attach" in item:
        return lo.PhotoCell(str(item.get("label", "照片")), filling.photo, int(item.get("rowspan", 4)))
    form = str(item.get("format", ""))
    if "case" in item:
        return lo.Cell(str(item.get("label", item["case"])), filling.of_case(str(item["case"]), form))
    name = str(item["field"])
    text = boxed(filling.programme, filling.fields[name], filling.values.get(name)) if item.get("boxes") else None
    return lo.Cell(
        str(item.get("label") or filling.label(name)),
        filling.text(name, form) if text is None else text,
        item.get("place", "beside"),
        int(item.get("span", 0)),
        int(item.get("lines", 1)),
    )


def _grid(filling: Filling, block: Block) -> list[lo.Block]:
    return [lo.Grid(tuple(tuple(_cell(filling, one) for one in row) for row in block.rows), block.label)]


def _line(filling: Filling, block: Block) -> list[lo.Block]:
    cells = [_cell(filling, one) for one in block.items]
    items = tuple((one.label, one.text) for one in cells if isinstance(one, lo.Cell))
    return [lo.Line(items, block.align)]


def _text(filling: Filling, block: Block) -> list[lo.Block]:
    name = block.field or ""
    text, label = filling.text(name), block.label or filling.label(name)
    lead = block.text or ("" if text else block.hint)
    return [lo.TextBlock(label, text, block.lines or 6, block.layout, block.sign or "", lead)]


def _checks(filling: Filling, block: Block) -> list[lo.Block]:
    items = []
    for item in block.items:
        if not isinstance(item, dict):
            continue
        names = [str(one) for one in item.get("fields", ())]
        main = [one for one in names if not _follows(filling, one)]
        lines = []
        for name in names:
            number = f"{main.index(name) + 1}." if name in main and len(main) > 1 else ""
            lines.append(ticked(filling.programme, filling.fields[name], filling.values.get(name), number))
        items.append(lo.CheckItem(str(item.get("title", "")), tuple(lines)))
    columns = block.columns if isinstance(block.columns, int) else 2
    return [lo.Checks(tuple(items), columns)]


def _follows(filling: Filling, name: str) -> bool:
    """Does the field depend on the one before it (a count of patents, once there are patents)?"""
    raw = next((one for one in filling.programme.pack.fields if one.id == name), None)
    return raw is not None and raw.when is not None


def _rows(filling: Filling, block: Block) -> list[lo.Block]:
    name = block.field or ""
    words = filling.programme.pack.vocabulary
    columns = words.columns(name)
    wanted = [str(one) for one in (block.columns or columns)]
    rows = [row for row in filling.values.get(name) or [] if isinstance(row, dict)]
    if block.wording:
        lines = [_worded(filling, block, columns, row) for row in rows]
        told = "\n".join(lines) or block.hint
        return [lo.TextBlock(block.label or words.rows_label(name), "", block.lines or 4, block.layout, lead=told)]
    if any(columns[one].type == "text" and one == "letter" for one in wanted if one in columns):
        return _one_by_one(filling, block, columns, wanted, rows)
    header = tuple(block.values.get(one, columns[one].shown) for one in wanted)
    body = tuple(tuple(_column(filling, columns[one], row.get(one), one) for one in wanted) for row in rows)
    over = block.layout == "under"
    widths = tuple(2 if columns[one].type in {"month", "year", "int"} else 5 for one in wanted)
    return [lo.Table(block.label or words.rows_label(name), header, body, block.print_rows or 3, widths, over=over)]


def _worded(filling: Filling, block: Block, columns: Mapping[str, FieldSpec], row: Mapping[str, Any]) -> str:
    """A row as a line of the annex's own wording: 2005年9月—2008年7月　样例中学　高中."""
    told = block.wording
    for name, spec in columns.items():
        empty = "至今" if name == "to" else ""
        told = told.replace("{" + name + "}", shown(filling.programme, spec, row.get(name), "") or empty)
    return told.strip("　 ")


def _column(filling: Filling, spec: FieldSpec, value: Any, name: str) -> str:
    if name == "to" and value in (None, ""):
        return "至今"
    return shown(filling.programme, spec, value, "YYYY.M" if spec.type == "month" else "")


def _one_by_one(
    filling: Filling, block: Block, columns: Mapping[str, FieldSpec], wanted: list[str], rows: list[dict[str, Any]]
) -> list[lo.Block]:
    """Rows with a letter in them: one box group a row, two short cells a line, the letter across."""
    grids: list[lo.Block] = []
    for n in range(max(len(rows), block.print_rows or 1)):
        row = rows[n] if n < len(rows) else {}
        lines: list[tuple[lo.Cell | lo.PhotoCell, ...]] = []
        pair: list[lo.Cell | lo.PhotoCell] = []
        for name in wanted:
            text = shown(filling.programme, columns[name], row.get(name), "")
            if name == "letter" or name == wanted[-1]:
                lines += [tuple(pair)] if pair else []
                place: Any = "under" if name == "letter" else "inside"
                least = 8 if name == "letter" else 1
                lines.append((lo.Cell(block.values.get(name, columns[name].shown), text, place, min_lines=least),))
                pair = []
                continue
            pair.append(lo.Cell(block.values.get(name, columns[name].shown), text))
            if len(pair) == 2:
                lines.append(tuple(pair))
                pair = []
        grids.append(lo.Grid(tuple(lines), f"{block.label}之{'一二三四五六七八九十'[n % 10]}"))
    return grids


def _note(filling: Filling, block: Block) -> list[lo.Block]:
    if block.label and (block.text or block.clause):
        return [lo.TextBlock(block.label, "", 1, lead=_words(filling, block))]
    return [lo.Note(_words(filling, block))]


def _title(filling: Filling, block: Block) -> list[lo.Block]:
    return [lo.Title(_words(filling, block), block.new_page)]


def _statement(filling: Filling, block: Block) -> list[lo.Block]:
    return [lo.Statement(_words(filling, block))]


def _words(filling: Filling, block: Block) -> str:
    """The block's own text, else the clause of the notice it stands for, word for word."""
    clause = next((one for one in filling.programme.pack.all_clauses if one.id == block.clause), None)
    return block.text or (clause.text.strip() if clause is not None else block.label)


def lead_of(filling: Filling, block: Block) -> str:
    """A text or statement as words inside a party's box."""
    if block.type == "text":
        return "\n".join(one for one in (block.label, filling.text(block.field or "")) if one)
    return _words(filling, block)


def _opinions(filling: Filling, block: Block) -> list[lo.Block]:
    beside = tuple(_beside(filling, one) for one in block.items if isinstance(one, dict))
    return opinion_block(
        filling.programme,
        filling.opinions,
        block.sheet or "",
        block.parties,
        block.columns,
        block.label,
        lines=block.lines or 4,
        stamp=block.values.get("stamp", "（盖章）"),
        sign=block.values.get("sign", ""),
        leads=filling.leads,
        beside=beside,
        layout=block.layout,
    )


def _beside(filling: Filling, item: dict[str, Any]) -> lo.OpinionCell:
    """A box beside the opinions that holds rows, one a line: 姓名　单位　职务."""
    rows = [row for row in filling.values.get(str(item["rows"])) or [] if isinstance(row, dict)]
    lines = ["　".join(str(row.get(name) or "") for name in item["join"] if row.get(name)) for row in rows]
    return lo.OpinionCell(str(item.get("label", "")), "\n".join(lines), stamp=None)


def _computed(filling: Filling, block: Block) -> list[lo.Block]:
    path = (block.by or "").removeprefix("case.")
    text = block.values.get(str(filling.facts.case.get(path, "")), "")
    for name in [*filling.facts.case, *filling.values]:
        text = text.replace("{case." + name + "}", filling.of_case(name)).replace("{" + name + "}", filling.text(name))
    return [lo.TextBlock(block.label, text, 1)]


BLOCKS: Mapping[str, Callable[[Filling, Block], list[lo.Block]]] = {
    "grid": _grid,
    "line": _line,
    "text": _text,
    "checks": _checks,
    "rows": _rows,
    "note": _note,
    "statement": _statement,
    "opinions": _opinions,
    "computed": _computed,
    "evidence": evidence_index,
    "title": _title,
}
