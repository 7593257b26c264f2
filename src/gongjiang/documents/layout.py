"""What a printed form says, box by box, before anybody decides how wide a box is.

A service builds a `Sheet` from a pack's form and a case's values; `render_pdf` and `render_docx` print it. All
texts arrive ready to print (dates formatted, codes turned into labels); an empty text prints an empty box.
"""

from dataclasses import dataclass
from typing import Literal

#: As `merge` of a table: short words in the middle of their boxes, none shared.
CENTRED = -1
BLANK_DATE = "　　　年　　月　　日"


@dataclass(frozen=True)
class PageCode:
    """Ties a sheet of paper to the data it was printed from; stands as a QR code on every page.

    `digest` is the hex digest of the printed values: a stamped scan whose digest is not the case's is stale.
    """

    form_id: str
    case_no: str
    version: str
    digest: str

    @property
    def payload(self) -> str:
        """What the QR code holds: `GJ1|form|case|version|first 16 of the digest`."""
        return "|".join(("GJ1", self.form_id, self.case_no, self.version, self.digest[:16]))

    @property
    def caption(self) -> str:
        """The same for human eyes, printed small beside the code."""
        return f"{self.case_no}　第{self.version}版　{self.digest[:8]}"


@dataclass(frozen=True)
class Cell:
    """A label and its value.

    `beside`: two boxes; `inside`: one box, the text after the label; `under`: one box, the text below the label.
    `span`: how many label-value slots of its row it takes; 0 lets the first cell of a short row fill the row.
    """

    label: str
    text: str = ""
    place: Literal["beside", "inside", "under"] = "beside"
    span: int = 0
    min_lines: int = 1


@dataclass(frozen=True)
class PhotoCell:
    """The picture at the right end of a row, as high as `rowspan` rows. `image` holds JPEG or PNG bytes."""

    label: str
    image: bytes | None = None
    rowspan: int = 4


@dataclass(frozen=True)
class Grid:
    """Rows of label-value cells, aligned below each other. `label` stands at the left, along all rows."""

    rows: tuple[tuple[Cell | PhotoCell, ...], ...]
    label: str = ""


@dataclass(frozen=True)
class TextBlock:
    """A long text; it flows over as many pages as it needs. `min_lines` keeps room for a pen.

    `lead`: words of the annex that stand in the box before the text. `sign`: words before a signature at the foot of
    the box (申请人签字：), a day to be dated below; empty for none.
    """

    label: str
    text: str = ""
    min_lines: int = 6
    layout: Literal["beside", "under"] = "beside"
    sign: str = ""
    lead: str = ""


@dataclass(frozen=True)
class CheckOption:
    """`fill` None: nothing to fill in. `fill_label`: the blank stands on a line of its own, under this word.

    `box` False prints no □: 所获荣誉：＿＿＿.
    """

    label: str
    ticked: bool = False
    fill: str | None = None
    fill_label: str = ""
    box: bool = True


@dataclass(frozen=True)
class CheckLine:
    """One question of a check item: its label (with its number, as printed), options, or a blank to fill."""

    label: str = ""
    options: tuple[CheckOption, ...] = ()
    fill: str | None = None


@dataclass(frozen=True)
class CheckItem:
    title: str
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True)
class Checks:
    items: tuple[CheckItem, ...]
    columns: int = 2


@dataclass(frozen=True)
class Table:
    """Detail rows under a header. `widths` are relative; `min_rows` leaves empty rows for a pen.

    `merge`: in so many of the first columns, neighbours that say the same share one box; long texts start at the left.
    An empty word in the header leaves its box to the word before it. `over`: the label stands in a band above the
    columns; it and the header stand again on every further page.
    """

    label: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    min_rows: int = 3
    widths: tuple[int, ...] = ()
    merge: int = 0
    over: bool = False


@dataclass(frozen=True)
class OpinionCell:
    """A party's opinion with its seal. `stamp` as the annex words it; None: neither seal nor date.

    `lead`: what the annex has in the box before the opinion. `sign`: words before a signature beside the seal.
    `layout` under: the label stands in the box, before the opinion (申报单位意见：).
    """

    label: str
    text: str = ""
    signed_by: str = ""
    dated: str = ""
    stamp: str | None = "（盖章）"
    min_lines: int = 4
    lead: str = ""
    sign: str = ""
    layout: Literal["beside", "under"] = "beside"


@dataclass(frozen=True)
class Opinions:
    """Opinion boxes, `columns` beside each other; `label` stands at the left, along all of them."""

    cells: tuple[OpinionCell, ...]
    columns: int = 1
    label: str = ""


@dataclass(frozen=True)
class Note:
    """A remark. `boxed` None: boxed where it stands between boxes, plain where it opens or ends the sheet."""

    text: str
    boxed: bool | None = None


@dataclass(frozen=True)
class Statement:
    """A declaration printed as the annex words it, in a box of its own."""

    text: str


@dataclass(frozen=True)
class Line:
    """Words outside the boxes, such as 填表时间. With `spread` the items share the width of the page."""

    items: tuple[tuple[str, str], ...]
    align: Literal["left", "right", "spread", "stack"] = "left"


@dataclass(frozen=True)
class Title:
    """The title of a further form on the same sheet (回执), outside the boxes. `new_page`: it begins a page."""

    text: str
    new_page: bool = False


Block = Grid | TextBlock | Checks | Table | Opinions | Note | Statement | Line | Title


@dataclass(frozen=True)
class Sheet:
    """One printed form. `annex` stands at the top left (附件2), `subtitle` in brackets under the title."""

    title: str
    blocks: tuple[Block, ...]
    annex: str = ""
    subtitle: str = ""
    code: PageCode | None = None
