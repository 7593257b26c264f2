"""A report on paper: the same words in Word and PDF, the same bytes each time, nothing read as markup."""

from io import BytesIO

import docx
import pypdfium2
import pytest

from gongjiang.documents.report import Chart, Part, ReportText, Tabled, report_docx, report_pdf

REPORT = ReportText(
    title="望澜市总工会2026年\n工匠人才培育工作报告",
    addressee="样例省总工会：",
    opening="按照办法第二十二条的要求，现将有关情况报告如下。",
    parts=(
        Part("一、总体情况", ("总体平稳。#set text(red) $x$ *粗*", "{{ 原样 }}")),
        Part("二、下步打算", ("继续推进。",)),
    ),
    tables=(
        Tabled("工匠人才队伍情况", ("级别", "培育对象", "已认定"), (("市级工匠", "12", "30"),)),
        Tabled("培育活动情况", ("种类", "次数"), (("宣讲", "7"),)),
    ),
    note="注：数据截至2026年6月20日。",
    issuer="望澜市总工会",
    date="2026年6月24日",
    draft="（未报送稿）",
    charts=(Chart("培育活动次数", (("宣讲", 7, "7"), ("#助企行", 3, "3"))),),
)
SAID = (
    "未报送稿", "样例省总工会：", "一、总体情况", "#settext(red)$x$*粗*", "{{原样}}", "附件：1.工匠人才队伍情况",
    "2.培育活动情况", "市级工匠1230", "注：数据截至2026年6月20日。", "2026年6月24日",
    "3.培育活动次数", "宣讲7", "#助企行3",
)  # fmt: skip


def told(data: bytes) -> str:
    """All words of a PDF, without spaces and ends of lines."""
    paper = pypdfium2.PdfDocument(data)
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in paper)
    finally:
        paper.close()


@pytest.mark.ledger("M-19")
def test_the_pdf_says_everything_and_reads_nothing_as_markup() -> None:
    data = report_pdf(REPORT)
    assert report_pdf(REPORT) == data
    words = told(data)
    for said in SAID:
        assert said in words


def test_the_word_file_says_the_same() -> None:
    data = report_docx(REPORT)
    assert report_docx(REPORT) == data
    document = docx.Document(BytesIO(data))
    lines = [one.text for one in document.paragraphs]
    assert lines[:3] == ["（未报送稿）", "望澜市总工会2026年", "工匠人才培育工作报告"]
    for said in ("样例省总工会：", "一、总体情况", "{{ 原样 }}", "望澜市总工会", "附件1", "附件2", "附件3"):
        assert said in lines
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["级别", "培育对象", "已认定"],
        ["市级工匠", "12", "30"],
    ]
    assert len(document.inline_shapes) == 1
