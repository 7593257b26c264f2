"""Zip containers (docx, xlsx, backups): listed and weighed before anything is unpacked."""

import stat
import zlib
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.evidence.kinds import Kind

MAX_UNPACKED: Final = 200_000_000
MAX_ENTRIES: Final = 5_000
MAX_RATIO: Final = 200
_SMALL: Final = 1_000_000
_CONTENT_TYPES: Final = "[Content_Types].xml"
_MAIN_TYPES: Final = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_PEEK: Final = 65_536


def check_archive(content: BinaryIO, max_unpacked: int = MAX_UNPACKED) -> ZipFile:
    """The archive, opened, if it is safe to unpack: no bomb, no path outside, no link, no lock.

    Raises BadInput otherwise. Sizes are the declared ones, which the zip reader enforces when reading.
    """
    try:
        content.seek(0)
        archive = ZipFile(content)
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput("压缩包不完整或已损坏。请重新导出后上传。", "The archive is damaged or cut short.") from None
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > max_unpacked:
        raise _bomb()
    for entry in entries:
        _check_entry(entry)
    return archive


def office_kind(content: BinaryIO) -> Kind:
    """DOCX or XLSX, by the main part it declares. Raises BadInput for macros, embedded programs, other archives."""
    archive = check_archive(content)
    names = archive.namelist()
    if _CONTENT_TYPES not in names:
        raise BadInput("这是压缩包，不能上传。请解开后逐个上传。", "Archives are not taken; unpack it first.")
    types = _read(archive, _CONTENT_TYPES, _SMALL)
    lower = [name.lower() for name in names]
    if b"macroenabled" in types.lower() or any("vbaproject" in name for name in lower):
        raise BadInput("文件带有宏（如 docm、xlsm），不能上传。请另存为不含宏的格式，或导出为 PDF。", "Macros inside.")
    if any("/activex/" in name or "/embeddings/oleobject" in name for name in lower):
        raise BadInput("文件嵌有控件或程序对象，不能上传。请导出为 PDF 后上传。", "Embedded objects inside.")
    for name in names:
        if name.lower().endswith((".xml", ".rels")) and b"<!DOCTYPE" in _peek(archive, name):
            raise BadInput("文件内容含有实体定义，可能有害，不能上传。请导出为 PDF 后上传。", "XML entities inside.")
    if b"attachedTemplate" in _read(archive, "word/_rels/settings.xml.rels", _SMALL):
        raise BadInput("文档链接了外部模板，不能上传。请导出为 PDF 后上传。", "The document loads an outside template.")
    kind = next((kind for mark, kind in _MAIN_TYPES.items() if mark in types), None)
    if kind is None:
        raise BadInput("这不是 Word 或 Excel 文件。请导出为 PDF 后上传。", "Neither a Word nor an Excel file.")
    return kind


def _check_entry(entry: ZipInfo) -> None:
    parts = entry.filename.replace("\\", "/").split("/")
    if parts[0] == "" or ".." in parts or ":" in parts[0]:
        raise BadInput("压缩包里的路径越出了目录，不能使用。", "A path in the archive leads outside.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadInput("压缩包里有符号链接，不能使用。", "The archive holds a symbolic link.")
    if entry.flag_bits & 0x1:
        raise BadInput("文件设了密码，不能使用。请取消密码后重新上传。", "The archive is locked with a password.")
    if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise _bomb()


def _bomb() -> BadInput:
    return BadInput("文件解开后过大，疑似压缩炸弹，不能使用。", "Unpacked, the file would be far too large.")


def _peek(archive: ZipFile, name: str) -> bytes:
    """The first bytes of a part, where a document type must stand; UTF-16 reads like ASCII."""
    return _read(archive, name, _PEEK).replace(b"\0", b"")


def _read(archive: ZipFile, name: str, limit: int) -> bytes:
    if name not in archive.namelist():
        return b""
    try:
        with archive.open(name) as part:
            return part.read(limit)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        raise BadInput("文件不完整或已损坏。请重新导出后上传。", "A part of the file is damaged.") from None
