"""What a file is, told by its first bytes; its name is never believed."""

import re
from enum import Enum
from typing import Final


class Kind(Enum):
    """Kinds of bytes that are told apart. The value is the extension a stored file gets."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    MP4 = "mp4"
    DOCX = "docx"
    XLSX = "xlsx"


LABELS: Final[dict[Kind, str]] = {
    Kind.PDF: "PDF",
    Kind.JPEG: "JPG 图片",
    Kind.PNG: "PNG 图片",
    Kind.MP4: "MP4 视频",
    Kind.DOCX: "Word 文档（docx）",
    Kind.XLSX: "Excel 工作簿（xlsx）",
}

IMAGES: Final = frozenset({Kind.JPEG, Kind.PNG})

PACK_WORDS: Final[dict[str, frozenset[Kind]]] = {
    "pdf": frozenset({Kind.PDF}),
    "image": IMAGES,
    "photo": IMAGES,
    "video": frozenset({Kind.MP4}),
    "word": frozenset({Kind.DOCX}),
    "excel": frozenset({Kind.XLSX}),
}
"""The words of a pack's `kinds`, as kinds of bytes."""

HEAD: Final = 4096
"""How many bytes `sniff` wants to see."""

_STARTS: Final[tuple[tuple[bytes, Kind], ...]] = (
    (b"%PDF-", Kind.PDF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
)
_MP4_BRANDS: Final = frozenset(
    {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
)

_FILM: Final = "这种视频或音频格式不能上传。请用常见软件另存为 MP4（H.264）。"
_REFUSED: Final[tuple[tuple[bytes, str], ...]] = (
    (b"PK\x03\x04", "这是压缩包或含宏的 Office 文件，不能上传。请导出为 PDF，或解开后逐个上传。"),
    (b"PK\x05\x06", "这是空的压缩包，不能上传。"),
    (b"Rar!", "这是压缩包，不能上传。请解开后逐个上传。"),
    (b"7z\xbc\xaf", "这是压缩包，不能上传。请解开后逐个上传。"),
    (b"\x1f\x8b", "这是压缩包，不能上传。请解开后逐个上传。"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Office 或 WPS 文件（doc、xls、wps），不能上传。请另存为 docx 或导出为 PDF。"),
    (b"{\\rtf", "这是 RTF 文档，不能上传。请导出为 PDF。"),
    (b"GIF8", "GIF 图片不能上传。请另存为 JPG 或 PNG。"),
    (b"II*\0", "TIFF 图片不能上传。请另存为 JPG、PNG 或 PDF。"),
    (b"MM\0*", "TIFF 图片不能上传。请另存为 JPG、PNG 或 PDF。"),
    (b"BM", "BMP 图片不能上传。请另存为 JPG 或 PNG。"),
    (b"\x30\x26\xb2\x75", _FILM),
    (b"\x1a\x45\xdf\xa3", _FILM),
    (b"FLV", _FILM),
    (b"MZ", "这是程序文件，不能上传。"),
    (b"\x7fELF", "这是程序文件，不能上传。"),
    (b"#!", "这是程序文件，不能上传。"),
)
_RIFF: Final[dict[bytes, str]] = {b"WEBP": "WebP 图片不能上传。请另存为 JPG 或 PNG。", b"AVI ": _FILM}
"""By the bytes after the length of a RIFF file."""
_OFD: Final = "这是 OFD 版式文件，不能上传。请导出为 PDF。"
_OFFICE: Final = "这是 Word、Excel 等 Office 文件，这里不收。请导出为 PDF 后上传。"
_OFFICE_PARTS: Final = (b"[Content_Types].xml", b"_rels/.rels", b"word/", b"xl/", b"ppt/")
_SVG: Final = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_MARKUP: Final = re.compile(rb"^\s*(<\?xml|<!--|<!doctype|<html|<head|<body|<script|MIME-Version:)", re.IGNORECASE)


def sniff(head: bytes) -> Kind | None:
    """The kind of a file by its first `HEAD` bytes; None for what is not taken, archives included."""
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return Kind.MP4
    return None


def looks_like_office(head: bytes) -> bool:
    """May these be the first bytes of a docx or xlsx? Only its content tells (archives.office_kind)."""
    return head.startswith(b"PK\x03\x04")


def why_refused(head: bytes) -> str:
    """What the person should know about a file of no accepted kind."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if _SVG.search(plain):
        return "SVG 图片可以夹带程序，不能上传。请另存为 JPG 或 PNG。"
    if _MARKUP.match(plain):
        return "这是网页或 XML 文件，不能上传。请打印为 PDF 后上传。"
    if head[4:8] == b"ftyp":
        return _why_brand_refused(head[8:12])
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return _RIFF[head[8:12]]
    if head.startswith(b"PK\x03\x04"):
        name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
        if name == b"OFD.xml" or b"/Doc_0/" in head or name.startswith(b"Doc_0/"):
            return _OFD
        if name.startswith(_OFFICE_PARTS):
            return _OFFICE
    for start, text in _REFUSED:
        if head.startswith(start):
            return text
    return "认不出这个文件的格式，可能已损坏，或改过扩展名。"


def _why_brand_refused(brand: bytes) -> str:
    if brand[:3] in (b"hei", b"hev", b"mif", b"avi"):
        return "手机的 HEIC、AVIF 照片不能上传。请另存为 JPG，或把相机格式设为“兼容性最佳”。"
    return _FILM
