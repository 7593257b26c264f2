"""PDF by typst: one template for every sheet, one compiler a process."""

from gongjiang.documents.pdf.book import render_book
from gongjiang.documents.pdf.fonts import use_fonts, without_glyph
from gongjiang.documents.pdf.render import render_pdf

__all__ = ["render_book", "render_pdf", "use_fonts", "without_glyph"]
