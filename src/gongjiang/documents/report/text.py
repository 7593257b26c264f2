"""What a report says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A section: its heading with its number (一、总体情况) and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Tabled:
    """A table of figures under its title; all cells are words. The first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """Bars under a title: (label, how long, how it is written)."""

    title: str
    bars: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class ReportText:
    """`addressee` is the line it opens with; tables and `charts` are annexes, `note` stands under them (day and source
    of the figures); `draft`: a mark on a report that isn't handed in yet."""

    title: str
    addressee: str
    opening: str
    parts: tuple[Part, ...]
    tables: tuple[Tabled, ...]
    note: str
    issuer: str
    date: str
    draft: str = ""
    charts: tuple[Chart, ...] = ()
