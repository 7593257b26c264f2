"""Official lists as Excel, both ways."""

from gongjiang.documents.xlsx.read import read_summary
from gongjiang.documents.xlsx.rows import Problem, ReadCell, SheetRead, SheetRow
from gongjiang.documents.xlsx.write import SummarySheet, Value, write_list, write_summary, write_workbook

__all__ = [
    "Problem", "ReadCell", "SheetRead", "SheetRow", "SummarySheet", "Value",
    "read_summary", "write_list", "write_summary", "write_workbook",
]  # fmt: skip
