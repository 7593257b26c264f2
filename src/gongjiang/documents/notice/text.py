"""What a public notice or a naming document says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NameList:
    """A list under its heading (an award, a tier, a unit); the heading is empty where there is but one list.

    `columns` and `rows` hold exactly the fields that the pack lets the public see.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""


@dataclass(frozen=True)
class NoticeText:
    """`paragraphs` stand before the lists, `closing` after them; several `issuers` sign one below the other.

    `number` is the document's number (〔2026〕1号), `addressee` the line the letter opens with; both may be empty.
    `contact` are label and value: 受理电话, 通信地址.
    """

    title: str
    paragraphs: tuple[str, ...]
    lists: tuple[NameList, ...]
    issuers: tuple[str, ...]
    date: str
    closing: tuple[str, ...] = ()
    contact: tuple[tuple[str, str], ...] = ()
    number: str = ""
    addressee: str = ""
