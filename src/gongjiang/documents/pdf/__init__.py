"""PDF by typst: one template for every sheet, one compiler a process."""

from gongjiang.documents.pdf.book import join, render_book
from gongjiang.documents.pdf.fonts import faces, use_fonts, without_glyph
from gongjiang.documents.pdf.render import render_pdf, render_together

__all__ = ["faces", "join", "render_book", "render_pdf", "render_together", "use_fonts", "without_glyph"]
