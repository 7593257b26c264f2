"""A version of a plan as a form to print and seal: the same boxes in PDF and Word."""

from datetime import datetime

from django.utils import timezone

from gongjiang.documents import layout as lo
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.plans.text import PlanText
from gongjiang.services.cultivation.plans.queries import Board, Version, one_version

SEALS = {Hand.EMPLOYER: "所在企业意见", Hand.NOMINATOR: "推荐单位意见", Hand.UNION: "主办工会意见"}


def sheet_of(actor: Actor, honour_id: int, number: int) -> lo.Sheet:
    """The sheet of one version, for whoever may read it. NotFound for others."""
    found, one = one_version(actor, honour_id, number)
    text, honour = one.text, found.honour
    blocks: list[lo.Block] = [_head(found), lo.TextBlock("总目标", text.aim, min_lines=2)]
    blocks += _tables(text)
    if text.funds:
        blocks.append(lo.Note(f"经费合计：{text.total:,.2f} 元", boxed=True))
    blocks.append(lo.Opinions(tuple(_seal(hand, at) for hand, at in one.parties)))
    return lo.Sheet(f"{honour.title}培育方案", tuple(blocks), subtitle=f"第 {number} 版，{_state(one)}")


def _head(found: Board) -> lo.Grid:
    honour, case, term = found.honour, found.honour.case, found.term
    employer = case.applying_unit.name if case is not None and case.applying_unit is not None else ""
    nominator = case.nominator.name if case is not None and case.nominator is not None else ""
    until = f"至{long_date(term.until)}" if term.until else "起"
    return lo.Grid(
        (
            (lo.Cell("姓名", honour.name), lo.Cell("称号", honour.title)),
            (lo.Cell("所在企业", employer), lo.Cell("推荐单位", nominator)),
            (lo.Cell("培育期", f"{long_date(term.begun)}{until}"),),
        )
    )


def _tables(text: PlanText) -> list[lo.Block]:
    return [
        lo.Table("目标", ("能力", "到期满时达到"), tuple((one.power, one.text) for one in text.goals), 1, (2, 10)),
        lo.Table(
            "措施",
            ("能力", "措施", "谁来做"),
            tuple((one.power, one.text, one.who) for one in text.measures),
            1,
            (2, 7, 3),
        ),
        lo.Table(
            "责任人",
            ("姓名", "单位职务", "负责什么"),
            tuple((one.name, one.post, one.duty) for one in text.people),
            1,
            (2, 5, 5),
        ),
        lo.Table(
            "节点",
            ("能力", "节点", "完成日期"),
            tuple((one.power, one.title, long_date(one.due) if one.due else "") for one in text.steps),
            1,
            (2, 7, 3),
        ),
        lo.Table(
            "经费",
            ("用途", "金额（元）", "由谁出"),
            tuple((one.purpose, f"{one.amount:,.2f}", one.source) for one in text.funds),
            1,
            (5, 3, 4),
        ),
    ]


def _seal(hand: Hand, at: datetime | None) -> lo.OpinionCell:
    day = long_date(timezone.localtime(at).date()) if at is not None else lo.BLANK_DATE
    return lo.OpinionCell(SEALS[hand], "同意。" if at is not None else "", dated=day)


def _state(one: Version) -> str:
    plan = one.plan
    if plan.in_force_at is None:
        return plan.get_state_display()
    return f"{long_date(timezone.localtime(plan.in_force_at).date())}起执行"
