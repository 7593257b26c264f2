"""The papers of a matter: what is sent to whom it concerns, and the decision, ready to seal."""

from datetime import date, datetime

from django.utils import timezone

from gongjiang.documents.notice import NoticeText
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Inquiry
from gongjiang.rules.honours.effects import Step
from gongjiang.services.inquiries.matter import Matter, matter

Kind = Inquiry.Kind
PAPERS = ("notice", "decision")


def paper_of(actor: Actor, at: datetime, inquiry_id: int, paper: str) -> NoticeText:
    """`notice` (告知书) once they were told, `decision` (决定) once it is decided; for who may see the matter."""
    found = matter(actor, at, inquiry_id)
    if paper == "notice" and found.inquiry.notified_at is not None:
        return _notice(found)
    if paper == "decision" and found.inquiry.state == Inquiry.State.DECIDED:
        return _decision(found)
    raise NotFound()


def _notice(found: Matter) -> NoticeText:
    one = found.inquiry
    due = long_date(one.due) if one.due is not None else ""
    return NoticeText(
        title=f"关于核查{found.title}有关情况的告知书",
        number=one.number,
        addressee=_addressee(one),
        paragraphs=(
            f"现就“{one.situation}”进行核查（{_rests_on(found)}）。经查实的，可能作出以下处理：{_may_follow(found)}。",
            *_lines(found.notice),
            f"可以在{due}以前（含当日）书面陈述意见、提供材料，也可以要求听证；逾期未提出的，视为没有意见。",
        ),
        lists=(),
        issuers=found.bodies,
        date=_day(timezone.localtime(one.notified_at).date() if one.notified_at else None),
    )


def _decision(found: Matter) -> NoticeText:
    one = found.inquiry
    by = "、".join(found.bodies)
    back = one.kind == Kind.REINSTATEMENT
    verb, what = ("恢复" if back else "撤销", "荣誉") if one.honour_id else ("处理", "有关事项")
    return NoticeText(
        title=f"关于{verb}{found.title}{what}的决定",
        number=one.document,
        addressee=_addressee(one),
        paragraphs=(
            f"经{'复查' if back else '核查'}，{_facts(found)}",
            f"依据{_rests_on(found)}，经{by}审核批准，决定：",
            *(f"{_ORDER[n]}、{text}。" for n, text in enumerate(one.done[: len(_ORDER)])),
            "" if back else "对本决定有异议的，可以向作出决定的单位或其上级单位申请复查。",
        ),
        lists=(),
        issuers=found.bodies,
        date=_day(timezone.localtime(one.decided_at).date() if one.decided_at else None),
    )


_ORDER = "一二三四五六七八九十"
_WORDS = {
    Step.STRIKE: "撤销推荐资格",
    Step.CANCEL_PLACE: "取消责任单位的相应名额",
    Step.MOVE_UP: "由备选依次递补",
    Step.WITHDRAW: "撤销荣誉、收回证书",
    Step.STOP: "终止相应待遇",
}


def _may_follow(found: Matter) -> str:
    words = [_WORDS[one] for one in (found.ground.steps if found.ground is not None else ()) if one in _WORDS]
    return "、".join(words) or "记入单位记录"


def _rests_on(found: Matter) -> str:
    if found.ground is not None and found.ground.clause:
        return f"{found.programme.pack.pack.title}{found.ground.clause}"
    return found.inquiry.basis


def _facts(found: Matter) -> str:
    said = found.finding.strip()
    heard = "当事人已陈述意见。" if found.inquiry.statement else ""
    return said + ("" if said.endswith("。") else "。") + heard


def _addressee(one: Inquiry) -> str:
    name = one.honour.name if one.honour is not None else one.case.title if one.case is not None else ""
    unit = one.unit.name if one.unit is not None else ""
    return "、".join(word for word in (name, unit) if word)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else ""
