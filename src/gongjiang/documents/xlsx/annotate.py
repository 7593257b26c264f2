"""Errors written back into the workbook that was handed in: its own bytes, with cells coloured, comments on them, and
a sheet 错误 that lists all of them. Nothing else of it changes, and marks of an earlier time are taken off.

The parts are changed in place, piece by piece: a library that loads the whole book takes ten times the time and half a
gigabyte, and loses what it doesn't know (docs/decisions/0018).
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby

from gongjiang.documents.xlsx import marking
from gongjiang.documents.xlsx.marking import AUTHOR, ERRORS, Mark, Styles
from gongjiang.documents.xlsx.package import attribute, sheet_paths
from gongjiang.documents.xlsx.rows import letters, number_of
from gongjiang.documents.xlsx.unpack import PIECE

STAMP = (2000, 1, 1, 0, 0, 0)
COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
DRAWING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing"
SHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
LATER = rb"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"


def annotate(data: bytes, sheets: Sequence[str], marks: Sequence[Mark]) -> bytes:
    """The workbook with `marks` on its `sheets`; where one has none, only those of an earlier time are gone."""
    listed = sorted(marks, key=lambda one: (sheets.index(one.sheet), one.row, one.column))
    for sheet in sheets:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = _Book(package, [one for one in listed if one.sheet == sheet], listed, sheet).written()
    return data


class _Book:
    """One workbook being marked."""

    def __init__(self, package: zipfile.ZipFile, marks: list[Mark], listed: list[Mark], sheet: str) -> None:
        self.package, self.marks, self.listed = package, marks, listed
        self.paths = sheet_paths(package)
        self.path = self.paths[sheet]
        self.mark = list(self.paths).index(sheet) + 1
        self.styles_path = next(one for one in package.namelist() if one.lower() == "xl/styles.xml")
        self.styles = Styles(package.read(self.styles_path).decode("utf-8"))
        self.changed: dict[str, bytes] = {}
        self.cells: dict[int, list[int]] = {}
        for row, many in groupby(marks, key=lambda one: one.row):
            self.cells[row] = sorted({one.column for one in many})

    def written(self) -> bytes:
        self._list_errors()
        drawing = self._comment()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as target:
            sheet = zipfile.ZipInfo(self.path, STAMP)
            sheet.compress_type = zipfile.ZIP_DEFLATED
            with target.open(sheet, "w", force_zip64=True) as stream:
                for piece in self._sheet(drawing):
                    stream.write(piece)
            self.changed[self.styles_path] = self.styles.written().encode("utf-8")
            for name in dict.fromkeys((*self.package.namelist(), *self.changed)):
                if name != self.path:
                    info = zipfile.ZipInfo(name, STAMP)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(info, self._read(name))
        return out.getvalue()

    def _read(self, name: str) -> bytes:
        return self.changed[name] if name in self.changed else self.package.read(name)

    def _has(self, name: str) -> bool:
        return name in self.changed or name in self.package.namelist()

    def _text(self, name: str) -> str:
        return self._read(name).decode("utf-8")

    # --- the sheet of errors

    def _list_errors(self) -> None:
        """A sheet of its own at the end; one of an earlier time is written over."""
        content = marking.errors_sheet(self.listed)
        if ERRORS in self.paths:
            self.changed[self.paths[ERRORS]] = content
            return
        if not self.listed:
            return
        path, key = "xl/worksheets/sheet_gj_errors.xml", "rIdGjErrors"
        self.changed[path] = content
        self._link("xl/_rels/workbook.xml.rels", key, SHEET, "worksheets/sheet_gj_errors.xml")
        book = self._text("xl/workbook.xml")
        numbers = [int(one) for one in re.findall(r'\bsheetId="(\d+)"', book)]
        end = re.search(r"</((?:\w+:)?)sheets>", book)
        assert end is not None
        name = f'{end.group(1)}sheet name="{ERRORS}" sheetId="{max(numbers) + 1}"'
        tag = f'<{name} xmlns:r="{marking.LINKS}" r:id="{key}"/>'
        self.changed["xl/workbook.xml"] = (book[: end.start()] + tag + book[end.start() :]).encode()
        self._typed(f"/{path}", f"{marking.KINDS_OF_PARTS}spreadsheetml.worksheet+xml")

    def _link(self, path: str, key: str, kind: str, target: str) -> None:
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        text = self._text(path) if self._has(path) else marking.DECLARED + empty
        text = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", text)
        link = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>'
        self.changed[path] = text.replace("</Relationships>", f"{link}</Relationships>").encode()

    def _typed(self, part: str, kind: str) -> None:
        text = self._text("[Content_Types].xml")
        if part.startswith("/"):
            tag = f'<Override PartName="{part}" ContentType="{kind}"/>'
        elif re.search(rf'Extension="{part}"', text, re.IGNORECASE):
            return
        else:
            tag = f'<Default Extension="{part}" ContentType="{kind}"/>'
        self.changed["[Content_Types].xml"] = text.replace("</Types>", f"{tag}</Types>").encode()

    # --- comments and their boxes

    def _comment(self) -> str:
        """Our comments among those that are there; the key of a new drawing, '' where the sheet has one."""
        folder, name = self.path.rsplit("/", 1)
        links = f"{folder}/_rels/{name}.rels"
        held = re.findall(r"<Relationship\b[^>]*>", self._text(links)) if self._has(links) else []
        by_kind = {attribute(one, "Type"): attribute(one, "Target") for one in held}
        comments = _target(folder, by_kind.get(COMMENTS, ""))
        boxes = _target(folder, by_kind.get(DRAWING, ""))
        texts = {
            ref: [f"{one.problem}\n{one.remedy}".strip() for one in many]
            for ref, many in groupby(self.marks, key=lambda one: one.address)
        }
        spots = {ref: (int(re.sub(r"\D", "", ref)) - 1, number_of(re.sub(r"\d", "", ref)) - 1) for ref in texts}
        if comments and self._has(comments):
            gone = self._merge_comments(comments, texts)
            if boxes and self._has(boxes):
                self._merge_boxes(boxes, gone, spots)
            return ""
        if not texts:
            return ""
        self.changed[f"xl/gjComments{self.mark}.xml"] = marking.comments_part(
            [marking.comment_xml(ref, 0, said) for ref, said in texts.items()]
        )
        self._typed(f"/xl/gjComments{self.mark}.xml", f"{marking.KINDS_OF_PARTS}spreadsheetml.comments+xml")
        self._link(links, "rIdGjComments", COMMENTS, f"../gjComments{self.mark}.xml")
        drawn = [marking.box_xml(*spot, n) for n, spot in enumerate(spots.values(), 1)]
        if boxes and self._has(boxes):
            self._merge_boxes(boxes, set(), spots)
            return ""
        self.changed[f"xl/drawings/gjComments{self.mark}.vml"] = marking.boxes_part(drawn)
        self._typed("vml", f"{marking.KINDS_OF_PARTS}vmlDrawing")
        self._link(links, "rIdGjBoxes", DRAWING, f"../drawings/gjComments{self.mark}.vml")
        return "rIdGjBoxes"

    def _merge_comments(self, path: str, texts: dict[str, list[str]]) -> set[tuple[int, int]]:
        """Ours of an earlier time go, as do comments on cells that get one; where those stood, rows from 0."""
        text = self._text(path)
        authors = re.findall(r"<(?:\w+:)?author\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?author>)", text, re.DOTALL)
        if AUTHOR not in authors:
            text = re.sub(r"</((?:\w+:)?)authors>", rf"<\1author>{AUTHOR}</\1author></\1authors>", text, count=1)
            authors.append(AUTHOR)
        ours, gone = str(authors.index(AUTHOR)), set()
        for found in re.findall(r"<(?:\w+:)?comment\b.*?</(?:\w+:)?comment>", text, re.DOTALL):
            ref = attribute(found, "ref")
            if attribute(found, "authorId") == ours:
                text = text.replace(found, "", 1)
                gone.add((int(re.sub(r"\D", "", ref)) - 1, number_of(re.sub(r"\d", "", ref)) - 1))
            elif ref in texts:  # a cell holds one comment: what people wrote stands on, ours below it
                said = "".join(re.findall(r"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", found, re.DOTALL))
                text = text.replace(found, "", 1)
                texts[ref].insert(0, _unescaped(said))
                gone.add((int(re.sub(r"\D", "", ref)) - 1, number_of(re.sub(r"\d", "", ref)) - 1))
        made = "".join(marking.comment_xml(ref, int(ours), said) for ref, said in texts.items())
        prefix = re.search(r"</((?:\w+:)?)commentList>|<((?:\w+:)?)commentList\s*/>", text)
        if prefix is not None and prefix.group(1):
            made = re.sub(r"<(/?)(comment|text|r|t)\b", rf"<\1{prefix.group(1)}\2", made)
        text = re.sub(r"<((?:\w+:)?)commentList\s*/>", r"<\1commentList></\1commentList>", text)
        cut = re.search(r"</(?:\w+:)?commentList>", text)
        assert cut is not None
        self.changed[path] = (text[: cut.start()] + made + text[cut.start() :]).encode()
        return gone

    def _merge_boxes(self, path: str, gone: set[tuple[int, int]], spots: dict[str, tuple[int, int]]) -> None:
        text = self._text(path)
        for shape in re.findall(r"<v:shape\b.*?</v:shape>", text, re.DOTALL):
            row, column = re.search(r"<x:Row>(\d+)<", shape), re.search(r"<x:Column>(\d+)<", shape)
            if row and column and (int(row.group(1)), int(column.group(1))) in gone:
                text = text.replace(shape, "", 1)
        drawn = "".join(marking.box_xml(*spot, n) for n, spot in enumerate(spots.values(), 1))
        if drawn and "_x0000_t202" not in text:
            drawn = re.sub(r".*?(<v:shapetype\b.*?</v:shapetype>).*", r"\1", marking.boxes_part([]).decode()) + drawn
        self.changed[path] = text.replace("</xml>", f"{drawn}</xml>").encode()

    # --- the cells

    def _sheet(self, drawing: str) -> Iterator[bytes]:
        """The sheet's own bytes, piece by piece, with the cells coloured."""
        before = self.styles.coloured
        rest, ended = b"", False
        with self.package.open(self.path) as stream:
            while True:
                piece = stream.read(PIECE)
                ended = not piece
                text = rest + piece
                cut = len(text) if ended else text.rfind(b"<row")
                if cut < 0:
                    rest = text
                    continue
                text, rest = text[:cut], text[cut:]
                yield self._piece(text, before, drawing if ended else "")
                if ended:
                    return

    def _piece(self, text: bytes, before: dict[int, int], drawing: str) -> bytes:
        if before:
            old = b"|".join(str(one).encode() for one in before)
            text = re.sub(
                rb'(<c\b[^>]*?\bs=")(' + old + rb')(")',
                lambda found: found.group(1) + str(before[int(found.group(2))]).encode() + found.group(3),
                text,
            )
        numbers = [int(one) for one in re.findall(rb'<row\b[^>]*?\br="(\d+)"', text)] if self.cells else []
        for number in [one for one in numbers if one in self.cells]:
            text = self._row(text, number)
        return self._drawn(text, drawing) if drawing else text

    def _row(self, text: bytes, number: int) -> bytes:
        head = re.search(rb'<row\b[^>]*?\br="' + str(number).encode() + rb'"[^>]*?>', text)
        assert head is not None
        if head.group().endswith(b"/>"):
            opened = head.group()[:-2] + b"></row>"
            text = text[: head.start()] + opened + text[head.end() :]
            return self._row(text, number)
        end = text.index(b"</row>", head.end())
        cells = text[head.end() : end]
        for column in self.cells[number]:
            cells = self._cell(cells, column, number)
        return text[: head.end()] + cells + text[end:]

    def _cell(self, cells: bytes, column: int, row: int) -> bytes:
        ref = f"{letters(column)}{row}".encode()
        found = re.search(rb'<c\b(?=[^>]*\br="' + ref + rb'")[^>]*?>', cells)
        if found is None:
            made = b'<c r="%s" s="%d"/>' % (ref, self.styles.twin(0))
            later = next(
                (
                    one
                    for one in re.finditer(rb'<c\b[^>]*?\br="([A-Z]+)\d+"', cells)
                    if number_of(one.group(1).decode()) - 1 > column
                ),
                None,
            )
            at = later.start() if later else len(cells)
            return cells[:at] + made + cells[at:]
        tag = found.group()
        style = re.search(rb'\bs="(\d+)"', tag)
        twin = str(self.styles.twin(int(style.group(1)) if style else 0)).encode()
        coloured = (
            re.sub(rb'\bs="\d+"', b's="' + twin + b'"', tag)
            if style
            else tag.replace(b"<c ", b'<c s="' + twin + b'" ', 1)
        )
        return cells[: found.start()] + coloured + cells[found.end() :]

    def _drawn(self, text: bytes, key: str) -> bytes:
        tag = f'<legacyDrawing xmlns:r="{marking.LINKS}" r:id="{key}"/>'.encode()
        later = re.search(LATER, text) or re.search(rb"</(?:\w+:)?worksheet>", text)
        assert later is not None
        return text[: later.start()] + tag + text[later.start() :]


def _target(folder: str, target: str) -> str:
    """The part a link leads to."""
    if not target:
        return ""
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/")
    for one in target.split("/"):
        parts = parts[:-1] if one == ".." else [*parts, one]
    return "/".join(parts)


def _unescaped(text: str) -> str:
    for mark, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(mark, char)
    return text
