"""Words of docx and xlsx as a reader sees them, headers first."""

from io import BytesIO

import pytest
from tests.rules.evidence import samples

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.office_text import office_text
from gongjiang.rules.evidence.secrecy import scan


def words(text: str) -> bytes:
    """A paragraph in two runs."""
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{one}</w:t></w:r>' for one in (text[:half], text[half:]))
    return f"<w:document><w:body><w:p>{runs}</w:p></w:body></w:document>".encode()


def test_a_mark_in_the_header_split_over_runs_is_read() -> None:
    made = samples.office(
        word__document_DOT_xml=words("主要事迹和工作成果 &amp; 奖"), word__header1_DOT_xml=words("机密★10年")
    )
    text = office_text(BytesIO(made))
    assert text == "机密★10年\n主要事迹和工作成果 & 奖"
    assert [one.words for one in scan(text)] == ["机密★"]


def test_shared_strings_of_a_workbook() -> None:
    body = b"<sst><si><t>\xe5\xa7\x93\xe5\x90\x8d</t></si><si><t>13800138000</t></si></sst>"
    made = samples.office("spreadsheetml.sheet.main+xml", xl__sharedStrings_DOT_xml=body)
    assert office_text(BytesIO(made)) == "姓名\n13800138000"


def test_headers_notes_and_boxes_of_a_workbook() -> None:
    head = "&amp;L&amp;&quot;宋体,常规&quot;&amp;12机密★10年&amp;C名单"
    sheet = f"<worksheet><headerFooter><oddHeader>{head}</oddHeader></headerFooter></worksheet>"
    box = "<xdr:wsDr><a:p><a:r><a:t>内部</a:t></a:r><a:r><a:t>资料</a:t></a:r></a:p></xdr:wsDr>"
    note = "<comments><comment><text><r><t>密级：秘密</t></r></text></comment></comments>"
    parts = {
        "xl__worksheets__sheet1_DOT_xml": sheet.encode(),
        "xl__drawings__drawing1_DOT_xml": box.encode(),
        "xl__comments1_DOT_xml": note.encode(),
    }
    text = office_text(BytesIO(samples.office("spreadsheetml.sheet.main+xml", **parts)))
    assert [one.words for one in scan(text)] == ["密级：秘密", "内部资料", "机密★"]


def test_other_parts_are_not_read_and_others_refused() -> None:
    assert office_text(BytesIO(samples.office(word__media__a_DOT_xml=words("不得外传")))) == ""
    with pytest.raises(BadInput):
        office_text(BytesIO(b"no zip"))
