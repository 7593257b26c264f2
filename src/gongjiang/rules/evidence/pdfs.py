"""PDF: whole, not locked, and nothing in it that acts or carries other files."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

from gongjiang.kernel.errors import BadInput

MAX_PAGES: Final = 300

_TAIL: Final = 2048
_CHUNK: Final = 1 << 20
_MAX_OBJECTS: Final = 200_000
_MAX_DEPTH: Final = 40

_SCRIPT: Final = "这份 PDF 带有自动执行的脚本或动作，不能上传。请用“打印为 PDF”重新生成后上传。"
_CARRIES: Final = "这份 PDF 夹带了其他文件，不能上传。请用“打印为 PDF”重新生成，附件另行上传。"
_KEYS: Final = {"/JS": _SCRIPT, "/XFA": _SCRIPT, "/EmbeddedFiles": _CARRIES, "/EF": _CARRIES}
_ACTIONS: Final = {"/JavaScript": _SCRIPT, "/Launch": _SCRIPT, "/ImportData": _SCRIPT, "/SubmitForm": _SCRIPT}
_ANNOTATIONS: Final = {"/RichMedia": _CARRIES, "/Movie": _CARRIES, "/Sound": _CARRIES, "/FileAttachment": _CARRIES}
_RAW: Final = {b"/JavaScript": _SCRIPT, b"/Launch": _SCRIPT, b"/EmbeddedFiles": _CARRIES, b"/RichMedia": _CARRIES}
"""Names long enough not to turn up by chance in compressed data: found even where no cross-reference leads to."""


def check_pdf(content: BinaryIO, size: int, max_pages: int = MAX_PAGES) -> int:
    """The number of pages. Raises BadInput: cut short, encrypted, with script, launch action or files inside."""
    content.seek(max(0, size - _TAIL))
    if b"%%EOF" not in content.read():
        raise _damaged()
    _scan_raw(content)
    try:
        content.seek(0)
        reader = PdfReader(content, strict=False)
        if reader.is_encrypted:
            raise BadInput(
                "这份 PDF 设了密码或权限限制，不能上传。请取消限制后重新上传。",
                "The PDF is encrypted; remove its password and restrictions.",
            )
        pages = len(reader.pages)
        for one in _objects(reader):
            _refuse_active(one)
    except (PyPdfError, OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise _damaged() from None
    if pages == 0:
        raise _damaged()
    if pages > max_pages:
        raise BadInput(
            f"这份 PDF 有{pages}页，最多{max_pages}页。请拆分后上传。", f"The PDF has more than {max_pages} pages."
        )
    return pages


def _damaged() -> BadInput:
    return BadInput(
        "PDF 不完整或已损坏，可能没有传完。请重新导出后上传。", "The PDF is damaged or cut short; export it again."
    )


def _scan_raw(content: BinaryIO) -> None:
    content.seek(0)
    overlap = max(map(len, _RAW)) - 1
    kept = b""
    while chunk := content.read(_CHUNK):
        window = kept + chunk
        for name, text in _RAW.items():
            if name in window:
                raise BadInput(text, "The PDF carries scripts, actions or files.")
        kept = window[-overlap:]


def _objects(reader: PdfReader) -> Iterator[PdfObject]:
    """Every object that the cross-reference tables lead to, the trailer first; nothing twice."""
    yield reader.trailer
    ids = {(number, generation) for generation, table in reader.xref.items() for number in table}
    ids.update((number, 0) for number in reader.xref_objStm)
    if len(ids) > _MAX_OBJECTS:
        raise BadInput("这份 PDF 过于复杂，无法检查。请用“打印为 PDF”重新生成后上传。", "Too many objects to check.")
    for number, generation in sorted(ids):
        found = reader.get_object(IndirectObject(number, generation, reader))
        if found is not None:
            yield found


def _refuse_active(top: PdfObject) -> None:
    """Looks at one object and what lies directly in it; references are objects of their own."""
    layer: list[PdfObject] = [top]
    for _ in range(_MAX_DEPTH):
        if not layer:
            return
        below: list[PdfObject] = []
        for one in layer:
            if isinstance(one, DictionaryObject):
                _refuse_dictionary(one)
                below.extend(_direct(one.values()))
            elif isinstance(one, ArrayObject):
                below.extend(_direct(one))
        layer = below
    raise ValueError("nested too deep")


def _direct(values: Iterable[object]) -> Iterator[PdfObject]:
    return (value for value in values if isinstance(value, DictionaryObject | ArrayObject))


def _refuse_dictionary(one: DictionaryObject) -> None:
    text = next((text for key, text in _KEYS.items() if key in one), None)
    text = text or _ACTIONS.get(str(one.get("/S"))) or _ANNOTATIONS.get(str(one.get("/Subtype")))
    if text:
        raise BadInput(text, "The PDF carries scripts, actions or files.")
