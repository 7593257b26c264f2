"""Official lists as Excel, both ways."""

from gongjiang.documents.xlsx.columns import SheetColumns
from gongjiang.documents.xlsx.read import read_columns, read_summary
from gongjiang.documents.xlsx.rows import Problem, ReadCell, SheetRead, SheetRow
from gongjiang.documents.xlsx.write import SummarySheet, Value, write_list, write_summary, write_workbook

__all__ = [
    "Problem", "ReadCell", "SheetColumns", "SheetRead", "SheetRow", "SummarySheet", "Value",
    "read_columns", "read_summary", "write_list", "write_summary", "write_workbook",
]  # fmt: skip
