"""The Word file has the boxes of the PDF, in its order, with the fonts that offices name."""

import io
import re
import zipfile

import docx
import pytest
from PIL import Image
from tests.documents import samples

from gongjiang.documents import layout as lo
from gongjiang.documents.docx import render_docx
from gongjiang.documents.plan import plan

SHEETS = [samples.annex_2, samples.annex_3, samples.annex_5, samples.national_4]


def body_text(made: bytes) -> str:
    """All words of the body, in order, without gaps and without lines to write on."""
    element = docx.Document(io.BytesIO(made)).element.body
    return re.sub(r"[\s_]", "", "".join(node.text or "" for node in element.iter() if node.tag.endswith("}t")))


def planned_text(sheet: lo.Sheet) -> str:
    """All words of the plan, in order: what every printer must print."""
    made = plan(sheet)
    found = [made.annex, made.title, made.subtitle]
    for part in made.parts:
        if hasattr(part, "items"):
            found += [run.text for para in part.items for run in para.runs]
        else:
            boxes = [box for band in part.bands for box in band.boxes]
            found += [run.text for box in boxes for para in box.paras + box.foot for run in para.runs]
    return re.sub(r"\s", "", "".join(found))


@pytest.mark.ledger("G-15", "X-03", "N-16")
@pytest.mark.parametrize("sheet", SHEETS)
def test_word_file_says_exactly_the_plan(sheet) -> None:  # type: ignore[no-untyped-def]
    assert body_text(render_docx(sheet())) == planned_text(sheet())


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_row_fills_the_width(sheet) -> None:  # type: ignore[no-untyped-def]
    for table in docx.Document(io.BytesIO(render_docx(sheet()))).tables:
        columns = len(table._tbl.tblGrid.findall(docx.oxml.ns.qn("w:gridCol")))
        assert {sum(cell.grid_span for cell in row.tc_lst) for row in table._tbl.tr_lst} == {columns}


def test_photo_reaches_over_its_rows_and_is_there_once() -> None:
    made = render_docx(samples.annex_2())
    table = docx.Document(io.BytesIO(made)).tables[0]
    merges = [row.tc_lst[-1].vMerge for row in table._tbl.tr_lst[:6]]
    assert merges == ["restart", "continue", "continue", "continue", None, None]
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert len([name for name in names if name.endswith((".jpg", ".jpeg"))]) == 1


def test_fonts_are_named_as_offices_expect() -> None:
    document = docx.Document(io.BytesIO(render_docx(samples.annex_3())))
    found = {}
    for node in document.element.body.iter(docx.oxml.ns.qn("w:rFonts")):
        words = node.getparent().getparent().text
        found[words] = node.get(docx.oxml.ns.qn("w:eastAsia"))
    assert found["“南宁工匠”推荐部门意见表"] == "方正小标宋简体"
    assert found["（县、市、区、开发区推荐对象）"] == "楷体_GB2312"
    assert found["纪检监察部门意见"] == "黑体"
    assert found["岑铸山"] == "仿宋_GB2312"


def test_same_sheet_same_bytes_and_no_author() -> None:
    made = render_docx(samples.annex_2())
    assert made == render_docx(samples.annex_2())
    core = docx.Document(io.BytesIO(made)).core_properties
    assert (core.author, core.last_modified_by, core.comments) == ("", "", "")
    assert {entry.date_time[0] for entry in zipfile.ZipFile(io.BytesIO(made)).infolist()} == {2000}


@pytest.mark.parametrize(
    "name", ["𠮷田㐂一", "买买提·吐尔逊", "阿" * 40, "{{ template }}", "<w:p/>&amp;", "何\x00焊\x0b平"]
)
def test_any_name_is_written_as_typed(name: str) -> None:
    expected = name.replace("\x00", "").replace("\x0b", "").replace(" ", "")
    assert expected in body_text(render_docx(samples.annex_2(name)))


def test_long_text_is_whole() -> None:
    deeds = "".join(f"第{number}次攻关，焊缝一次合格率提高。" for number in range(400))
    assert deeds in body_text(render_docx(samples.annex_2(deeds=deeds)))


@pytest.mark.parametrize("size", [(2000, 150), (150, 2000), (413, 579)])
def test_a_photo_of_any_proportions_stays_in_its_frame(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, "PNG")
    sheet = lo.Sheet("表", (lo.Grid(((lo.Cell("姓名", "何焊平"), lo.PhotoCell("照片", out.getvalue(), 1)),)),))
    (shape,) = docx.Document(io.BytesIO(render_docx(sheet))).inline_shapes
    assert shape.width.mm <= 32.01
    assert shape.height.mm <= 43.01
    assert abs(shape.width / shape.height - size[0] / size[1]) < 0.05 * size[0] / size[1]
