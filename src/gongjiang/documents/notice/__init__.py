"""Public notices and naming documents."""

from gongjiang.documents.notice.html import notice_html
from gongjiang.documents.notice.pdf import notice_pdf
from gongjiang.documents.notice.text import NameList, NoticeText
from gongjiang.documents.notice.word import notice_docx

__all__ = ["NameList", "NoticeText", "notice_docx", "notice_html", "notice_pdf"]
