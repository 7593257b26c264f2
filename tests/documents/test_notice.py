"""A notice says what it was given, in Word's official form and in plain HTML."""

import io
from html.parser import HTMLParser

import docx
import pytest

from gongjiang.documents.notice import NameList, NoticeText, notice_docx, notice_html

PEOPLE = (("1", "何焊平", "样例重工有限责任公司"), ("2", "岑铸山", "武鸣样例铸造厂"))
NOTICE = NoticeText(
    title="关于2026年“南宁工匠”拟命名人选的公示",
    paragraphs=("经推荐、评审、审定，现将拟命名人选予以公示。", "公示时间为2026年9月18日至9月24日。"),
    lists=(NameList(("序号", "姓名", "工作单位"), PEOPLE, "“南宁工匠”（2名）"),),
    closing=("如有异议，请在公示期内反映。",),
    contact=(("受理部门", "选树领导小组办公室"), ("受理电话", "000-0000000")),
    issuers=("样例市总工会", "样例市工业和信息化局"),
    date="2026年9月17日",
)


class Words(HTMLParser):
    """The words between tags, style left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and self.tags[-1] != "style":
            self.found.append(data.strip())


def spoken(html: str) -> list[str]:
    words = Words()
    words.feed(html)
    return words.found


def test_html_says_everything_in_order() -> None:
    title, *rest = spoken(notice_html(NOTICE))
    cells = [cell for row in PEOPLE for cell in row]
    table = ["“南宁工匠”（2名）", "序号", "姓名", "工作单位", *cells]
    end = ["受理部门：选树领导小组办公室", "受理电话：000-0000000", *NOTICE.issuers, NOTICE.date]
    assert title == NOTICE.title
    assert rest == [NOTICE.title, *NOTICE.paragraphs, *table, *NOTICE.closing, *end]


def test_html_is_self_contained() -> None:
    made = notice_html(NOTICE)
    for word in ("<script", "<link", "src=", "href=", "url(", "@import"):
        assert word not in made


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a&b", "𠮷田㐂一", "买买提·吐尔逊", '"><img src=x>'])
def test_names_are_never_markup(name: str) -> None:
    notice = NoticeText("公示", (), (NameList(("姓名",), ((name,),)),), ("样例市总工会",), "2026年9月17日")
    assert name in spoken(notice_html(notice))
    assert "<script" not in notice_html(notice)
    assert docx.Document(io.BytesIO(notice_docx(notice))).tables[0].cell(1, 0).text == name


@pytest.mark.ledger("G-14")
def test_word_form_follows_the_standard() -> None:
    document = docx.Document(io.BytesIO(notice_docx(NOTICE)))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    title = document.paragraphs[0].runs[0]
    fonts = title._element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia"))
    assert (title.text, title.font.size.pt, fonts) == (NOTICE.title, 22, "方正小标宋简体")
    body = next(paragraph for paragraph in document.paragraphs if paragraph.text == NOTICE.paragraphs[0])
    assert (body.runs[0].font.size.pt, body.paragraph_format.first_line_indent.pt) == (16, 32)
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "姓名", "工作单位"],
        *map(list, PEOPLE),
    ]
    assert [paragraph.text for paragraph in document.paragraphs][-3:] == [*NOTICE.issuers, NOTICE.date]


def test_same_notice_same_bytes() -> None:
    assert notice_docx(NOTICE) == notice_docx(NOTICE)
