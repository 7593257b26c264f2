"""Page codes read back from true round trips: printed, drawn, turned, scaled, made noisy as scanners do."""

import random
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageFilter

from gongjiang.documents import layout as lo
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.papers.page_code import ReadCode, parse_payload, parse_typed
from gongjiang.rules.papers.scan import codes_in
from gongjiang.rules.papers.staleness import Mark, changed_boxes

CODE = lo.PageCode("nanning-2026/county_sheet", "2026-001-00001", "3", "1a2b3c4d5e6f7081" + "0" * 48)
READ = ReadCode("county_sheet", "2026-001-00001", "3", "1a2b3c4d5e6f7081")
SHEET = lo.Sheet(
    "推荐部门意见表",
    (
        lo.Grid(((lo.Cell("姓名", "何焊平"), lo.Cell("工作单位", "澜江重工有限公司")),)),
        lo.Opinions((lo.OpinionCell("工信部门意见"), lo.OpinionCell("科技部门意见"))),
    ),
    code=CODE,
)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(SHEET)


@pytest.fixture(scope="module")
def page(printed: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(printed)
    return document[0].render(scale=200 / 72).to_pil().convert("RGB")


def jpeg(image: Image.Image, quality: int = 75) -> bytes:
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=quality)
    return out.getvalue()


def noisy(image: Image.Image) -> Image.Image:
    grain = Image.frombytes("L", image.size, random.Random(7).randbytes(image.width * image.height))
    return Image.blend(image.convert("L"), grain, 0.25)


def scanned(image: Image.Image) -> bytes:
    """A PDF that holds nothing but the picture, as scanners make it."""
    out = BytesIO()
    image.convert("RGB").save(out, "PDF", resolution=200)
    return out.getvalue()


def test_the_print_itself(printed: bytes) -> None:
    assert codes_in(printed, "pdf") == (READ,)


@pytest.mark.parametrize("turn", [-3.0, 1.5, 90, 180, 187.0])
def test_turned_a_little_or_on_its_head(page: Image.Image, turn: float) -> None:
    assert codes_in(jpeg(page.rotate(turn, expand=True, fillcolor="white")), "jpg") == (READ,)


def test_photographed_from_below_at_an_angle_on_a_dark_table(page: Image.Image) -> None:
    """The far edge a fifth shorter than the near one, as a sheet lies before a telephone."""
    width, height = page.size
    lean = width * 0.12
    corners = (-lean, -height * 0.1, 0, height, width, height, width + lean, 0)
    seen = page.transform(
        (width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(90, 70, 50)
    )
    assert codes_in(jpeg(seen, 70), "jpg") == (READ,)


@pytest.mark.parametrize("scale", [0.6, 0.8, 1.7])
def test_scaled(page: Image.Image, scale: float) -> None:
    size = (round(page.width * scale), round(page.height * scale))
    assert codes_in(jpeg(page.resize(size)), "jpg") == (READ,)


def test_grey_noisy_turned_and_compressed(page: Image.Image) -> None:
    spoilt = noisy(page.rotate(1.2, expand=True, fillcolor="white")).filter(ImageFilter.GaussianBlur(0.8))
    assert codes_in(jpeg(spoilt, 40), "jpg") == (READ,)
    assert codes_in(scanned(spoilt), "pdf") == (READ,)


def test_what_has_no_code_or_cannot_be_drawn_shows_none(page: Image.Image) -> None:
    assert codes_in(jpeg(Image.new("RGB", (800, 1100), "white")), "jpg") == ()
    assert codes_in(b"%PDF-1.7 broken", "pdf") == ()
    assert codes_in(b"\xff\xd8\xff broken", "jpg") == ()


@pytest.mark.parametrize(
    "text", ["", "https://x.cn/", "GJ1|a|b", "GJ1|p/f|2026-001-00001|3|xyz", "GJ2|p/f|n|3|1a2b3c4d"]
)
def test_other_codes_are_not_ours(text: str) -> None:
    assert parse_payload(text) is None


@pytest.mark.parametrize(
    "text",
    ["2026-001-00001　第3版　1a2b3c4d", " 2026-001-00001 第 3 版 1A2B3C4D ", "1a2b3c4d 2026-001-00001", CODE.payload],
)
def test_the_small_print_typed_in(text: str) -> None:
    found = parse_typed(text)
    assert (found.case_no, found.mark[:8]) == ("2026-001-00001", "1a2b3c4d")


@pytest.mark.parametrize("text", ["", "何焊平", "2026-001-00001", "1a2b3c4d", "2026-001-00001 1a2b3c4d 5e6f7081"])
def test_half_a_code_is_asked_for_again(text: str) -> None:
    with pytest.raises(BadInput, match="请照原样输入"):
        parse_typed(text)


def test_what_changed_is_named_and_what_was_left_for_a_pen_may_be_filled() -> None:
    printed = [
        Mark("姓名", "a"),
        Mark("职务", "b"),
        Mark("工信部门意见", "c", True),
        Mark("电话", "d"),
        Mark("电话", "e"),
    ]
    assert changed_boxes(printed, printed) == ()
    now = [Mark("姓名", "a"), Mark("职务", "x"), Mark("工信部门意见", "y"), Mark("电话", "d"), Mark("电话", "z")]
    assert changed_boxes(printed, now) == ("职务", "电话")
    assert changed_boxes(printed, printed[:1]) == ("职务", "电话")
    assert changed_boxes(printed[:1], printed) == ("职务", "电话")
    assert changed_boxes([Mark("意见", "c")], [Mark("意见", "d")]) == ("意见",)
