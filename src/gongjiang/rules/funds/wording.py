"""An entitlement in one line, as its pages tell it."""

from datetime import date
from fractions import Fraction

from gongjiang.kernel.dates import long_date
from gongjiang.rules.funds.entitlement import Entitlement
from gongjiang.rules.funds.periods import Rhythm
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import TERM_END
from gongjiang.rules.programmes.benefits import LEVELS, PAYEES

RULE = "按月、按年的待遇：当月（当年）开始时称号有效即计；命名当月计入；停发、恢复都自下一期起。年度自命名之日起算。"


def told(one: Entitlement) -> str:
    """`每月 650 元，由市级总工会列支，管理期满止`."""
    often = {Rhythm.MONTHLY: "每月", Rhythm.NEEDED: "按需", Rhythm.EARNED: "按考核结果"}.get(one.rhythm)
    if often is None:
        often = "每年" if one.times == 1 else f"每年 {one.times} 次，每次" if one.amount else f"每年 {one.times} 次"
    parts = [often + (f" {one.amount:,.2f}".removesuffix(".00") + " 元" if one.amount is not None else "")]
    if one.shares:
        shares = (f"{PAYEES.get(part, part)} {_percent(share)}" for part, share in one.shares.items())
        parts.append(f"分配：{'、'.join(shares)}")
    elif one.to != "person":
        parts.append(f"给{PAYEES.get(one.to, one.to)}")
    if one.use:
        parts.append(f"用于{'、'.join(one.use)}")
    if one.fund:
        parts.append(f"由{LEVELS.get(one.fund, one.fund)}列支")
    if one.terms.since is Standing.STANDS:
        parts.append("考核合格、正式命名后享受")
    if one.terms.until == TERM_END:
        parts.append("管理期满止")
    elif isinstance(one.terms.until, date):
        parts.append(f"至{long_date(one.terms.until)}")
    return "，".join(parts)


def _percent(share: Fraction) -> str:
    whole = share * 100
    return f"{whole.numerator}%" if whole.denominator == 1 else f"{float(whole):.2f}%"
