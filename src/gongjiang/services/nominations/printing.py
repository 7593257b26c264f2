"""A form of the pack, filled from a case, as a sheet to print: the same boxes in the annex's order."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage

from gongjiang.documents import layout as lo
from gongjiang.documents.docx import render_docx
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.errors import NotFound
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, File, Opinion
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.material import Block, Form
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.audit.append import canonical
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.nominations.printing_opinions import opinion_block
from gongjiang.services.nominations.shown import shown, ticked
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Filling:
    """All that blocks are filled from."""

    programme: Programme
    case: Case
    form: Form
    facts: Facts
    values: Mapping[str, Any]
    fields: Mapping[str, FieldSpec]
    photo: bytes | None
    opinions: Mapping[tuple[str, str], Opinion] = field(default_factory=dict)

    def text(self, name: str, form: str = "") -> str:
        """A field's value as it is printed."""
        spec = self.fields.get(name)
        return "" if spec is None else shown(self.programme, spec, self.values.get(name), form)

    def of_case(self, name: str, form: str = "") -> str:
        """A value of the case itself: a party, the contact, the day of filling."""
        if name == "fill_date" and self.values.get(name) in (None, ""):
            return lo.BLANK_DATE
        spec = self.fields.get(name)
        if spec is not None and name in self.values:
            return shown(self.programme, spec, self.values.get(name), form)
        return str(self.facts.case.get(name) or "")

    def label(self, name: str) -> str:
        """A field's label."""
        spec = self.fields.get(name)
        return name if spec is None else spec.shown


def forms_of(programme: Programme, case: Case) -> list[Form]:
    """Forms that are printed one a case, for this case's route and award."""
    facts = facts_of_one(programme, case)
    return [
        one
        for one in programme.pack.forms
        if one.list is None
        and (not one.award or case.award in one.award)
        and holds(programme, one.when, facts) is Truth.TRUE
        and not (one.assumed and not one.heading)  # what the platform asks beside the annexes isn't printed
    ]


def sheet_of(programme: Programme, case: Case, form_id: str) -> lo.Sheet:
    """A form of this case as a sheet; an opinion sheet of the pack by its own id. NotFound if neither."""
    form = next((one for one in programme.pack.forms if one.id == form_id and one.list is None), None)
    if form is None:
        return _opinion_sheet(programme, case, form_id)
    filling = _filling(programme, case, form)
    blocks = [made for block in form.blocks if _wanted(filling, block) for made in _BLOCKS[block.type](filling, block)]
    return lo.Sheet(form.shown, tuple(blocks), annex=form.heading or "", code=_code(programme, case, form_id))


def print_form(programme: Programme, case: Case, form_id: str, kind: str) -> bytes:
    """The form as `pdf` or `docx`."""
    sheet = sheet_of(programme, case, form_id)
    return render_docx(sheet) if kind == "docx" else render_pdf(sheet)


def _filling(programme: Programme, case: Case, form: Form) -> Filling:
    given = {(one.sheet, one.party): one for one in Opinion.objects.filter(case=case).select_related("organisation")}
    return Filling(
        programme,
        case,
        form,
        facts_of_one(programme, case),
        opened(case.values, programme.pack.vocabulary),
        programme.fields_of(case.award),
        _photo(programme, case),
        given,
    )


def _photo(programme: Programme, case: Case) -> bytes | None:
    names = [one.id for one in programme.pack.attachments if one.photo is not None]
    row = File.objects.filter(case=case, attachment__in=names, removed_at=None).order_by("-id").first()
    if row is None or not default_storage.exists(row.stored):
        return None
    with default_storage.open(row.stored) as stored:
        return bytes(stored.read())


def _code(programme: Programme, case: Case, form_id: str) -> lo.PageCode:
    digest = hashlib.sha256(canonical({"values": case.values, "form": form_id}).encode()).hexdigest()
    return lo.PageCode(f"{programme.pack.id}/{form_id}", case.number, str(case.version), digest)


def _wanted(filling: Filling, block: Block) -> bool:
    return holds(filling.programme, block.when, filling.facts) is not Truth.FALSE


def _cell(filling: Filling, item: str | dict[str, Any]) -> lo.Cell | lo.PhotoCell:
    if isinstance(item, str):
        return lo.Cell(filling.label(item), filling.text(item))
    if "attach" in item:
        return lo.PhotoCell(str(item.get("label", "照片")), filling.photo, int(item.get("rowspan", 4)))
    form = str(item.get("format", ""))
    if "case" in item:
        return lo.Cell(str(item.get("label", item["case"])), filling.of_case(str(item["case"]), form))
    name = str(item["field"])
    return lo.Cell(str(item.get("label") or filling.label(name)), filling.text(name, form))


