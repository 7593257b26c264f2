"""In the background: is a file much like one of another nomination? Same bytes, same look of a page, same words.

What is found is a hint for officers (services/evidence/alike.py). Only marks are kept, no text and no second picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.db.models import Count
from PIL import Image
from pypdfium2 import PdfiumError

from gongjiang.models import File, FileMark, Likeness, MarkBand
from gongjiang.rules.evidence.likeness import (
    ALIKE_TEXTS,
    FAR,
    distance,
    page_bands,
    page_mark,
    pages_alike,
    plain_words,
    text_bands,
    texts_alike,
)
from gongjiang.services.evidence import previews, storage
from gongjiang.services.evidence.reading import texts
from gongjiang.services.programmes.programme import programme_of

PAGES: Final = 8
"""Pages whose look is kept: enough to know a file again whose pages stand in another order."""
CANDIDATES: Final = 12
MOST: Final = 5
"""Pairs of one file: a form that everybody hands in says nothing."""


@dataclass(frozen=True)
class _Found:
    """A file of another nomination that is like this one."""

    file: int
    kind: Likeness.Kind
    score: int
    page: int = 0
    page_there: int = 0


def compare(row: File, content: BinaryIO, pages: int) -> None:
    """Keep the marks of a file whose pages are drawn, and point out what is like it. Doing it again adds nothing."""
    words = plain_words(text for _page, text in texts(row.kind, content))
    # Before looking: of two files that are compared at the same time one sees the other.
    _mark(row, 0 if _portrait(row) else pages, words)
    found: dict[int, _Found] = {}
    for one in (*_same_bytes(row), *_same_look(row), *_same_words(row, words)):
        found.setdefault(one.file, one)
    known = set(Likeness.objects.filter(one=row).values_list("other", flat=True))
    known |= set(Likeness.objects.filter(other=row).values_list("one", flat=True))
    best = sorted((one for one in found.values() if one.file not in known), key=lambda one: -one.score)
    Likeness.objects.bulk_create([_pair(row, one) for one in best[:MOST]], ignore_conflicts=True)


def _portrait(row: File) -> bool:
    """Is it the nominee's photo? Those look alike by their rules; only the very same one is pointed out."""
    pack = programme_of(row.case.process).pack
    return any(one.id == row.attachment and one.photo is not None for one in pack.attachments)


def _mark(row: File, pages: int, words: str) -> None:
    FileMark.objects.filter(file=row).delete()
    if bands := text_bands(words):
        _keep(FileMark(file=row), bands)
    for page in range(1, min(pages, PAGES) + 1):
        if (picture := _picture(row, page)) is not None and (bits := page_mark(picture)):
            _keep(FileMark(file=row, page=page, bits=bits), page_bands(bits))


def _keep(mark: FileMark, bands: tuple[int, ...]) -> None:
    mark.save()
    MarkBand.objects.bulk_create([MarkBand(mark=mark, value=one) for one in bands])


def _same_bytes(row: File) -> Iterator[_Found]:
    others = File.objects.filter(digest=row.digest, removed_at=None).exclude(case=row.case_id)
    for pk in others.order_by("-id").values_list("pk", flat=True)[:MOST]:
        yield _Found(pk, Likeness.Kind.SAME, 100)


def _same_look(row: File) -> Iterator[_Found]:
    for mark in FileMark.objects.filter(file=row, page__gt=0).order_by("page"):
        near = [one for one in _near(row, mark) if one.page and distance(mark.bits, one.bits) <= FAR]
        mine = _picture(row, mark.page) if near else None
        for one in near:
            theirs = _picture(one.file, one.page)
            if mine is not None and theirs is not None:
                score = pages_alike(mine, theirs)
                if score:
                    yield _Found(one.file_id, Likeness.Kind.PICTURE, score, mark.page, one.page)


def _same_words(row: File, words: str) -> Iterator[_Found]:
    for mark in FileMark.objects.filter(file=row, page=0):
        for one in _near(row, mark):
            score = texts_alike(words, _words(one.file)) if not one.page else 0
            if score >= ALIKE_TEXTS:
                yield _Found(one.file_id, Likeness.Kind.TEXT, score)


def _near(row: File, mark: FileMark) -> list[FileMark]:
    """Marks of other nominations' files that share bands with this one, those that share most first."""
    values = list(MarkBand.objects.filter(mark=mark).values_list("value", flat=True))
    shared = (
        MarkBand.objects.filter(value__in=values, mark__file__removed_at=None)
        .exclude(mark__file__case=row.case_id)
        .values("mark")
        .annotate(number=Count("id"))
        .order_by("-number", "-mark")[:CANDIDATES]
    )
    marks = FileMark.objects.select_related("file").in_bulk([one["mark"] for one in shared])
    return [marks[one["mark"]] for one in shared if one["mark"] in marks]


def _picture(row: File, page: int) -> Image.Image | None:
    content = previews.opened(row, str(page))
    if content is None:
        return None
    with content, Image.open(content) as picture:
        picture.load()
        return picture


def _words(row: File) -> str:
    try:
        with storage.opened(row.stored) as content:
            return plain_words(text for _page, text in texts(row.kind, content))
    except (OSError, PdfiumError, ValueError):
        return ""


def _pair(row: File, one: _Found) -> Likeness:
    told = {"kind": one.kind, "score": one.score}
    if one.file < row.pk:
        return Likeness(one_id=one.file, other=row, page_one=one.page_there, page_other=one.page, **told)
    return Likeness(one=row, other_id=one.file, page_one=one.page, page_other=one.page_there, **told)
