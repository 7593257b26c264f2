"""A submitted score sheet as a printed form: what was given, when, and the hash that the log has of it."""

from fractions import Fraction

from django.utils import timezone

from gongjiang.documents import layout as lo
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import Refused
from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.scoring.blind.code import called
from gongjiang.services.scoring.sheet import Desk, open_desk


def sheet_pdf(actor: Actor, assignment_id: int) -> tuple[bytes, str]:
    """One's own submitted sheet, and a name for it that says what it is. Refused before it is handed in."""
    desk = open_desk(actor, assignment_id)
    sheet = desk.sheet
    if sheet is None or sheet.submitted_at is None:
        raise Refused("评分还没有提交，提交后才能打印。", "Not submitted yet.")
    who = called(desk.programme, desk.stage, desk.assignment.case)
    return render_pdf(_form(desk, who)), f"评分表：{who}，第{sheet.version}版，{sheet.digest[:16]}"


def _form(desk: Desk, who: str) -> lo.Sheet:
    sheet = desk.sheet
    assert sheet is not None
    assert sheet.submitted_at is not None
    case, stage = desk.assignment.case, desk.stage
    blind = is_blind(desk.programme, stage)
    at = timezone.localtime(sheet.submitted_at)
    head = (
        (lo.Cell("人选", who), lo.Cell("编号", "匿名评审" if blind else case.number)),
        (lo.Cell("评审环节", stage.shown), lo.Cell("提交时间", f"{long_date(at.date())}{at:%H:%M:%S}")),
    )
    total = sum((exact(one) for one in sheet.scores.values()), Fraction(0))
    rows = [
        (
            leaf.group,
            leaf.label,
            decimal_text(leaf.most),
            sheet.scores.get(leaf.id, ""),
            sheet.remarks.get(leaf.id, ""),
        )
        for leaf in desk.leaves
    ]
    most = sum((leaf.most for leaf in desk.leaves), Fraction(0))
    rows.append(("合计", "", decimal_text(most), decimal_text(total), ""))
    return lo.Sheet(
        f"{stage.shown}评分表",
        (
            lo.Grid(head),
            lo.Table("", ("类别", "评分项", "满分", "得分", "理由"), tuple(rows), 1, (3, 5, 2, 2, 6), merge=1),
            lo.TextBlock("评语", sheet.remark, 4),
            lo.Grid(((lo.Cell("评审专家", desk.assignment.expert.user.full_name), lo.Cell("签名", "")),)),
            lo.Note(f"第{sheet.version}版，提交后不能更改。平台日志所记内容的哈希（SHA-256）：{sheet.digest}"),
        ),
        subtitle=desk.programme.edition.title,
    )
