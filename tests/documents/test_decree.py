"""An issued document: the same words give the same bytes; hostile words are words."""

import io

import docx
import pypdfium2

from gongjiang.documents.decree import Decree, decree_docx, decree_pdf
from gongjiang.documents.notice import NameList

NASTY = '#{read("x")} <w:p> $x$ =1+1 \u202e\x07'
DECREE = Decree(
    "关于命名望澜工匠的决定",
    "望工发〔2026〕9号",
    ("望澜市总工会", "望澜市科技局"),
    "各县（区）总工会",
    ("决定命名何焊平等2名同志。", NASTY),
    "望澜工匠名单",
    (
        NameList(
            ("序号", "姓名", "工作单位"),
            (("1", "何焊平", "澜江重工有限公司"), ("2", "岑铸山", NASTY)),
            "望澜工匠（2名）",
        ),
    ),
    "2026年9月28日",
)


def words_of_pdf(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as made:
        return "".join(page.get_textpage().get_text_range() for page in made)


def test_word_has_head_text_signatures_and_the_list_as_an_annex() -> None:
    data = decree_docx(DECREE)
    assert data == decree_docx(DECREE)
    document = docx.Document(io.BytesIO(data))
    lines = [one.text for one in document.paragraphs]
    for text in (
        "望工发〔2026〕9号",
        "各县（区）总工会：",
        "附件：望澜工匠名单",
        "附件",
        "望澜市科技局",
        "2026年9月28日",
    ):
        assert text in lines
    head, names = document.tables
    assert [head.cell(0, 0).text, head.cell(1, 0).text, head.cell(0, 1).text] == [
        "望澜市总工会",
        "望澜市科技局",
        "文件",
    ]
    assert [one.text for one in names.rows[1].cells] == ["1", "何焊平", "澜江重工有限公司"]


def test_pdf_says_the_same_on_two_pages() -> None:
    data = decree_pdf(DECREE)
    assert data == decree_pdf(DECREE)
    text = words_of_pdf(data)
    for word in (
        "望工发〔2026〕9号",
        "各县（区）总工会：",
        "附件：望澜工匠名单",
        "澜江重工有限公司",
        '#{read("x")} <w:p> $x$ =1+1',
    ):
        assert word in text
    with pypdfium2.PdfDocument(data) as made:
        assert len(made) == 2


def test_a_document_without_issuers_or_names_can_still_be_read() -> None:
    bare = Decree("决定", "望工发〔2026〕9号", (), "", (), "名单", (NameList(("序号", "姓名"), ()),), "2026年9月28日")
    assert "（发文单位）文件" in words_of_pdf(decree_pdf(bare))
    assert decree_docx(bare).startswith(b"PK")


def test_a_draft_of_one_body_has_a_place_for_its_number() -> None:
    draft = Decree("决定", "", ("望澜市总工会",), "", (), "名单", (), "2026年9月28日")
    assert "（发文字号）" in [one.text for one in docx.Document(io.BytesIO(decree_docx(draft))).paragraphs]
    assert "望澜市总工会文件" in words_of_pdf(decree_pdf(draft))
