"""The receipt of an arrival, as a sheet of paper."""

from gongjiang.documents import layout as lo
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.dates import long_date
from gongjiang.models import Arrival


def receipt_pdf(arrival: Arrival) -> bytes:
    """Number, unit, who brought what when, in how many copies; late or void, where it is. `papers` prefetched."""
    papers = sorted(arrival.papers.all(), key=lambda one: (one.case_id or 0, one.pk))
    rows = tuple(
        (
            str(n),
            f"{one.case.title}（{one.case.number}）" if one.case is not None else "本单位",
            one.label,
            str(one.originals or ""),
            str(one.copies or ""),
            f"与现在的表不一致：{one.stale}，须重新打印盖章" if one.stale else "",
        )
        for n, one in enumerate(papers, 1)
    )
    posted = f"（{long_date(arrival.posted_on)}寄出）" if arrival.posted_on is not None else ""
    late = f"晚于规定日期 {arrival.late_days} 天" if arrival.late_days else "在规定日期内"
    head = lo.Grid(
        (
            (lo.Cell("回执编号", arrival.number), lo.Cell("报送单位", arrival.unit.name)),
            (lo.Cell("收到日期", long_date(arrival.arrived_on) + posted), lo.Cell("是否按期", late)),
            (
                lo.Cell("送件人", f"{arrival.brought_by}（{arrival.get_way_display()}）"),
                lo.Cell("经手人", arrival.by.full_name if arrival.by is not None else "平台"),
            ),
        )
    )
    blocks: list[lo.Block] = [
        head,
        lo.Table("", ("序号", "人选", "材料", "原件", "复印件", "备注"), rows, 0, (1, 4, 5, 1, 1, 5)),
    ]
    if arrival.note:
        blocks.append(lo.TextBlock("说明", arrival.note, 1))
    if arrival.voided_at is not None:
        blocks.append(lo.Note(f"本回执已作废：{arrival.voided_why}"))
    sign = ((arrival.to.name, "（盖章）"), ("", long_date(arrival.arrived_on)))
    blocks.append(lo.Line(sign, "right"))
    return render_pdf(lo.Sheet("纸质材料接收回执", tuple(blocks), subtitle=arrival.process.edition.title))
