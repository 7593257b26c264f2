"""Files for rehearsals: small, real of their kind, and plainly specimens."""

import struct
from functools import cache, lru_cache
from io import BytesIO
from random import Random

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from gongjiang.documents.docx import render_docx
from gongjiang.documents.layout import Cell, Grid, Note, Sheet, TextBlock
from gongjiang.documents.pdf import render_pdf
from gongjiang.rules.nominations.form_plan_parts import FilesAsked

SKINS = ((214, 170, 140), (200, 152, 120), (226, 184, 156))
SPECIMEN = "样例材料，由平台生成，仅供演示和试运行，不是真实文件。"
COATS = ((45, 62, 92), (92, 48, 42), (52, 84, 70), (70, 70, 78))


def specimen(asked: FilesAsked, n: int, *, printed: bool = False, piece: int = 0) -> tuple[str, bytes]:
    """A file that this attachment takes: its name and its bytes, no two alike but for those of the same `n` and
    `piece`. `printed`: a PDF that people will look at, instead of the smallest there is (which is always the same)."""
    one = asked.attachment
    label = "".join(char for char in one.shown if char not in '/\\:*?"<>|“”')[:40]
    if one.photo is not None:
        return f"{label}.jpg", portrait(n)
    if "pdf" in one.kinds:
        return f"{label}.pdf", marked(paper(one.shown), 100 * n + piece) if printed else leaf()
    if "image" in one.kinds:
        return f"{label}.jpg", portrait(n + piece)
    if "video" in one.kinds:
        return f"{label}.mp4", film(60, 100 * n + piece)
    return f"{label}.docx", word(one.shown)


@cache
def portrait(n: int) -> bytes:
    """A drawn head and shoulders on white, 2寸; no two alike."""
    hair, n = 38 + n // 12 * 9 % 160, n % 12
    image = Image.new("RGB", (315, 441), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.pieslice((27, 300, 288, 620), 180, 360, fill=COATS[n % len(COATS)])
    draw.rectangle((134, 250, 181, 330), fill=SKINS[n % len(SKINS)])
    draw.ellipse((92, 90, 223, 280), fill=SKINS[n % len(SKINS)])
    draw.pieslice((86, 76, 229, 250), 175 - n, 365 + n, fill=(hair, 34, 32))
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


@cache
def paper(title: str) -> bytes:
    """One page that says what it stands for."""
    lines = Grid(
        (
            (Cell("材料名称", title, span=0),),
            (Cell("出具单位", "青屿样例单位"), Cell("页数", "1页")),
        )
    )
    text = f"这一页代替“{title}”的扫描件。办理时，这里是加盖公章的原件；评审和审核的人在这里看清内容，再核对表中所填。"
    return render_pdf(Sheet(title, (Note(SPECIMEN), lines, TextBlock("内容", text, min_lines=24))))


@lru_cache(maxsize=64)
def marked(page: bytes, n: int) -> bytes:
    """The paper with a pattern of squares at its foot, another one for each `n`: pages of nominees look unlike."""
    chance = Random(n)  # noqa: S311  a pattern, no secret
    document = pypdfium2.PdfDocument(page)
    first = document[0]
    for k in range(60):
        if chance.random() < 0.5:
            square = pdfium.FPDFPageObj_CreateNewRect(330 + 22 * (k % 10), 90 + 22 * (k // 10), 20, 20)
            pdfium.FPDFPageObj_SetFillColor(square, 140, 140, 140, 255)
            pdfium.FPDFPath_SetDrawMode(square, pdfium.FPDF_FILLMODE_WINDING, False)
            pdfium.FPDFPage_InsertObject(first, square)
    first.gen_content()
    out = BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@cache
def leaf() -> bytes:
    """One page with one word on it: as small as a PDF can be."""
    page = "/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    words = b"BT /F 28 Tf 72 760 Td (SPECIMEN) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<<{page}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (n, one)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in places)
    return bytes(out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start)


@cache
def film(seconds: int, n: int = 0) -> bytes:
    """An MP4 of this length, without pictures; `n` makes its bytes differ."""
    scale = 1000
    head = struct.pack(">IIIII", 0, 0, 0, scale, seconds * scale)
    times = struct.pack(">IIII", 0, 1, 1, seconds * scale)
    table = _box(b"minf", _box(b"stbl", _box(b"stts", times)))
    track = _box(b"trak", _box(b"mdia", _box(b"mdhd", head + b"\0" * 4) + table))
    moov = _box(b"moov", _box(b"mvhd", head + b"\0" * 80) + track)
    return _box(b"ftyp", b"isom\0\0\2\0isom") + moov + _box(b"mdat", struct.pack(">Q", n) * 4)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, kind) + body


@cache
def word(title: str) -> bytes:
    """A Word page that says what it stands for."""
    return render_docx(Sheet(title, (Note(SPECIMEN),)))
