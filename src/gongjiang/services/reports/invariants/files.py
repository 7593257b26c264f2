"""Each file row has its bytes with the same hash; each stored file has its row."""

import hashlib
from collections.abc import Iterator
from itertools import chain

from django.core.files.storage import Storage, default_storage

from gongjiang.models import File, InquiryFile, RedactedCopy

NUMBER = 10
LAW = "材料与登记一一对应，内容的哈希一致"


def violations() -> Iterator[str]:
    """Lost or altered bytes, and files that nobody registered."""
    known: set[str] = set()
    rows: Iterator[File | RedactedCopy | InquiryFile] = chain(
        File.objects.order_by("id").iterator(chunk_size=500),
        RedactedCopy.objects.order_by("id").iterator(chunk_size=500),
        InquiryFile.objects.order_by("id").iterator(chunk_size=500),
    )
    for row in rows:
        known.add(row.stored)
        if not default_storage.exists(row.stored):
            yield f"{row}（{row.stored}）：文件不在了"
            continue
        digest = hashlib.sha256()
        with default_storage.open(row.stored) as content:
            while chunk := content.read(1 << 20):
                digest.update(chunk)
        if digest.hexdigest() != row.digest:
            yield f"{row}（{row.stored}）：内容与登记的哈希不符"
    for name in _stored(default_storage, ""):
        if name not in known:
            yield f"{name}：没有登记"


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    if not storage.exists(folder or "."):
        return
    folders, files = storage.listdir(folder)
    for one in sorted(files):
        yield f"{folder}/{one}" if folder else one
    for one in sorted(folders):
        yield from _stored(storage, f"{folder}/{one}" if folder else one)
