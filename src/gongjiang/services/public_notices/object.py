"""Take an objection from the public: by the entry's own clock, signed or not, with a receipt."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.kernel.text import check_length, clean, count_text
from gongjiang.models import NoticeEntry, Objection, ObjectionFile
from gongjiang.services.audit.append import append
from gongjiang.services.people.sealing import open_text, seal_text
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.public_notices.authority import publish_stage, taking
from gongjiang.services.public_notices.objection_files import Sent, keep_files, read_files
from gongjiang.services.public_notices.receipts import code_of, fingerprint, hash_of, next_receipt
from gongjiang.services.public_notices.steps import Kind, add_step
from gongjiang.services.public_notices.telling import tell_handlers

Files = Sequence[tuple[str, BinaryIO]]
LONGEST: Final = 2000
SHORTEST: Final = 10
AN_HOUR: Final = 20
"""New matters about one entry within an hour, for each way of signing: unsigned ones don't shut out signed ones."""


@dataclass(frozen=True)
class Receipt:
    """What the objector takes away; the code is shown once. `merged`: the same words were there already."""

    number: str
    code: str
    merged: bool = False


def takes_objections(entry: NoticeEntry, at: datetime) -> bool:
    """Is the entry's time running? 23:59:59.999 of its last day is in time, 24:00 is not."""
    today = timezone.localtime(at).date()
    return entry.state == NoticeEntry.State.RUNNING and entry.starts_on <= today <= entry.ends_on


def submit_objection(
    *,
    actor: Actor,
    at: datetime,
    entry_id: int,
    signed: str,
    text: str,
    name: str = "",
    contact: str = "",
    unit: str = "",
    website: str = "",
    files: Files = (),
    stamped: Files = (),
) -> Receipt:
    """Take an objection to one person on a notice. `files`: evidence; `stamped`: what a unit sealed. `website` is a
    field that people don't see and don't fill.

    Raises BadInput by field, Refused outside the entry's time or above the bound of an hour. Name, contact, unit,
    text and files are sealed; the same words from the same objector are one matter that is counted.
    """
    _in_time(entry_id, at)
    if website.strip():
        raise BadInput("请不要填写“网址”一栏。", "Leave this field empty.", place="网址")
    if signed not in Objection.Signed.values:
        raise BadInput("请选择实名、单位或匿名。", "Say how you sign.", place="署名方式")
    said = _text(text)
    who = _who(signed, name, contact, unit)
    if signed == Objection.Signed.UNIT and not stamped:
        raise BadInput(
            "以单位名义反映的，请上传加盖公章的书面材料。", "A unit's objection bears its seal.", place="盖章件"
        )
    sent = read_files(files, ObjectionFile.Kind.EVIDENCE, "证据材料")
    if signed == Objection.Signed.UNIT:
        sent += read_files(stamped, ObjectionFile.Kind.STAMPED, "盖章件")
    return _taken(actor, at, entry_id, signed, who, said, sent)


@transaction.atomic
def _taken(
    actor: Actor, at: datetime, entry_id: int, signed: str, who: dict[str, str], said: str, sent: tuple[Sent, ...]
) -> Receipt:
    entry = _entry(entry_id, at)
    programme = programme_of(entry.notice.process)
    stage = publish_stage(programme, entry.notice.stage)
    rules, nameless = taking(stage), signed == Objection.Signed.ANONYMOUS
    if nameless and programme.value(rules.anonymous) not in (True, "yes"):
        raise BadInput("本次公示只受理署名的异议，请写明姓名和联系方式。", "Please sign.", place="署名方式")
    mark = fingerprint(said)
    same = _same(entry, signed, who, mark)
    if same is not None:
        return _again(same, sent, at, nameless)
    _bound(entry, signed, at)
    made = _create(entry, at, signed, who, said, mark)
    add_step(made, Kind.RECEIVE, at)
    tell_handlers(
        programme, stage, at, f"收到异议 {made.receipt}，请研究是否受理。", made.pk, unit=entry.notice.unit_id
    )
    append(
        actor=actor,
        at=at,
        action="objection.receive",
        kind="objection",
        key=made.pk,
        case_id=entry.case_id,
        edition_id=programme.edition.pk,
        data={"entry": entry.pk, "signed": signed, "receipt": made.receipt, "files": len(sent)},
    )
    keep_files(made, sent, at, nameless=nameless)
    return Receipt(made.receipt, code_of(made.receipt))


def _in_time(entry_id: int, at: datetime) -> None:
    """Told before files are looked through; once more under the lock."""
    entry = NoticeEntry.objects.select_related("case", "notice").filter(pk=entry_id).first()
    _open(entry, at)


def _entry(entry_id: int, at: datetime) -> NoticeEntry:
    """The entry, locked: what stands about it is counted and added one after another."""
    NoticeEntry.objects.select_for_update().filter(pk=entry_id).first()
    entry = NoticeEntry.objects.select_related("case", "notice__process__edition__pack").filter(pk=entry_id).first()
    return _open(entry, at)


