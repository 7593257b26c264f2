"""The parts of a marked workbook that are written anew: the 错误 sheet, comments with their boxes, coloured styles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from gongjiang.documents.xlsx.rows import letters

AUTHOR = "平台核对"
ERRORS = "错误"
HEAD = ("工作表", "单元格", "栏目", "填的内容", "问题", "怎样改")
COLOUR = "FFFFC7CE"
WIDTHS = (14, 12, 22, 40, 60, 50)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS_OF_PARTS = "application/vnd.openxmlformats-officedocument."
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Mark:
    """Something wrong with a cell: `row` as Excel counts, `column` from 0; what was filled in, what is wrong with it,
    and what to do. `sheet`: on which sheet it is."""

    row: int
    column: int
    heading: str
    said: str
    problem: str
    remedy: str = ""
    sheet: str = ""

    @property
    def address(self) -> str:
        """H4."""
        return f"{letters(self.column)}{self.row}"


def plain(text: str) -> str:
    """Text as XML can hold it."""
    return escape(_CONTROL.sub("", text), {'"': "&quot;"})


def errors_sheet(marks: Sequence[Mark]) -> bytes:
    """The list of all that is wrong, as a sheet of text cells; each address leads to its cell."""
    rows = [HEAD, *((one.sheet, one.address, one.heading, one.said, one.problem, one.remedy) for one in marks)]
    cols = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(WIDTHS, 1))
    body = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{letters(at)}{n}" t="inlineStr"><is><t xml:space="preserve">{plain(text[:32_000])}</t></is></c>'
            for at, text in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    leads = "".join(
        f'<hyperlink ref="B{n}" location="\'{_quoted(one.sheet)}\'!{one.address}" display="{one.address}"/>'
        for n, one in enumerate(marks[:5_000], 2)
    )
    leads = f"<hyperlinks>{leads}</hyperlinks>" if leads else ""
    return (
        f'{DECLARED}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{cols}</cols><sheetData>{body}</sheetData>{leads}</worksheet>"
    ).encode()


def _quoted(sheet: str) -> str:
    return plain(sheet.replace("'", "''"))


def comment_xml(ref: str, author: int, texts: Sequence[str]) -> str:
    """One comment on a cell."""
    said = plain("\n".join(texts))
    return f'<comment ref="{ref}" authorId="{author}"><text><r><t xml:space="preserve">{said}</t></r></text></comment>'


def comments_part(comments: Sequence[str]) -> bytes:
    """A part of comments by us alone."""
    return (
        f'{DECLARED}<comments xmlns="{MAIN}"><authors><author>{AUTHOR}</author></authors>'
        f"<commentList>{''.join(comments)}</commentList></comments>"
    ).encode()


def box_xml(row: int, column: int, number: int) -> str:
    """The hidden box in which Excel shows a comment; row and column count from 0."""
    place = f"{column + 1}, 15, {max(row - 1, 0)}, 10, {column + 4}, 15, {row + 4}, 4"
    return (
        f'<v:shape id="_x0000_g{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{place}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )


def boxes_part(boxes: Sequence[str]) -> bytes:
    """A drawing of boxes by us alone."""
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
        'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>' + "".join(boxes) + "</xml>"
    ).encode()


class Styles:
    """The styles part of a workbook, to which coloured twins of its cell styles are added."""

    _XF = re.compile(r"<(?:\w+:)?xf\b[^>]*?/>|<((?:\w+:)?)xf\b[^>]*?[^/]>.*?</\1xf>", re.DOTALL)
    _FILL = re.compile(r"<(?:\w+:)?fill\b[^>]*?/>|<((?:\w+:)?)fill\b[^>]*?>.*?</\1fill>", re.DOTALL)

    def __init__(self, text: str) -> None:
        self._text = text
        fills, xfs = self._block("fills"), self._block("cellXfs")
        self._prefix = fills[0]
        self._fills = [one.group() for one in self._FILL.finditer(fills[1])]
        self._xfs = [one.group() for one in self._XF.finditer(xfs[1])]
        ours = [n for n, one in enumerate(self._fills) if COLOUR in one]
        self._fill = ours[0] if ours else len(self._fills)
        if not ours:
            name = self._prefix
            self._fills.append(
                f'<{name}fill><{name}patternFill patternType="solid"><{name}fgColor rgb="{COLOUR}"/>'
                f'<{name}bgColor indexed="64"/></{name}patternFill></{name}fill>'
            )
        self._twins: dict[int, int] = {}

    def _block(self, name: str) -> tuple[str, str]:
        found = re.search(rf"<((?:\w+:)?){name}\b[^>]*>(.*?)</\1{name}>", self._text, re.DOTALL)
        if found is None:
            raise ValueError(f"a workbook without {name}")
        return found.group(1), found.group(2)

    @property
    def coloured(self) -> dict[int, int]:
        """Styles coloured before, each with the style it was made of, as far as that can be told."""
        bare = [self._without_fill(one) for one in self._xfs]
        found = {}
        for n, one in enumerate(self._xfs):
            if re.search(rf'\bfillId="{self._fill}"', one):
                twin = next((k for k, other in enumerate(bare) if other == bare[n] and k != n and k not in found), 0)
                found[n] = twin
        return found

    def twin(self, style: int) -> int:
        """The coloured twin of a style."""
        if style not in self._twins:
            xf = self._xfs[style] if style < len(self._xfs) else self._xfs[0]
            made = self._without_fill(xf)
            made = re.sub(r"^<((?:\w+:)?)xf\b", rf'<\1xf fillId="{self._fill}" applyFill="1"', made)
            self._twins[style] = len(self._xfs)
            self._xfs.append(made)
        return self._twins[style]

    @staticmethod
    def _without_fill(xf: str) -> str:
        head, mark, rest = xf.partition(">")
        return re.sub(r'\s(?:fillId|applyFill)="[^"]*"', "", head) + mark + rest

    def written(self) -> str:
        """The part with all that was added."""
        text = self._text
        for name, items in (("fills", self._fills), ("cellXfs", self._xfs)):
            text = re.sub(
                rf"<((?:\w+:)?){name}\b[^>]*>.*?</\1{name}>",
                lambda found, name=name, items=items: (  # type: ignore[misc]
                    f'<{found.group(1)}{name} count="{len(items)}">{"".join(items)}</{found.group(1)}{name}>'
                ),
                text,
                count=1,
                flags=re.DOTALL,
            )
        return text
