"""One long list as a workbook, sent while it is written: rows come in, bytes go out, memory stays as it is.

What is text stays text: no cell becomes a formula, whatever it begins with.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from html import escape
from itertools import islice
from typing import IO, cast

from gongjiang.documents.xlsx.marking import DECLARED, KINDS_OF_PARTS, LINKS, MAIN
from gongjiang.documents.xlsx.rows import letters

STAMP = (2000, 1, 1, 0, 0, 0)
PACK = 200
"""Rows written at a time."""
LONGEST = 32_767
HEAD, TEXT, TITLE = 1, 2, 3
"""Styles of the workbook; a row's cells are all TEXT."""
_SAID = f's="{TEXT}" t="inlineStr"><is><t>'
_KEPT = f's="{TEXT}" t="inlineStr"><is><t xml:space="preserve">'
"""How a cell begins; blanks at the ends of a text are said to be meant."""
_STRANGE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"


def stream_list(title: str, header: Sequence[str], rows: Iterable[Sequence[str | int]], name: str) -> Iterator[bytes]:
    """The workbook in pieces: title, header, then the rows as they come."""
    sink = _Sink()
    with zipfile.ZipFile(cast(IO[bytes], sink), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for path, text in _parts(name).items():
            book.writestr(_entry(path), DECLARED + text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_top(title, header).encode())
            columns = [letters(at) for at in range(len(header))]
            numbered = enumerate(rows, 3)
            with ThreadPoolExecutor(1) as beside:  # packing takes as long as a third of the rest, and needs no Python
                packing = beside.submit(sheet.write, b"")
                while waiting := list(islice(numbered, PACK)):
                    data = "".join([_row(number, columns, row) for number, row in waiting]).encode()
                    packing.result()
                    yield from sink.taken()
                    packing = beside.submit(sheet.write, data)
                packing.result()
            sheet.write(f"</sheetData>{_merged(len(header))}</worksheet>".encode())
    yield from sink.taken()


class _Sink:
    """Where the archive is written to: handed on piece by piece, never looked back at."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    def taken(self) -> list[bytes]:
        """What was written since."""
        held, self._held = self._held, []
        return [b"".join(held)] if held else []


def _row(number: int, columns: Sequence[str], row: Sequence[str | int]) -> str:
    texts = [one if one.__class__ is str else str(one) for one in row]
    together = "".join(texts)
    plain = together.replace("\n", "").isprintable()
    if not plain or "&" in together or "<" in together or ">" in together or len(together) > LONGEST:
        texts = [_text(one) for one in texts]
    cells = [
        f'{column}{number}" {_KEPT if text[0].isspace() or text[-1].isspace() else _SAID}{text}</t></is></c>'
        for column, text in zip(columns, texts, strict=True)
        if text
    ]
    if row and row[0].__class__ is int:
        cells[0] = f'{columns[0]}{number}" s="{TEXT}"><v>{row[0]}</v></c>'
    inside = '<c r="'.join(cells)
    return f'<row r="{number}"><c r="{inside}</row>' if cells else f'<row r="{number}"/>'


def _text(text: str) -> str:
    if len(text) > LONGEST:
        text = text[:LONGEST]
    if not text.isprintable():
        text = _STRANGE.sub("", text)
    return escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def _top(title: str, header: Sequence[str]) -> str:
    heads = "".join(
        f'<c r="{letters(at)}2" s="{HEAD}" t="inlineStr"><is><t xml:space="preserve">{_text(one)}</t></is></c>'
        for at, one in enumerate(header)
    )
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="2" ySplit="2" '
        'topLeftCell="C3" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{len(header)}" width="16" style="{TEXT}" customWidth="1"/></cols><sheetData>'
        f'<row r="1"><c r="A1" s="{TITLE}" t="inlineStr"><is><t>{_text(title)}</t></is></c></row>'
        f'<row r="2">{heads}</row>'
    )


def _merged(width: int) -> str:
    return f'<mergeCells count="1"><mergeCell ref="A1:{letters(width - 1)}1"/></mergeCells>' if width > 1 else ""


def _entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _parts(name: str) -> dict[str, str]:
    """The small parts of a workbook with one sheet."""
    kind = f"{KINDS_OF_PARTS}spreadsheetml"
    border = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
    line = 'borderId="1" applyBorder="1" applyAlignment="1" numFmtId="49" applyNumberFormat="1" fillId="0"'
    wrap = '<alignment vertical="center" wrapText="1"/>'
    middle = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
    return {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_RELATED}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="{escape(name)[:31]}" sheetId="1" '
            'r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_RELATED}"><Relationship Id="rId1" Type="{LINKS}/worksheet" '
            f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{LINKS}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><fonts count="3"><font><sz val="10"/><name val="宋体"/></font>'
            '<font><sz val="10"/><name val="黑体"/></font>'
            '<font><sz val="18"/><name val="方正小标宋简体"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>'
            f'</fill></fills><borders count="2"><border/><border>{border}</border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            f'<xf xfId="0" fontId="1" applyFont="1" {line}>{middle}</xf>'
            f'<xf xfId="0" fontId="0" {line}>{wrap}</xf>'
            '<xf xfId="0" fontId="2" applyFont="1" applyAlignment="1"><alignment horizontal="center"/></xf>'
            '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        ),
    }