def _grid(filling: Filling, block: Block) -> list[lo.Block]:
    return [lo.Grid(tuple(tuple(_cell(filling, one) for one in row) for row in block.rows), block.label)]


def _line(filling: Filling, block: Block) -> list[lo.Block]:
    cells = [_cell(filling, one) for one in block.items]
    items = tuple((one.label, one.text) for one in cells if isinstance(one, lo.Cell))
    return [lo.Line(items, "right" if block.align == "right" else "left")]


def _text(filling: Filling, block: Block) -> list[lo.Block]:
    name = block.field or ""
    return [lo.TextBlock(block.label or filling.label(name), filling.text(name), block.lines or 6)]


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
    if any(columns[one].type == "text" and one == "letter" for one in wanted if one in columns):
        return _one_by_one(filling, block, columns, wanted, rows)
    header = tuple(columns[one].shown.split("（")[0] if one == "to" else columns[one].shown for one in wanted)
    body = tuple(tuple(_column(filling, columns[one], row.get(one), one) for one in wanted) for row in rows)
    return [lo.Table(block.label or words.rows_label(name), header, body, block.print_rows or 3)]


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
                lines.append((lo.Cell(columns[name].shown, text, place, min_lines=8 if name == "letter" else 1),))
                pair = []
                continue
            pair.append(lo.Cell(columns[name].shown, text))
            if len(pair) == 2:
                lines.append(tuple(pair))
                pair = []
        grids.append(lo.Grid(tuple(lines), f"{block.label}之{'一二三四五六七八九十'[n % 10]}"))
    return grids


def _note(filling: Filling, block: Block) -> list[lo.Block]:
    return [lo.Note(block.text or block.label)]


def _statement(filling: Filling, block: Block) -> list[lo.Block]:
    clause = next((one for one in filling.programme.pack.clauses if one.id == block.clause), None)
    return [lo.Statement(block.text or (clause.text if clause is not None else block.label))]


def _opinions(filling: Filling, block: Block) -> list[lo.Block]:
    return opinion_block(
        filling.programme, filling.opinions, block.sheet or "", block.parties, block.columns, block.label
    )


def _computed(filling: Filling, block: Block) -> list[lo.Block]:
    path = (block.by or "").removeprefix("case.")
    text = block.values.get(str(filling.facts.case.get(path, "")), "")
    for name in [*filling.facts.case, *filling.values]:
        text = text.replace("{case." + name + "}", filling.of_case(name)).replace("{" + name + "}", filling.text(name))
    return [lo.TextBlock(block.label, text, 1)]


_BLOCKS: Mapping[str, Callable[[Filling, Block], list[lo.Block]]] = {
    "grid": _grid,
    "line": _line,
    "text": _text,
    "checks": _checks,
    "rows": _rows,
    "note": _note,
    "statement": _statement,
    "opinions": _opinions,
    "computed": _computed,
}


def _opinion_sheet(programme: Programme, case: Case, sheet_id: str) -> lo.Sheet:
    """An opinion sheet that is an annex of its own (Nanning's annexes 3 and 4)."""
    sheet = next((one for one in programme.pack.opinions if one.id == sheet_id and one.print), None)
    if sheet is None:
        raise NotFound(f"没有“{sheet_id}”这张表。", "No such form.")
    facts = facts_of_one(programme, case)
    given = {(one.sheet, one.party): one for one in Opinion.objects.filter(case=case).select_related("organisation")}
    parties = tuple(one.id for one in sheet.parties if one.box and holds(programme, one.when, facts) is not Truth.FALSE)
    title, _, rest = sheet.shown.partition("（")
    head = lo.Line((("被推荐对象姓名", case.title), ("工作单位", str(case.values.get("employer", "")))), "spread")
    blocks = [head, *opinion_block(programme, given, sheet_id, parties, 1, "", stamp="盖章")]
    blocks += [lo.Note(f"填表说明：{sheet.foot}")] if sheet.foot else []
    return lo.Sheet(
        title,
        tuple(blocks),
        annex="、".join(sheet.cite[:1]),
        subtitle=f"（{rest}" if rest else "",
        code=_code(programme, case, sheet_id),
    )
