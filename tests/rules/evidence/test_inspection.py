"""Uploaded bytes: what is taken, what is refused, and what the person is told."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.evidence import samples

from gongjiang.rules.evidence.inspection import Inspection, Limits, inspect
from gongjiang.rules.evidence.kinds import PACK_WORDS, Kind

ALL = frozenset(Kind)
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
PAPERS = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG})


def look(content: bytes, name: str = "材料.pdf", allowed: frozenset[Kind] = PAPERS, **limits: int) -> Inspection:
    return inspect(name, BytesIO(content), allowed, Limits(**limits))


def refusal(found: Inspection) -> str:
    assert not found.decision.allowed
    return found.decision.reasons[0].text


@pytest.mark.parametrize(
    ("content", "name", "kind", "kept"),
    [
        (samples.pdf(), "事迹.PDF", Kind.PDF, "事迹.pdf"),
        (samples.picture("JPEG"), "照片.jpeg", Kind.JPEG, "照片.jpg"),
        (samples.picture("PNG"), "证书.pdf", Kind.PNG, "证书.png"),
        (samples.film(299), "视频.mp4", Kind.MP4, "视频.mp4"),
        (samples.office(), "事迹.docx", Kind.DOCX, "事迹.docx"),
        (samples.office("spreadsheetml.sheet.main+xml"), "汇总表.xlsx", Kind.XLSX, "汇总表.xlsx"),
    ],
)
def test_what_is_taken_is_told_by_its_bytes(content: bytes, name: str, kind: Kind, kept: str) -> None:
    found = look(content, name, ALL)
    assert found.decision.allowed, found.decision
    assert (found.kind, found.name, found.size) == (kind, kept, len(content))


def test_measures() -> None:
    assert look(samples.pdf()).pages == 1
    found = look(samples.picture("JPEG", 40, 60))
    assert (found.width, found.height) == (40, 60)
    found = look(samples.picture("JPEG", 40, 60, orientation=6))
    assert (found.width, found.height) == (60, 40)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的（0字节）"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "SVG 图片可以夹带程序"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><svg >", "SVG 图片可以夹带程序"),
        (b"<!DOCTYPE html><html>", "这是网页或 XML 文件"),
        (b"PK\x03\x04rest", "这是压缩包或含宏的 Office 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这是旧版 Office 或 WPS 文件"),
        (b"GIF89a", "GIF 图片不能上传"),
        (b"MZ\x90", "这是程序文件"),
        (samples.film(10, brand=b"heic"), "HEIC"),
        (samples.film(10, brand=b"qt  "), "请用常见软件另存为 MP4"),
        (b"hello", "认不出这个文件的格式"),
        (b"\0\0%PDF-1.4", "认不出这个文件的格式"),
        (samples.film(10), "这是MP4 视频，这里只能上传：PDF、JPG 图片、PNG 图片。"),
    ],
)
def test_what_is_not_taken(content: bytes, said: str) -> None:
    text = refusal(look(content, "照片.jpg"))
    assert said in text
    assert text.startswith("“照片.jpg”：")


TAKEN = "这里可以上传：PDF、JPG 图片、PNG 图片。"
FILM = "这种视频或音频格式不能上传。请用常见软件另存为 MP4（H.264）。"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的（0字节），请重新选择。"),
        (b"<svg xmlns='a'></svg>", f"SVG 图片可以夹带程序，不能上传。请另存为 JPG 或 PNG。{TAKEN}"),
        (b"<!-- a --><html>", f"这是网页或 XML 文件，不能上传。请打印为 PDF 后上传。{TAKEN}"),
        (b"MZ\x90", f"这是程序文件，不能上传。{TAKEN}"),
        (b"#!/bin/sh\n", f"这是程序文件，不能上传。{TAKEN}"),
        (b"RIFF\0\0\0\0WEBPVP8 ", f"WebP 图片不能上传。请另存为 JPG 或 PNG。{TAKEN}"),
        (b"II*\0", f"TIFF 图片不能上传。请另存为 JPG、PNG 或 PDF。{TAKEN}"),
        (b"BM\0\0", f"BMP 图片不能上传。请另存为 JPG 或 PNG。{TAKEN}"),
        (
            samples.film(1, brand=b"mif1"),
            f"手机的 HEIC、AVIF 照片不能上传。请另存为 JPG，或把相机格式设为“兼容性最佳”。{TAKEN}",
        ),
        (b"RIFF\0\0\0\0AVI LIST", f"{FILM}{TAKEN}"),
        (b"\x1a\x45\xdf\xa3", f"{FILM}{TAKEN}"),
        (b"{\\rtf1", f"这是 RTF 文档，不能上传。请导出为 PDF。{TAKEN}"),
        (samples.archive("OFD.xml"), f"这是 OFD 版式文件，不能上传。请导出为 PDF。{TAKEN}"),
        (samples.office(), f"这是 Word、Excel 等 Office 文件，这里不收。请导出为 PDF 后上传。{TAKEN}"),
        (
            samples.archive("a.txt"),
            f"这是压缩包或含宏的 Office 文件，不能上传。请导出为 PDF，或解开后逐个上传。{TAKEN}",
        ),
        (samples.pdf()[:-40], "PDF 不完整或已损坏，可能没有传完。请重新导出后上传。"),
        (samples.pdf(password="x"), "这份 PDF 设了密码或权限限制，不能上传。请取消限制后重新上传。"),
        (
            samples.pdf(action=samples.action("/Launch")),
            "这份 PDF 带有自动执行的脚本或动作，不能上传。请用“打印为 PDF”重新生成后上传。",
        ),
        (
            samples.pdf(attachment=b"MZ"),
            "这份 PDF 夹带了其他文件，不能上传。请用“打印为 PDF”重新生成，附件另行上传。",
        ),
        (samples.pdf() + samples.archive("a.txt"), "文件尾部夹带了压缩包，不能上传。请重新导出后上传。"),
        (
            b"\xff\xd8\xff\xfe\x00\x0a%PDF-1.4" + samples.picture("JPEG")[2:],
            "文件里夹带了另一种格式，不能上传。请重新导出后上传。",
        ),
        (
            samples.png_header(60_000, 60_000),
            "图片太大：60000×60000像素，最多50百万像素。请缩小后再上传。",
        ),
    ],
)
def test_the_very_words_of_a_refusal(content: bytes, said: str) -> None:
    assert refusal(look(content, "材料.pdf")) == f"“材料.pdf”：{said}"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            samples.office("macroEnabled.main+xml"),
            "文件带有宏（如 docm、xlsm），不能上传。请另存为不含宏的格式，或导出为 PDF。",
        ),
        (samples.office(word__a_DOT_xml=b"\0" * 3_000_000), "文件解开后过大，疑似压缩炸弹，不能使用。"),
        (samples.archive("../a.txt"), "压缩包里的路径越出了目录，不能使用。"),
        (samples.linked(), "压缩包里有符号链接，不能使用。"),
        (
            samples.office("spreadsheetml.sheet.main+xml", xl__workbook_DOT_xml=LAUGHS),
            "文件内容含有实体定义，可能有害，不能上传。请导出为 PDF 后上传。",
        ),
    ],
)
def test_the_very_words_of_a_refusal_where_word_is_taken(content: bytes, said: str) -> None:
    assert refusal(look(content, "材料.docx", PACK_WORDS["word"])) == f"“材料.docx”：{said}"


@pytest.mark.ledger("G-09")
def test_a_second_less_than_five_minutes_and_a_second_more() -> None:
    assert look(samples.film(299), allowed=PACK_WORDS["video"], max_seconds=300).seconds == 299
    for film in (samples.film(301), samples.film(301, told=10)):
        said = refusal(look(film, "视频.mp4", PACK_WORDS["video"], max_seconds=300))
        assert said == "“视频.mp4”：视频长5分1秒，不得超过5分钟。请剪短后再上传。"


def test_too_large() -> None:
    assert "文件有1.1 MB，最多1 MB" in refusal(look(b"%PDF-" + b"x" * 1_050_000, max_bytes=1_000_000))


def test_a_film_may_be_larger_than_what_is_none() -> None:
    film = samples.film(10) + samples.box(b"free", b"x" * 1_000_000)
    assert look(film, allowed=ALL, max_bytes=500_000, film_bytes=2_000_000).decision.allowed
    assert "最多0.5 MB" in refusal(
        look(samples.pdf() + b"x" * 600_000, allowed=ALL, max_bytes=500_000, film_bytes=2_000_000)
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (samples.pdf(action=samples.action("/JavaScript")), "带有自动执行的脚本或动作"),
        (samples.pdf(action=samples.action("/Launch")), "带有自动执行的脚本或动作"),
        (samples.pdf(action=samples.action("/SubmitForm")), "带有自动执行的脚本或动作"),
        (samples.pdf_with_hidden_script(), "带有自动执行的脚本或动作"),
        (samples.pdf(attachment=b"MZ"), "夹带了其他文件"),
        (samples.pdf(password="x"), "设了密码或权限限制"),
        (samples.pdf()[:-40], "不完整或已损坏"),
        (b"%PDF-1.4\ngarbage\n%%EOF", "不完整或已损坏"),
        (samples.pdf() + samples.archive("a.txt"), "尾部夹带了压缩包"),
    ],
)
def test_pdfs_that_act_carry_or_are_broken(content: bytes, said: str) -> None:
    assert said in refusal(look(content))


def test_pages() -> None:
    assert "有1页，最多0页" in refusal(look(samples.pdf(), max_pages=0))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (samples.png_header(60_000, 60_000), "图片太大：60000×60000像素，最多50百万像素"),
        (samples.png_header(10, 10), "图片不完整或已损坏"),
        (samples.png_header(0, 10), "图片不完整或已损坏"),
        (samples.picture("JPEG")[:200], "图片不完整或已损坏"),
        (samples.picture("PNG")[:-60], "图片不完整或已损坏"),
        (b"\xff\xd8\xff\xe0", "图片不完整或已损坏"),
        (samples.picture("PNG") + samples.archive("a.txt"), "尾部夹带了压缩包"),
        (b"\xff\xd8\xff\xfe\x00\x0a%PDF-1.4" + samples.picture("JPEG")[2:], "夹带了另一种格式"),
    ],
)
def test_pictures_that_are_bombs_broken_or_two_in_one(content: bytes, said: str) -> None:
    assert said in refusal(look(content))


@pytest.mark.ledger("G-09")
@pytest.mark.parametrize("film", [samples.film(300), samples.film(300.04), samples.film(300, fragmented=True)])
def test_a_film_of_five_minutes(film: bytes) -> None:
    assert look(film, allowed=PACK_WORDS["video"], max_seconds=300).seconds == 300


@pytest.mark.ledger("G-09")
@pytest.mark.parametrize("film", [samples.film(360), samples.film(360, told=10), samples.film(10, told=360)])
def test_a_film_of_six_minutes_even_if_a_header_lies(film: bytes) -> None:
    said = refusal(look(film, "视频.mp4", PACK_WORDS["video"], max_seconds=300))
    assert said == "“视频.mp4”：视频长6分钟，不得超过5分钟。请剪短后再上传。"


@pytest.mark.parametrize(
    ("film", "said"),
    [
        (samples.film(10)[:-10], "视频不完整或已损坏"),
        (samples.box(b"ftyp", b"isom\0\0\0\0"), "视频不完整或已损坏"),
        (samples.film(0), "读不出视频时长"),
    ],
)
def test_films_cut_short_or_silent_about_their_length(film: bytes, said: str) -> None:
    assert said in refusal(look(film, allowed=PACK_WORDS["video"]))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (samples.office("macroEnabled.main+xml"), "带有宏"),
        (samples.office(word__vbaProject_DOT_bin=b"x"), "带有宏"),
        (samples.office(word__activeX__a_DOT_bin=b"x"), "嵌有控件"),
        (samples.office(word__document_DOT_xml=b"<?xml?><!DOCTYPE a [<!ENTITY b 'c'>]>"), "含有实体定义"),
        (samples.office(word___rels__settings_DOT_xml_DOT_rels=b"attachedTemplate"), "链接了外部模板"),
        (samples.office("presentationml.presentation.main+xml"), "这不是 Word 或 Excel 文件"),
        (samples.office(word__a_DOT_xml=b"\0" * 3_000_000), "疑似压缩炸弹"),
        (samples.archive("a.txt"), "这是压缩包，不能上传"),
        (samples.archive("../a.txt"), "路径越出了目录"),
        (samples.archive("/etc/a"), "路径越出了目录"),
        (samples.office()[:-30], "压缩包不完整或已损坏"),
        (samples.linked(), "有符号链接"),
        (samples.office("spreadsheetml.sheet.main+xml", xl__workbook_DOT_xml=LAUGHS), "含有实体定义"),
        (samples.office(word__document_DOT_xml=LAUGHS.decode().encode("utf-16")), "含有实体定义"),
        (samples.office(**{f"word__a{n}_DOT_xml": b"" for n in range(5001)}), "疑似压缩炸弹"),
    ],
)
def test_office_files_and_archives(content: bytes, said: str) -> None:
    assert said in refusal(look(content, "材料.docx", PACK_WORDS["word"]))


def test_a_comment_in_xml_is_no_entity() -> None:
    content = samples.office(word__document_DOT_xml="<!-- 第一稿 --><w:document/>".encode())
    assert look(content, "材料.docx", PACK_WORDS["word"]).decision.allowed


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\0\0\0\x20ftypisom", b"PK\x03\x04"]),
)
def test_noise_is_refused_and_never_breaks_anything(noise: bytes, start: bytes) -> None:
    assert not look(start + noise, allowed=ALL).decision.allowed


NAMES = [
    "照片\r\nSet-Cookie: a=b.jpg",
    "工" * 255 + ".jpg",
    "..\\..\\照片.jpg",
    "\u202egpj.exe",
    "{{ 7*7 }}<script>.jpg",
    "",
]


@pytest.mark.parametrize("name", NAMES, ids=["crlf", "255", "folders", "turned", "template", "none"])
def test_a_strange_name_is_told_harmlessly_and_the_content_judged_all_the_same(name: str) -> None:
    taken = look(samples.picture("JPEG"), name)
    assert taken.decision.allowed
    assert taken.name.endswith(".jpg")
    told = refusal(look(b"", name))
    assert told.endswith("文件是空的（0字节），请重新选择。")
    for text in (taken.name, told):
        assert not set(text) & set("\r\n\u202e<>/\\")
    assert len(taken.name.encode()) <= 200


REFUSED = [
    b"", b"<svg>", b"<html>", b"PK\x03\x04", b"MZ", b"GIF89a", b"hello", samples.film(10, brand=b"heic"),
    samples.pdf(password="x"), samples.pdf(attachment=b"x"), samples.pdf()[:-40], samples.pdf() + samples.archive("a"),
    samples.png_header(60_000, 60_000), samples.picture("PNG")[:-60], samples.film(10),
]  # fmt: skip


@pytest.mark.parametrize("content", REFUSED)
def test_every_refusal_names_the_file_and_says_what_to_do(content: bytes) -> None:
    told = refusal(look(content, "材料.pdf"))
    assert told.startswith("“材料.pdf”：")
    assert any(word in told for word in ("请", "这里可以上传", "这里只能上传"))
