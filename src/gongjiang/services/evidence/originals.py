"""The paper that goes with originals given back: what was seen, by whom and when; whoever takes them signs it."""

from django.utils import timezone

from gongjiang.documents import layout as lo
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, File
from gongjiang.rules.evidence.certificates import Certificate
from gongjiang.services.evidence.declassify import concerned
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.programmes.programme import programme_of

_WIDTHS = (1, 5, 4, 3, 3)


def originals_receipt(actor: Actor, case_id: int) -> tuple[Case, bytes]:
    """A PDF of all originals of a nomination that were checked and given back, for those who fill it in and those who
    check it. NotFound for others, and while none was."""
    case = get_case(actor, case_id)
    if not concerned(actor, programme_of(case.process), case):
        raise NotFound()
    seen = File.objects.filter(case=case, removed_at=None, original_at__isnull=False).select_related("original_by")
    rows = list(seen.order_by("original_at", "id"))
    if not rows:
        raise NotFound("还没有核对过原件。", "No original was checked yet.")
    lines = tuple((str(n), *_line(one)) for n, one in enumerate(rows, 1))
    head = lo.Grid(
        (
            (lo.Cell("人选", case.title), lo.Cell("申报编号", case.number)),
            (lo.Cell("申报单位", case.applying_unit.name), lo.Cell("件数", f"{len(rows)} 件")),
        )
    )
    blocks: list[lo.Block] = [
        head,
        lo.Table("", ("序号", "材料", "证书编号", "核对人", "核对日期"), lines, 0, _WIDTHS),
        lo.Note("以上原件已与上传的电子件核对一致，当场退回。"),
        lo.Line((("领回人（签字）", ""), ("日期", "　　年　月　日")), "right"),
    ]
    return case, render_pdf(lo.Sheet("证书原件核对退回单", tuple(blocks), subtitle=case.process.edition.title))


def _line(row: File) -> tuple[str, str, str, str]:
    by = row.original_by.full_name if row.original_by is not None else "平台"
    day = long_date(timezone.localtime(row.original_at).date()) if row.original_at is not None else ""
    return row.title, Certificate(**row.certificate).number, by, day
