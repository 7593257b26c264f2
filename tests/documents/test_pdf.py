"""The PDF says what the sheet says, in order, whatever was typed."""

import re
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from tests.documents import samples

from gongjiang.documents import layout as lo
from gongjiang.documents.pdf import faces, render_book, render_pdf, use_fonts, without_glyph
from gongjiang.documents.pdf.fonts import BUILT_IN, parts
from gongjiang.documents.picture import portrait
from gongjiang.kernel.errors import BadInput


def words(pdf: bytes) -> str:
    """The text of all pages without gaps, headers and footers; nothing may stand outside the boxes' area."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range())
        inside = text.get_text_bounded(left=55, right=540, bottom=18, top=830)
        assert re.sub(r"\s", "", inside) == re.sub(r"\s", "", pages[-1])
    text = re.sub(r"\s", "", "".join(pages))
    return re.sub(r"第\d+页共\d+页|[A-Z]{2}\d\d-\d{4}第\d+版[0-9a-f]{8}", "", text)


def assert_in_order(text: str, expected: str) -> None:
    at = 0
    for word in expected.split():
        found = text.find(word, at)
        assert found >= 0, f"{word} is missing after {text[max(0, at - 20) : at]}"
        at = found


NANNING = """
附件2 “南宁工匠”推荐申请表 填表时间：2026年6月12日 姓名 何焊平 性别 男 出生年月 1985年6月 民族 籍贯 政治面貌
身份证号 990000198506150017 学历 联系电话 参加工作时间 工作单位 职务 职称 技能等级 至少选填一项
是否具有工艺专长 ☑一技之长：薄板对接单面焊双面成形 □绝技高招： □技术专长： □其他： 是否掌握高超技能
1.技术水平： □国际领先□国际先进 ☑国内领先□国内先进 2.是否获得专利：☑是□否 发明专利数量：2
实用新型专利数量：5 外观设计专利数量： 是否体现领军作用 是否焕发传统技艺
3.是否为国家级、南宁市级非物质文化遗产代表性传承人：□是☑否 名称： 是否突破技术难题 是否成绩出类拔萃
所获荣誉：南宁职工职业技能大赛焊接第一名 个人所获荣誉（市级以上） 2023年南宁市技术能手 2000.9 2004.6 2004.7
至今 主要事迹（2000字左右） 推荐对象所在单位意见 （盖章） 2026年6月13日 市总工会 市工信局 市科技局 市人社局
备注 样例重工单位推荐 填表说明
"""


NATIONAL = """
大国工匠培育对象推荐表 姓名 性别 出生年月 正面免冠彩色近照（2寸） 民族 身份证号 工作单位 行业 职称 技术等级
何时参加工作 生产现场工作年限 电话 单位地址 邮编 主要荣誉 技能（工匠）奖项 推荐理由 该推荐对象不属于涉密人员
推荐单位意见 年月日 沈量之 推荐单位：样例省总工会 联系人： 电话：
"""
OPINIONS = """
（县、市、区、开发区推荐对象） 被推荐对象姓名：岑铸山 工作单位：武鸣样例铸造厂 纪检监察部门意见 盖章
工信部门意见 科技部门意见 人社部门意见 填表说明
"""
LETTER = """
填报时间：年月日 被推荐人姓名 温和礼 推荐信内容 联系电话（手机）：10000000018 推荐信内容 联系电话（手机）：
（盖章）
"""


@pytest.mark.ledger("G-15", "X-03")
def test_nanning_application_has_every_box_in_order() -> None:
    assert_in_order(words(render_pdf(samples.annex_2())), NANNING)


@pytest.mark.ledger("N-16")
def test_national_form_is_one_page_with_every_box_in_order() -> None:
    pdf = render_pdf(samples.national_4())
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    text = words(pdf)
    assert all(word in text for word in NATIONAL.split())
    assert_in_order(text, NATIONAL.replace("正面免冠彩色近照（2寸）", ""))


def test_opinion_sheet_and_letter() -> None:
    sheet = words(render_pdf(samples.annex_3()))
    assert_in_order(sheet, OPINIONS)
    letter = words(render_pdf(samples.annex_5()))
    assert_in_order(letter, LETTER)


def test_long_text_flows_over_pages_and_loses_nothing() -> None:
    deeds = "".join(f"第{number}次攻关，焊缝一次合格率提高。" for number in range(400))
    pdf = render_pdf(samples.annex_2(deeds=deeds))
    assert len(pypdfium2.PdfDocument(pdf)) >= 5
    assert deeds in words(pdf)


@pytest.mark.parametrize("layout", ["beside", "under"])
@pytest.mark.parametrize("length", [0, 1, 30, 500, 2000, 9000])
def test_no_length_of_text_loses_a_character(length: int, layout: str) -> None:
    text = "工匠精神代代相传"[: length % 8] + "工匠精神代代相传" * (length // 8)
    sheet = lo.Sheet("样例表", (lo.TextBlock("主要事迹", text, 6, layout), lo.TextBlock("备注", "完", 1)))  # type: ignore[arg-type]
    found = words(render_pdf(sheet)).replace("主要事迹", "")
    assert text in found
    assert found.endswith("备注完")


def test_long_opinions_keep_seal_and_date() -> None:
    cells = tuple(lo.OpinionCell(name, "同意。" * 700, dated="2026年6月1日") for name in ("甲局", "乙局"))
    text = words(render_pdf(lo.Sheet("意见表", (lo.Opinions(cells),))))
    assert text.count("同意。") == 1400
    assert text.count("（盖章）2026年6月1日") == 2


RARE = [
    "𠮷田㐂一",
    "㛃𬍛䶮",
    "䶮",
    "买买提·吐尔逊",
    "龘靐齉",
    "𬭎𬬻𬭚",
    "阿" * 40,
    "N" * 40,
    "{{ template }}",
    "#pagebreak()",
    "$x$ *y* _z_",
    "<b>&amp;",
]


@pytest.mark.parametrize("name", RARE)
def test_any_name_prints_as_typed(name: str) -> None:
    assert name.replace(" ", "") in words(render_pdf(samples.annex_2(name)))
    assert without_glyph(name) == ()


def test_characters_no_font_has_are_named() -> None:
    assert without_glyph("何\U0002f9f4平\U0003134a\U0003134a") == ("\U0003134a",)


def test_controls_and_direction_marks_are_not_printed() -> None:
    assert "何焊平" in words(render_pdf(samples.annex_2("何\u202e焊\x00\u200b平")))


def test_a_book_is_its_forms_one_after_the_other_each_with_its_own_pages() -> None:
    sheets = [samples.annex_2(f"样例{n}") for n in range(11)] + [samples.annex_3()]
    book = render_book(sheets)
    with pypdfium2.PdfDocument(book) as document:
        texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document]
    assert len(texts) == 11 * 3 + 1
    assert [re.findall(r"第(\d)页共(\d)页", one)[0] for one in texts] == [("1", "3"), ("2", "3"), ("3", "3")] * 11 + [
        ("1", "1")
    ]
    assert [f"样例{n}" in texts[3 * n] for n in range(11)] == [True] * 11


def test_a_box_that_flows_keeps_its_foot_near_and_leaves_the_page_to_what_follows() -> None:
    sheet = lo.Sheet(
        "样例表", (lo.TextBlock("主要事迹", "工匠精神。" * 60, 12, sign="申请人签字："), lo.TextBlock("备注", "", 2))
    )
    with pypdfium2.PdfDocument(render_pdf(sheet)) as document:
        assert len(document) == 1


def test_same_sheet_same_bytes() -> None:
    assert render_pdf(samples.annex_2()) == render_pdf(samples.annex_2())


def test_page_code() -> None:
    assert samples.CODE.payload == "GJ1|nanning-2026/application|NN26-0017|3|9f2c4be1a07733d0"
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(render_pdf(samples.annex_2()))
    )
    assert text.count("NN26-0017") == 3, "the code stands on each of the three pages"


@pytest.mark.parametrize("dots", [150, 508])
def test_the_page_code_is_read_where_it_stands(dots: int) -> None:
    """Read back from the printed page: 13 mm high, 8 mm from the top, at the right margin."""
    with pypdfium2.PdfDocument(render_pdf(samples.annex_3())) as document:
        page = document[0].render(scale=dots / 72).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(page)
    assert (code.text, code.ec_level) == (samples.CODE.payload, "M")
    first, last = code.position.top_left, code.position.bottom_right
    millimetres = [round(one * 25.4 / dots) for one in (first.x, first.y, last.x, last.y)]
    assert millimetres == [175, 8, 188, 21]


def test_a_rare_name_is_drawn_not_left_as_an_empty_box() -> None:
    """Two characters that no common font has, and one that none at all has: three different drawings."""
    drawn = []
    for char in ("㛃", "𬍛", "\U0003134a"):
        sheet = lo.Sheet("样例表", (lo.Grid(((lo.Cell("姓名", char * 3),),)),))
        with pypdfium2.PdfDocument(render_pdf(sheet)) as document:
            drawn.append(document[0].render(scale=2).to_pil().tobytes())
    assert len(set(drawn)) == 3


@pytest.mark.parametrize(
    "bad", [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0broken"]
)
def test_a_photo_that_is_none_is_refused(bad: bytes) -> None:
    with pytest.raises(BadInput, match="照片"):
        portrait(bad)


def test_a_photo_loses_position_and_is_sized_for_print() -> None:
    made = portrait(samples.photo(position=True))
    assert b"Exif" not in made
    assert b"Exif" in samples.photo(position=True)


def test_a_bare_photo_stays_one_cut_short_is_told_what_hangs_behind_it_is_left_out() -> None:
    whole = portrait(samples.photo(position=True))
    assert portrait(bytes(bytearray(whole))) == whole
    with pytest.raises(BadInput, match="照片无法打开"):
        portrait(whole[:-9])
    assert b"<script>" not in portrait(whole + b"<script>")


def test_own_fonts_can_be_forgotten(tmp_path) -> None:  # type: ignore[no-untyped-def]
    use_fonts(tmp_path)
    try:
        assert "何焊平" in words(render_pdf(samples.annex_2()))
    finally:
        use_fonts(None)


def test_a_typeface_of_the_unit_takes_the_part_its_name_says(tmp_path: Path) -> None:
    """The serif under other names stands in for a 楷体 and a 小标宋."""
    plain = Path(BUILT_IN[0]).read_bytes()
    for name in ("Unit KaiTi GB", "XiaoBiaoSongA"):
        renamed = plain.replace("Noto Serif SC".encode("utf-16-be"), name.encode("utf-16-be"))
        (tmp_path / f"{name}.ttf").write_bytes(renamed)
    sheet = lo.Sheet("表题", (lo.Line((("单位", "样例厂"),)), lo.Note("注：小字")), subtitle="副题")
    before = render_pdf(sheet)
    use_fonts(tmp_path)
    try:
        assert parts() == {"title": ["XiaoBiaoSongA"], "body": [], "note": ["Unit KaiTi GB"], "label": []}
        assert words(render_pdf(sheet)) == words(before)
    finally:
        use_fonts(None)
    assert parts()["note"] == []
    assert render_pdf(sheet) == before


def test_a_long_letter_inside_a_labelled_grid_is_whole() -> None:
    letter = "".join(f"其{number}，技艺精湛。" for number in range(500))
    sheet = lo.Sheet(
        "推荐函", (lo.Grid(((lo.Cell("姓名", "温和礼"),), (lo.Cell("推荐信内容", letter, "under"),)), "推荐专家之一"),)
    )
    text = words(render_pdf(sheet))
    assert letter in text.replace("推荐专家之一", "")
    assert text.count("推荐专家之一") == 1


def test_a_table_of_many_rows_and_words_without_gaps_stay_on_the_page() -> None:
    rows = tuple(
        (f"{1980 + at}.9", "至今", "样例" * 9, "averyveryverylongaddressindeed@example.invalid") for at in range(120)
    )
    sheet = lo.Sheet(
        "简历", (lo.Table("个人简历", ("起", "止", "单位", "岗位"), rows), lo.TextBlock("备注", "x" * 3000))
    )
    text = words(render_pdf(sheet))
    assert text.count("averyveryverylongaddressindeed@example.invalid") == 120
    assert "x" * 3000 in text


@pytest.mark.parametrize("lines", range(1, 9))
@pytest.mark.parametrize("layout", ["beside", "under"])
def test_a_seal_never_stands_on_the_words_above_it(lines: int, layout: str) -> None:
    """However full the box is: two millimetres at least between the last line and the foot."""
    cell = lo.OpinionCell("单位意见", "属实\n" * (lines - 1) + "末", min_lines=2, sign="签字：", layout=layout)  # type: ignore[arg-type]
    with pypdfium2.PdfDocument(render_pdf(lo.Sheet("表", (lo.Opinions((cell,)),)))) as document:
        text = document[0].get_textpage()
        said = text.get_text_range()
        last, foot = (text.get_charbox(said.index(one)) for one in ("末", "签"))
    assert last[1] - foot[3] >= 2 * 72 / 25.4


def test_a_row_keeps_room_for_a_pen_beside_a_long_label() -> None:
    def height(label: str) -> float:
        blocks = (lo.TextBlock(label, "", 6), lo.TextBlock("后", "后文", 1))
        with pypdfium2.PdfDocument(render_pdf(lo.Sheet("表", blocks))) as document:
            text = document[0].get_textpage()
            return float(text.get_charbox(text.get_text_range().index("后文"))[3])

    assert height("个人简历（请填写初中以来就业就学情况）") == height("简历")


def test_a_character_no_font_has_is_printed_as_a_mark_to_write_over() -> None:
    made = words(render_pdf(lo.Sheet("表", (lo.Grid(((lo.Cell("工种", "焊工🔥👷\u200d♂\ufe0f✔ñ\U0003134a"),),)),))))
    assert "焊工〓〓♂✔ñ〓" in made


def test_each_part_tells_what_it_is_set_in(tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    use_fonts(None, (folder,))
    try:
        assert faces() == [
            ("小标宋", "思源宋体（描粗）", True),
            ("仿宋", "思源宋体", True),
            ("楷体", "思源宋体", True),
            ("黑体", "思源黑体", True),
        ]
        folder.mkdir()
        old, new = (name.encode("utf-16-be") for name in ("Noto Serif SC", "LXGW WenKaiAB"))
        (folder / "kai.ttf").write_bytes(Path(BUILT_IN[0]).read_bytes().replace(old, new))
        use_fonts(None, (folder,))
        assert faces()[2] == ("楷体", "LXGW WenKaiAB", False)
        assert "副题" in words(render_pdf(lo.Sheet("表题", (lo.Note("注"),), subtitle="副题")))
    finally:
        use_fonts(None)
