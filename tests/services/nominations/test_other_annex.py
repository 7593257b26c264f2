"""Another city's annex, boxes that no notice here has beside each other: data of its pack, no code."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdfium2 import PdfDocument
from python_calamine import CalamineWorkbook
from tests.services.nominations.test_annexes import bare, out_of_order, pdf_text, word_text
from tests.unseen.packing import made

from gongjiang.documents import layout as lo
from gongjiang.documents.docx import render_docx
from gongjiang.documents.pdf import render_pdf
from gongjiang.models import Case, Edition, Process
from gongjiang.services.nominations.blank_list import blank_list
from gongjiang.services.nominations.filling import blank_filling
from gongjiang.services.nominations.printing import blank_papers, blank_sheet, filled_sheet
from gongjiang.services.programmes.papers import paper_sheet
from gongjiang.services.programmes.programme import Programme

PIECES: dict[str, Any] = {
    "fields": [
        {"id": "craft", "label": "手艺门类", "type": "checks", "options": [
            {"code": "wood", "label": "木作"}, {"code": "stone", "label": "石作"},
            {"code": "other", "label": "其他", "fill": "其他"}], "assumed": "附件"},
        {"id": "abroad", "label": "是否参加过援外", "type": "yes_no", "assumed": "附件"},
    ],
    "attachments": [{"id": "photo", "label": "照片", "kinds": ["image"], "photo": {"size": "1寸"}}],
    "opinions": [
        {"id": "main", "label": "申报表意见", "by": "applicant", "print": True, "assumed": "附件", "parties": [
            {"id": "village", "label": "村（社区）意见", "by": "host_unit", "at": "sent", "assumed": "附件"},
            {"id": "town", "label": "镇（街道）意见", "by": "county_union", "at": "sent", "assumed": "附件"}]},
        {"id": "bureau_sheet", "label": "部门会签单（一式三份）", "by": "office", "print": True, "foot": "随表报送。",
         "assumed": "附件", "parties": [
            {"id": "tax", "label": "税务部门意见", "by": "bureaus", "at": "screen", "assumed": "附件"},
            {"id": "fire", "label": "消防部门意见", "by": "bureaus", "at": "screen", "assumed": "附件"}]},
    ],
    "forms": {"all": [
        {"id": "star_form", "label": "岚山匠星申报表", "heading": "附件甲", "by": "applicant", "blocks": [
            {"type": "line", "align": "stack", "items": [{"case": "number", "label": "编号"}]},
            {"type": "checks", "columns": 1, "items": [{"title": "手艺", "fields": ["craft", "abroad"]}]},
            {"type": "grid", "label": "本人", "rows": [
                ["name", {"attach": "photo", "label": "一寸免冠照", "rowspan": 3}],
                [{"field": "birth", "format": "YYYY.M", "label": "生年"}], ["id_number"]]},
            {"type": "rows", "field": "resume", "label": "从艺经历", "columns": ["from", "to", "org", "post"],
             "wording": "{from}—{to}在{org}任{post}", "hint": "例：自2001年1月至2003年2月在某坊任学徒", "lines": 3},
            {"type": "text", "field": "deeds", "label": "代表作：", "layout": "under", "hint": "（可附页）",
             "sign": "本人签名：", "lines": 3},
            {"type": "note", "label": "须知", "text": "以上各栏据实填写。"},
            {"type": "opinions", "sheet": "main", "columns": 2, "layout": "under", "lines": 1,
             "values": {"stamp": "公章", "sign": "经办人："}},
            {"type": "rows", "field": "honours", "label": "荣誉", "columns": ["title", "year"], "print_rows": 2,
             "layout": "under"},
            {"type": "title", "text": "回执"},
            {"type": "grid", "rows": [
                [{"field": "name", "label": "收件人", "span": 2}, {"field": "abroad", "label": "援外", "boxes": True}],
                [{"field": "ownership", "label": "单位性质", "boxes": True, "place": "inside"}],
                [{"field": "craft", "label": "门类", "boxes": True}]]},
        ]},
        {"id": "list", "label": "匠星名册", "heading": "附件丙", "list": "sent", "by": "county_union",
         "topline": "填报单位：", "columns": [
            {"computed": "number", "label": "号"}, {"field": "name", "label": "姓名", "example": "某某"},
            {"field": "trade", "label": "行当", "example": "木作"}]},
    ]},
    "papers": [{"id": "trades", "label": "行当一览", "heading": "附件丁", "blocks": [
        {"type": "table", "columns": ["行当", "细目"], "widths": [1, 3], "merge": 1,
         "rows": [["木作", "大木"], ["木作", "小木"], ["石作", "雕石"]]}, {"type": "note", "text": "未列的可自报。"}]}],
}  # fmt: skip
FORM = (
    "附件甲 岚山匠星申报表 编号： 手艺 1. 是否参加过援外 姓名 生年 身份证号 从艺经历 "
    "例：自2001年1月至2003年2月在某坊任学徒 代表作： （可附页） 本人签名： 年月日 须知 "
    "以上各栏据实填写。 村（社区）意见： 镇（街道）意见： 荣誉 名称 年份 回执 收件人 援外 □是 □否 单位性质： "
    "□公有制 □国有企业 □民营企业 门类 □木作 □石作 □其他"
)
VALUES = {
    "name": "岑铸山",
    "birth": "1980-06",
    "deeds": "木构亭榭十七座",
    "craft": {"wood": "", "other": "漆作"},
    "abroad": "no",
    "ownership": "民营企业",
    "honours": [{"title": f"第{n}次样例匠星", "year": str(1980 + n)} for n in range(40)],
    "resume": [
        {"from": "2001-01", "to": "2003-02", "org": "样例木坊", "post": "学徒"},
        {"from": "2003-03", "to": "", "org": "样例营造社", "post": "掌尺"},
    ],
}


@pytest.fixture(scope="module")
def there() -> Programme:
    edition = Edition()
    return Programme(edition, Process(edition=edition), made(PIECES))


@pytest.mark.parametrize("read", [pdf_text, word_text])
def test_its_boxes_stand_in_its_order_and_wording(there: Programme, read: Any) -> None:
    assert [name for _, _, name in blank_papers(there)] == ["岚山匠星申报表", "部门会签单（一式三份）"]
    assert out_of_order(read(blank_sheet(there, "star_form")), FORM.split()) == []
    sheet = "部门会签单 （一式三份） 税务部门意见 盖章 年月日 消防部门意见 盖章 年月日 填表说明：随表报送。"
    assert out_of_order(read(blank_sheet(there, "bureau_sheet")), sheet.split()) == []
    words = ["附件丁", "行当一览", "行当", "细目", "大木", "小木", "雕石"]
    assert out_of_order(read(paper_sheet(there.pack, "trades")), words) == []


@pytest.mark.parametrize("read", [pdf_text, word_text])
def test_filled_in_the_hints_are_gone(there: Programme, read: Any) -> None:
    case = Case(process=there.process, award=there.awards[0].id, title="岑铸山", number="匠-1")
    text = read(filled_sheet(blank_filling(there, VALUES, case), "star_form"))
    said = "☑木作 □石作 其他：漆作 岑铸山 1980.6 2001年1月—2003年2月在样例木坊任学徒 2003年3月—至今在样例营造社任掌尺 "
    said += "木构亭榭十七座 回执 岑铸山 □是 ☑否 □公有制 ☑民营企业 □外资企业 ☑木作 □石作 ☑其他：漆作"
    assert out_of_order(text, said.split()) == []
    assert "例：自" not in text
    assert "（可附页）" not in text


def test_the_head_of_a_long_table_stands_again_on_the_next_page(there: Programme) -> None:
    sheet = filled_sheet(blank_filling(there, VALUES), "star_form")
    with PdfDocument(render_pdf(sheet)) as document:
        pages = [bare(page.get_textpage().get_text_range()) for page in document]
    assert [text.count("荣誉名称年份") for text in pages] == [1, 1, 1]
    assert [text.startswith("荣誉名称年份第") for text in pages] == [False, True, True]
    heads = [row for table in Document(BytesIO(render_docx(sheet))).tables for row in table.rows if _repeats(row)]
    assert [[cell.text for cell in dict.fromkeys(row.cells)] for row in heads] == [["荣誉"], ["名称", "年份"]]


def _repeats(row: Any) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None


def test_a_further_form_may_begin_a_page() -> None:
    one = lo.Grid(((lo.Cell("姓名", "何焊平"),),))
    with PdfDocument(render_pdf(lo.Sheet("表", (one, lo.Title("存根", new_page=True), one)))) as document:
        pages = [bare(page.get_textpage().get_text_range()) for page in document]
    assert [text.partition("第")[0] for text in pages] == ["表姓名何焊平", "存根姓名何焊平"]
    made = Document(BytesIO(render_docx(lo.Sheet("表", (one, lo.Title("存根", new_page=True), one)))))
    assert [line.text for line in made.paragraphs if line.paragraph_format.page_break_before] == ["存根"]


def test_its_list_has_its_line_and_example(there: Programme) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(blank_list(there, "list"))).get_sheet_by_index(0).to_python()
    told = [[bare(str(one)) for one in row] for row in rows]
    assert told[:4] == [["匠星名册", "", ""], ["填报单位：", "", ""], ["号", "姓名", "行当"], ["示例", "某某", "木作"]]
