"""Take in the scan of a stamped sheet: matched by its page code to case, form and what was printed; a stale print and
another nominee's sheet are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import ArrivedPaper, Case, Opinion, StampedScan
from gongjiang.rules.papers.page_code import ReadCode, parse_typed
from gongjiang.rules.papers.scan import codes_in
from gongjiang.services.evidence.own import clean_scan, keep_own
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import files, is_applicant, may_act
from gongjiang.services.nominations.printing import papers_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.opinions.boxes import boxes, open_stages
from gongjiang.services.papers.crossed import crossed
from gongjiang.services.papers.match import changed_since, label_of, match, stale_text
from gongjiang.services.programmes.programme import Programme, programme_of

ATTACHMENT: Final = "stamped"
"""The name under which stamped scans stand among a case's files; no notice has an attachment of it."""


class NoCode(BadInput):
    """The scan shows no readable page code."""


@dataclass(frozen=True)
class Paper:
    """A paper of a case: its latest stamped scan, and the boxes that changed since that was printed."""

    form: str
    label: str
    scan: StampedScan | None
    changed: tuple[str, ...]


def take_scan(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    name: str,
    content: BinaryIO,
    typed: str = "",
    form: str = "",
    reason: str = "",
) -> StampedScan:
    """Keep a scan under the form that its code names. Without a readable code (NoCode) the code is `typed` in, or an
    officer accepts it as `form` for a `reason`. What takes long is done before anything is locked."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    if not may_hand_in(actor, programme, case):
        raise NotAllowed("这份申报的盖章件不由您上传。", "Not yours to hand in.")
    scan = clean_scan(name, content, place="盖章件")
    code, how = _code(scan, typed)
    if code is None:
        return _accept(actor, at, programme, case, scan, form, reason)
    found = match(programme, case, code)
    if found.changed:
        raise Refused(stale_text(found.label, found.changed), "The print is stale.", place="盖章件")
    with transaction.atomic():
        row = StampedScan(form=found.printed.form, printed=found.printed, matched=how)
        return _keep(actor, at, lock_case(case_id), scan, row, found.label)


@dataclass(frozen=True)
class Stamped:
    """The scan of a stamped sheet that was looked at and may be kept with the box it belongs to."""

    scan: tuple[str, str, int | None, bytes]
    row: StampedScan
    label: str


def stamped_sheet(
    programme: Programme, case: Case, form: str, name: str, content: BinaryIO, typed: str = ""
) -> Stamped:
    """The scan of the one sheet `form` that somebody without an account was asked to stamp. BadInput says what is
    wrong: no readable code and none `typed`, a stale print, another sheet, somebody else's."""
    scan = clean_scan(name, content, place="盖章件")
    code, how = _code(scan, typed)
    if code is None:
        text = "没有读出页码。请扫得清楚些、把二维码扫全；或把二维码旁的小字（编号、版、8 位字符）填入“页码”。"
        raise NoCode(text, "No page code can be read.", place="盖章件")
    try:
        found = match(programme, case, code)
    except Refused as refused:
        raise BadInput(refused.text, "Not a print of this sheet.", place="盖章件") from None
    if found.printed.form != form:
        raise BadInput(f"这是“{found.label}”，不是征求您意见的那张表，请核对后再传。", "Another sheet.", place="盖章件")
    if found.changed:
        raise BadInput(stale_text(found.label, found.changed), "The print is stale.", place="盖章件")
    return Stamped(scan, StampedScan(form=form, printed=found.printed, matched=how), found.label)


def keep_stamped(actor: Actor, at: datetime, case: Case, stamped: Stamped) -> StampedScan:
    """Keep it, as the last step of the answer that it came with; `case` is locked."""
    return _keep(actor, at, case, stamped.scan, stamped.row, stamped.label)


