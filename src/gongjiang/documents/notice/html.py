"""A notice as one HTML file that needs nothing else: for an archive, a rehearsal, another site's editor."""

from collections.abc import Iterator
from html import escape

from gongjiang.documents.ink import printable
from gongjiang.documents.notice.text import NameList, NoticeText

STYLE = """
body { max-width: 42em; margin: 2.5rem auto; padding: 0 1rem; color: #1b1916; background: #fff;
  font: 1.0625rem/1.85 "FangSong_GB2312", "FangSong", "Noto Serif SC", "Songti SC", SimSun, serif; }
h1 { font-size: 1.6rem; line-height: 1.4; text-align: center; font-weight: 700; }
h2 { font-size: 1.1rem; margin: 1.6em 0 .4em; }
p { text-indent: 2em; margin: .3em 0; }
.number, .to { text-indent: 0; } .number { text-align: center; }
table { width: 100%; border-collapse: collapse; margin: .8em 0; font-size: 1rem; line-height: 1.5; }
th, td { border: 1px solid #8b8476; padding: .35em .6em; text-align: left; }
th { background: #f5f3ed; } thead { display: table-header-group; } tr { break-inside: avoid; }
.signed { margin-top: 2em; text-align: right; } .signed p { text-indent: 0; }
@media print { @page { size: A4; margin: 37mm 26mm 35mm 28mm; } body { margin: 0; max-width: none; padding: 0; } }
""".strip()


def notice_html(notice: NoticeText) -> str:
    """`notice` as a complete document in UTF-8, without script or link."""
    body = "\n".join(_body(notice))
    title = _text(notice.title.replace("\n", ""))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(printable(text)).replace("\n", "<br>")


def _body(notice: NoticeText) -> Iterator[str]:
    yield f"<h1>{_text(notice.title)}</h1>"
    if notice.number:
        yield f'<p class="number">{_text(notice.number)}</p>'
    if notice.addressee:
        yield f'<p class="to">{_text(notice.addressee.rstrip("："))}：</p>'
    for text in notice.paragraphs:
        yield f"<p>{_text(text)}</p>"
    for names in notice.lists:
        yield from _names(names)
    for text in notice.closing:
        yield f"<p>{_text(text)}</p>"
    for label, text in notice.contact:
        yield f"<p>{_text(label)}：{_text(text)}</p>"
    signed = "".join(f"<p>{_text(text)}</p>" for text in (*notice.issuers, notice.date))
    yield f'<div class="signed">{signed}</div>'


def _names(names: NameList) -> Iterator[str]:
    if names.heading:
        yield f"<h2>{_text(names.heading)}</h2>"
    yield "<table>\n<thead><tr>" + "".join(f'<th scope="col">{_text(text)}</th>' for text in names.columns)
    yield "</tr></thead>\n<tbody>"
    for row in names.rows:
        yield "<tr>" + "".join(f"<td>{_text(text)}</td>" for text in row) + "</tr>"
    yield "</tbody>\n</table>"
