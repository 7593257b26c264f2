"""Each file row has its bytes with the same hash; each stored file has its row."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

from django.db.models import Q, QuerySet

from gongjiang.kernel.sealing import SealBroken
from gongjiang.models import (
    BenefitGrant,
    Bestowal,
    CultivationFile,
    File,
    InquiryFile,
    MediaPiece,
    NoticePosting,
    ObjectionFile,
    ProfileFile,
    Recognised,
    RedactedCopy,
    Spending,
)
from gongjiang.services.cultivation.files import AREA as CULTIVATION
from gongjiang.services.cultivation.profile.queries import AREA as PROFILES
from gongjiang.services.cultivation.publicity.queries import AREA as PUBLICITY
from gongjiang.services.evidence import storage as kept
from gongjiang.services.funds.spend import AREA as VOUCHERS
from gongjiang.services.honours.bestowals import AREA as RECEIPTS
from gongjiang.services.public_notices.objection_files import AREA as OBJECTIONS
from gongjiang.services.public_notices.postings import AREA as POSTINGS

NUMBER = 10
LAW = "材料与登记一一对应，内容的哈希一致"

NAMES: Final = {
    RECEIPTS: "收据",
    VOUCHERS: "凭证",
    OBJECTIONS: "异议材料",
    PROFILES: "风采展示",
    PUBLICITY: "宣传报道",
    POSTINGS: "刊登照片",
    CULTIVATION: "培育材料",
}


def violations() -> Iterator[str]:
    """Lost or altered bytes, and files that nobody registered."""
    gone = Q(recognised=Recognised.CARD, removed_at__isnull=False)  # an identity card, turned back with its bytes
    yield from _of_area(kept.FILES, (File.objects.exclude(gone), RedactedCopy.objects.all(), InquiryFile.objects.all()))
    yield from _of_area(RECEIPTS, (Bestowal.objects.exclude(stored=""),))
    yield from _of_area(VOUCHERS, (BenefitGrant.objects.exclude(stored=""), Spending.objects.exclude(stored="")))
    yield from _of_area(OBJECTIONS, (ObjectionFile.objects.all(),))
    yield from _of_area(POSTINGS, (NoticePosting.objects.exclude(stored=""),))
    yield from _of_area(PROFILES, (ProfileFile.objects.all(),))
    yield from _of_area(PUBLICITY, (MediaPiece.objects.exclude(stored=""),))
    yield from _of_area(CULTIVATION, (CultivationFile.objects.all(),))


def _of_area(area: str, rows: Iterable[QuerySet[Any]]) -> Iterator[str]:
    known: set[str] = set()
    for row in chain.from_iterable(one.order_by("id").iterator(chunk_size=500) for one in rows):
        known.add(row.stored)
        called = f"{NAMES[area]} {row.pk}" if area in NAMES else str(row)
        try:
            found = _digest(row.stored, area)
        except FileNotFoundError:
            yield f"{called}（{row.stored}）：文件不在了"
            continue
        except SealBroken:
            yield f"{called}（{row.stored}）：内容已损坏，解不开"
            continue
        if found != getattr(row, "digest", found):  # receipts have none: what they were sealed with tells
            yield f"{called}（{row.stored}）：内容与登记的哈希不符"
    for name in kept.names(area):
        if name not in known:
            yield f"{area + '/' if area else ''}{name}：没有登记"


def _digest(stored: str, area: str) -> str:
    digest = hashlib.sha256()
    with kept.opened(stored, area) as content:
        while chunk := content.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