def papers_with_scans(programme: Programme, case: Case) -> list[Paper]:
    """Every paper of a case in the order in which they are printed."""
    latest: dict[str, StampedScan] = {}
    rows = StampedScan.objects.filter(case=case, file__removed_at=None).select_related("printed", "file", "by")
    for one in rows.order_by("id"):
        latest[one.form] = one
    found = []
    for form, label in papers_of(programme, case):
        found.append(_paper(programme, case, form, label, latest.pop(form, None)))
    for form, scan in latest.items():
        found.append(_paper(programme, case, form, label_of(programme, case, form), scan))
    return found


def may_hand_in(actor: Actor, programme: Programme, case: Case) -> bool:
    """Whoever files, whoever runs an open step, and a party whose box is open."""
    if files(actor, case) or accepts(actor, programme, case):
        return True
    return any(one.may_give for one in boxes(actor, programme, case))


def accepts(actor: Actor, programme: Programme, case: Case) -> bool:
    """May the actor take a scan without a code: whoever runs an open step, never in their own matter?"""
    runs = tuple(role for one in open_stages(programme, case) if one.type != "apply" for role in one.by)
    return bool(runs) and may_act(actor, programme, case, runs) and not is_applicant(actor, case)


def _paper(programme: Programme, case: Case, form: str, label: str, scan: StampedScan | None) -> Paper:
    printed = scan.printed if scan is not None else None
    return Paper(form, label, scan, () if printed is None else changed_since(programme, case, printed))


def _code(scan: tuple[str, str, int | None, bytes], typed: str) -> tuple[ReadCode | None, str]:
    """The code of the sheet and how it was told. BadInput where the scan holds several sheets."""
    found = codes_in(scan[3], scan[1])
    if len({(one.form, one.case_no, one.mark) for one in found}) > 1:
        raise BadInput("扫描件里有几张不同的表，请一张表传一个文件。", "One sheet at a time.", place="盖章件")
    if found:
        return found[0], StampedScan.Matched.CODE
    return (parse_typed(typed), StampedScan.Matched.TYPED) if typed.strip() else (None, "")


def _accept(
    actor: Actor,
    at: datetime,
    programme: Programme,
    case: Case,
    scan: tuple[str, str, int | None, bytes],
    form: str,
    reason: str,
) -> StampedScan:
    why, names = clean(reason).strip()[:200], dict(papers_of(programme, case))
    if not accepts(actor, programme, case) or not why:
        raise NoCode(
            "没有读出页码。请扫得清楚些、把每页角上的二维码扫全；或把二维码旁的小字（编号、版、8 位字符）输入“页码”。"
            "印章盖住、确实读不出的，由受理单位经办人写明理由认可。",
            "No page code can be read.",
            place="盖章件",
        )
    if form not in names:
        raise BadInput("请选择这是哪一张表。", "Say which sheet it is.", place="哪一张表")
    with transaction.atomic():
        row = StampedScan(form=form, matched=StampedScan.Matched.ACCEPTED, reason=why)
        return _keep(actor, at, lock_case(case.pk), scan, row, names[form])


def _keep(
    actor: Actor,
    at: datetime,
    case: Case,
    scan: tuple[str, str, int | None, bytes],
    row: StampedScan,
    label: str,
) -> StampedScan:
    row.file = keep_own(actor=actor, at=at, case=case, attachment=ATTACHMENT, title=f"盖章件：{label}", scan=scan)
    row.case, row.by_id, row.at = case, actor.user_id, at
    row.save(force_insert=True)
    sheet, _, party = row.form.partition(".")
    given = Opinion.objects.filter(case=case, sheet=sheet)
    (given.filter(party=party) if party else given).update(scan=row.file)
    _tell_desk(at, case, row.form)
    return row


def _tell_desk(at: datetime, case: Case, form: str) -> None:
    """Whoever holds the paper of this form hears that the scan is of another print."""
    text = crossed([case.pk]).get((case.pk, form))
    papers = ArrivedPaper.objects.filter(case=case, form=form, arrival__voided_at=None)
    desk = papers.order_by("-id").values_list("arrival__to", flat=True).first()
    if text and desk is not None:
        said = f"{case.title}（{case.number}）新传的盖章件与收到的纸质件不是同一版。{text}"
        tell(at=at, text=said, link=f"case:{case.pk}", organisation_id=desk)