def _open(entry: NoticeEntry | None, at: datetime) -> NoticeEntry:
    if entry is None or entry.notice.withdrawn_at is not None:
        raise NotFound("没有这条公示。", "No such entry.")
    if not takes_objections(entry, at):
        if timezone.localtime(at).date() < entry.starts_on:
            raise Refused("公示还没有开始。", "The notice has not begun.")
        raise Refused(
            f"对{entry.case.title}的公示已于{long_date(entry.ends_on)} 24:00截止，不再受理网上异议。"
            "仍有情况要反映的，请按公示上的联系方式致电或来信。",
            "The time for objections is over.",
            place="公示期",
        )
    return entry


def _text(text: str) -> str:
    said = clean(text).strip()
    if count_text(said) < SHORTEST:
        raise BadInput(
            f"请写明具体情况，至少 {SHORTEST} 个字（时间、地点、经过、可查的线索）。", "Say more.", place="情况说明"
        )
    decision = check_length(said, LONGEST, label="情况说明")
    if not decision.allowed:
        raise BadInput(decision.reasons[0].text, "Too long.", place="情况说明")
    return said


def _who(signed: str, name: str, contact: str, unit: str) -> dict[str, str]:
    """Who objects, by the way of signing; an unsigned objection keeps nothing, whatever was typed."""
    if signed == Objection.Signed.ANONYMOUS:
        return {}
    fields = {"name": clean(name).strip(), "contact": clean(contact).strip(), "unit": clean(unit).strip()}
    needed = {"name": "姓名", "contact": "联系方式"} | ({"unit": "单位名称"} if signed == Objection.Signed.UNIT else {})
    for key, label in needed.items():
        if not fields[key]:
            raise BadInput(f"请填写{label}。", "Required.", place=label)
    for key, label in (("name", "姓名"), ("contact", "联系方式"), ("unit", "单位名称")):
        if len(fields[key]) > 100:
            raise BadInput(f"{label}太长。", "Too long.", place=label)
    return fields


def _same(entry: NoticeEntry, signed: str, who: dict[str, str], mark: str) -> Objection | None:
    """The open matter with the very same words, of the same objector or of nobody named."""
    found = Objection.objects.filter(entry=entry, fingerprint=mark, signed=signed).exclude(
        state__in=[Objection.State.REFUSED, Objection.State.DECIDED]
    )
    return next((one for one in found.order_by("id")[:20] if opened_from(one) == who), None)


def _again(found: Objection, sent: tuple[Sent, ...], at: datetime, nameless: bool) -> Receipt:
    """Counted once more; files that came along are kept while there is room for them."""
    Objection.objects.filter(pk=found.pk).update(times=F("times") + 1)
    there = {one.digest for one in found.files.all()}
    new = tuple(one for one in sent if hashlib.sha256(one.data).hexdigest() not in there)
    if new:
        step = add_step(found, Kind.SUPPLEMENT, at, text="再次提交相同内容，附有材料。")
        keep_files(found, new, at, step, nameless=nameless)
    return Receipt(found.receipt, code_of(found.receipt), merged=True)


def _bound(entry: NoticeEntry, signed: str, at: datetime) -> None:
    recent = Objection.objects.filter(entry=entry, signed=signed, received_at__gt=at - timedelta(hours=1))
    if recent.exclude(state__in=[Objection.State.REFUSED, Objection.State.DECIDED]).count() >= AN_HOUR:
        raise Refused(
            "一小时内收到的这类异议太多，请过一小时再提交，或署名提交，或按公示上的联系方式致电、来信。",
            "Too many objections within the hour.",
        )


def _create(entry: NoticeEntry, at: datetime, signed: str, who: dict[str, str], said: str, mark: str) -> Objection:
    for _ in range(5):  # two people at the same moment ask for the same number: the second takes the next
        receipt = next_receipt(at)
        try:
            with transaction.atomic():
                return Objection.objects.create(
                    entry=entry,
                    receipt=receipt,
                    secret=hash_of(receipt, code_of(receipt)),
                    signed=signed,
                    from_sealed=seal_text(json.dumps(who, ensure_ascii=False), "objection") if who else "",
                    text=seal_text(said, "objection"),
                    fingerprint=mark,
                    received_at=at,
                )
        except IntegrityError:
            continue
    raise Refused("此刻提交的人太多，请稍后再试。", "Too busy; try again.")


def opened_text(objection: Objection) -> str:
    """What was said, for those who handle it."""
    return open_text(objection.text, "objection")


def opened_from(objection: Objection) -> dict[str, str]:
    """Who said it: name, contact, unit; empty if unsigned."""
    if not objection.from_sealed:
        return {}
    found: dict[str, str] = json.loads(open_text(objection.from_sealed, "objection"))
    return found
