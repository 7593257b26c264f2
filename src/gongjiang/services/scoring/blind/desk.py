"""What a judge of a blind panel has beside the sheet: approved words, approved copies; the rest is withheld."""

from dataclasses import dataclass

from gongjiang.kernel.errors import NotFound
from gongjiang.models import BlindReview, File, RedactedCopy
from gongjiang.services.formality.reading import Part
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.scoring.blind.view import view_of
from gongjiang.services.scoring.sheet import Desk


@dataclass(frozen=True)
class BlindFile:
    """An approved copy in place of a file; `pk` is the copy's, the file's own stays unknown."""

    pk: int
    attachment: str
    indicator: str
    title: str
    name: str
    kind: str
    pages: int
    seconds: int | None
    previews: int = 0


@dataclass(frozen=True)
class BlindMaterial:
    """`told`: the words are approved; `withheld`: files without an approved copy."""

    parts: tuple[Part, ...]
    files: tuple[BlindFile, ...]
    told: bool
    withheld: int


def blind_material(desk: Desk) -> BlindMaterial:
    """The material of a desk on a blind panel."""
    case, stage = desk.assignment.case, desk.stage
    held = BlindReview.objects.filter(case=case, stage=stage.id).first()
    view = view_of(desk.programme, case, held.words if held else ())
    told = held is not None and held.approved_at is not None and held.digest == view.digest
    rows = list(File.objects.filter(case=case, removed_at=None).order_by("position", "id"))
    copies = {
        one.file_id: one
        for one in RedactedCopy.objects.filter(file__in=rows, removed_at=None, approved_at__isnull=False)
    }
    files = tuple(
        BlindFile(one.pk, row.attachment, row.indicator, "", "", one.kind, one.pages, one.seconds)
        for row in rows
        if (one := copies.get(row.pk)) is not None
    )
    return BlindMaterial(view.parts if told else (), files, told, len(rows) - len(files))


def copy_for_judge(desk: Desk, copy_id: int) -> RedactedCopy:
    """An approved copy of the case on one's own desk; else it doesn't exist."""
    if not is_blind(desk.programme, desk.stage) or desk.assignment.state != "assigned":
        raise NotFound()
    row = RedactedCopy.objects.filter(
        pk=copy_id,
        removed_at=None,
        approved_at__isnull=False,
        file__case=desk.assignment.case,
        file__removed_at=None,
    ).first()
    if row is None:
        raise NotFound()
    return row
