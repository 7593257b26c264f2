"""Receipts: one file that stands for a payment or for many, kept sealed beside the files of cases."""

import secrets
from io import BytesIO
from typing import BinaryIO

from gongjiang.kernel.errors import NotFound, Unstored
from gongjiang.services.evidence import storage

Scan = tuple[str, str, int | None, bytes]
"""What own.clean_scan gives: a safe name, the kind, pages, bytes."""


def keep_receipt(scan: Scan | None, area: str) -> dict[str, str]:
    """Its three columns (`receipt`, `format`, `stored`); none for no file. Unstored where there is no room."""
    if scan is None:
        return {}
    name, kind, _, data = scan
    try:
        stored = storage.keep(f"{secrets.token_hex(16)}.{kind}", BytesIO(data), area)
    except OSError as error:
        raise Unstored(place=name) from error
    return {"receipt": name[:160], "format": kind, "stored": stored}


def drop_receipt(kept: dict[str, str], area: str) -> None:
    """Leave nothing behind where the step that it belonged to failed."""
    if kept:
        storage.drop(kept["stored"], area)


def open_bytes(stored: str, area: str) -> BinaryIO:
    """Its bytes; NotFound where there are none."""
    if not stored:
        raise NotFound()
    try:
        return storage.opened(stored, area)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.") from None
