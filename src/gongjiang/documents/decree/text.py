"""What an issued document says."""

from dataclasses import dataclass

from gongjiang.documents.notice.text import NameList


@dataclass(frozen=True)
class Decree:
    """`number` is empty in a draft. Several `issuers` stand one below the other, first the one whose number it is.

    `addressee` is the line the letter opens with (may be empty), `annex` the title of the list that follows.
    """

    title: str
    number: str
    issuers: tuple[str, ...]
    addressee: str
    paragraphs: tuple[str, ...]
    annex: str
    lists: tuple[NameList, ...]
    date: str
