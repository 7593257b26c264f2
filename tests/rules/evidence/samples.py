"""Files made for the tests of evidence, byte by byte where no library would make them."""

import random
import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(*, attachment: bytes = b"", password: str = "", action: DictionaryObject | None = None) -> bytes:
    """A PDF of one page, with something in it that should not be there."""
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    if attachment:
        writer.add_attachment("other.bin", attachment)
    if action is not None:
        writer.root_object[NameObject("/OpenAction")] = action
    if password:
        writer.encrypt(password, algorithm="AES-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def action(kind: str) -> DictionaryObject:
    """An action dictionary of a kind such as /Launch."""
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("x")})


def pdf_with_hidden_script() -> bytes:
    """The catalog lies compressed in an object stream and spells its names with escapes."""
    inner = b"<< /Type /Catalog /Pages 3 0 R /OpenAction << /S /J#61vaScript /J#53 (x) >> >> "
    pages = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >> "
    head = f"2 0 3 {len(inner)} ".encode()
    packed = zlib.compress(head + inner + pages)
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    places[1] = len(out)
    sizes = (len(head), len(packed))
    out += b"1 0 obj << /Type /ObjStm /N 2 /First %d /Filter /FlateDecode /Length %d >> stream\n" % sizes
    out += packed + b"\nendstream endobj\n"
    places[4] = len(out)
    out += b"4 0 obj << /Type /Page /Parent 3 0 R /MediaBox [0 0 9 9] >> endobj\n"
    places[5] = start = len(out)
    rows = [
        (0, 0, 65535), (1, places[1], 0), (2, 1, 0), (2, 1, 1), (1, places[4], 0), (1, places[5], 0),
    ]  # fmt: skip
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    out += b"5 0 obj << /Type /XRef /Size 6 /W [1 4 2] /Root 2 0 R /Length %d >> stream\n" % len(table)
    out += table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def picture(kind: str, width: int = 413, height: int = 579, *, position: bool = False, orientation: int = 0) -> bytes:
    """A JPEG or PNG of one colour, with EXIF position and orientation if asked."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    exif = Image.Exif()
    if position:
        exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 49.0, 0.0), 3: "E", 4: (108.0, 19.0, 0.0)})
    if orientation:
        exif[0x0112] = orientation
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def noise(width: int, height: int, seed: int = 1) -> bytes:
    """A PNG in which no byte tells the next: as large as its pixels."""
    image = Image.frombytes("RGB", (width, height), random.Random(seed).randbytes(width * height * 3))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))
    return b"\x89PNG\r\n\x1a\n" + chunk + b"\0\0\0\0IEND\xaeB`\x82"


def box(kind: bytes, body: bytes = b"") -> bytes:
    """A box of an MP4 file."""
    return struct.pack(">I4s", len(body) + 8, kind) + body


def film(seconds: float, *, told: float | None = None, brand: bytes = b"isom", fragmented: bool = False) -> bytes:
    """An MP4 without pictures: headers say `told` seconds, the sample table lasts `seconds`."""
    scale = 1000
    claim = round((seconds if told is None else told) * scale)
    header = struct.pack(">IIIII", 0, 0, 0, scale, claim)
    samples = struct.pack(">III", 0, 1, 1) + struct.pack(">I", round(seconds * scale))
    table = box(b"minf", box(b"stbl", box(b"stts", samples)))
    track = box(b"trak", box(b"mdia", box(b"mdhd", header + b"\0" * 4) + (b"" if fragmented else table)))
    more = box(b"mvex", box(b"mehd", struct.pack(">II", 0, round(seconds * scale)))) if fragmented else b""
    moov = box(b"moov", box(b"mvhd", header + b"\0" * 80) + track + more)
    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + moov + box(b"mdat", b"\0" * 32)


def office(main: str = "wordprocessingml.document.main+xml", **parts: bytes) -> bytes:
    """A docx or xlsx as far as its parts list goes; further parts by name with __ for / and _DOT_ for a dot."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<?xml version="1.0"?><Types><Override ContentType="application/vnd.x.{main}"/></Types>',
        )
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), body)
    return out.getvalue()


def linked() -> bytes:
    """A docx in which a part is a symbolic link."""
    out = BytesIO(office())
    with zipfile.ZipFile(out, "a") as made:
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def archive(*names: str) -> bytes:
    """A plain zip with these names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, b"x")
    return out.getvalue()
