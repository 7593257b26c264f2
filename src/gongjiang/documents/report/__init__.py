"""A report to the union above, as people send it: title, words section by section, signature, tables as annexes."""

from gongjiang.documents.report.pdf import report_pdf
from gongjiang.documents.report.text import Chart, Part, ReportText, Tabled
from gongjiang.documents.report.word import report_docx

__all__ = ["Chart", "Part", "ReportText", "Tabled", "report_docx", "report_pdf"]
