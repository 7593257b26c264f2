"""Documents that a body, or several together, issue by number: red head, text, signatures, the list as an annex."""

from gongjiang.documents.decree.pdf import decree_pdf
from gongjiang.documents.decree.text import Decree
from gongjiang.documents.decree.word import decree_docx

__all__ = ["Decree", "decree_docx", "decree_pdf"]
