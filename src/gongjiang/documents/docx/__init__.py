"""Word files, with the fonts named that offices have: 方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体."""

from gongjiang.documents.docx.render import render_docx

__all__ = ["render_docx"]
