"""The expert's side: what they are shown of the nominee, and the letter they sign by typing their name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.utils import timezone

from gongjiang.documents import layout as lo
from gongjiang.documents.pdf import render_pdf
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import check_length, clean, count_text
from gongjiang.models import Case, Invitation, Letter
from gongjiang.rules.programmes.stage_types.moves import LIVE
from gongjiang.services.evidence.own import clean_scan, keep_own
from gongjiang.services.invitations.door import at_door, case_behind, guest, use_up
from gongjiang.services.letters.ask import PURPOSE
from gongjiang.services.letters.asked import LettersAsked, letters_asked
from gongjiang.services.letters.overview import SEAL
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.edits import keep_edit
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.plan import filling_stage
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.people.sealing import open_text, seal_text, sealed
from gongjiang.services.programmes.programme import Programme, programme_of

LONGEST: Final = 2000
SHORTEST: Final = 30
#: What the expert confirms of themselves: the columns of the catalogue's experts, in this order.
CONFIRMED: Final = ("name", "employer", "post", "trade", "skill_level")
NEEDED: Final = ("name", "employer", "post", "trade")
LABELS: Final = {
    "name": "姓名",
    "employer": "工作单位",
    "post": "职务、职称",
    "trade": "专业（工种）",
    "skill_level": "技能等级",
}
LENGTHS: Final = {"name": 40, "employer": 60, "post": 40, "trade": 30, "skill_level": 40}


@dataclass(frozen=True)
class Wanted:
    """What whoever holds the link is asked."""

    invitation: Invitation
    letter: Letter
    programme: Programme
    asked: LettersAsked

    @property
    def case(self) -> Case:
        """Whom the letter is about."""
        return case_behind(self.invitation)

    @property
    def levels(self) -> tuple[tuple[str, str], ...]:
        """Skill levels as the catalogue has them, where the form asks one."""
        spec = self.asked.columns.get("skill_level")
        if spec is None:
            return ()
        codes = self.programme.pack.vocabulary.code_list(spec)
        return tuple((one, codes.labels.get(one, one)) for one in codes.items)


@dataclass(frozen=True)
class Said:
    """A letter as it was typed. `kin`, `same_trade`: yes, no or ''; `agreed`: that it is their own and true."""

    who: Mapping[str, str]
    text: str
    kin: str
    same_trade: str
    signed_as: str
    agreed: bool
    contact: str = ""


def wanted_letter(token: str, at: datetime) -> Wanted:
    """What a token asks. NotFound, LinkEnded, or Refused where the letter isn't wanted any more: the form names this
    expert no longer, or the nomination has ended."""
    invitation = at_door(token, PURPOSE, at)
    letter = Letter.objects.filter(invitation=invitation, withdrawn_at=None).first()
    case = case_behind(invitation)
    programme = programme_of(case.process)
    asked = letters_asked(programme, case)
    if letter is None or asked is None or asked.row(letter.row) is None or case.state not in LIVE:
        raise Refused("这封推荐函已经不需要了。", "Not wanted any more.")
    return Wanted(invitation, letter, programme, asked)


@transaction.atomic
def sign_letter(
    *, actor: Actor, at: datetime, token: str, said: Said, scan_name: str = "", scan: BinaryIO | None = None
) -> Letter:
    """Keep the letter, sealed, and make its paper; the one answer a link gives. A signed scan stands in the paper's
    place. What the expert confirms of themselves goes into the form while that is still being filled in."""
    wanted = wanted_letter(token, at)
    case = lock_case(wanted.case.pk)
    who, text = _checked(wanted, said)
    kept = clean_scan(scan_name, scan, place="签名扫描件") if scan is not None else None
    use_up(wanted.invitation, at)
    letter = Letter.objects.select_for_update().get(pk=wanted.letter.pk)
    expert = guest(who["name"])
    for name in CONFIRMED:
        setattr(letter, name, who.get(name, ""))
    letter.kin, letter.same_trade = said.kin == "yes", said.same_trade == "yes"
    letter.contact = seal_text(clean(said.contact).strip()[:40], SEAL)
    letter.text, letter.signed_as, letter.signed_at = seal_text(text, SEAL), who["name"], at
    letter.save()
    _into_form(wanted, case, letter, text, at)
    tell(
        at=at,
        text=f"{letter.name}为{case.title}写的推荐函已收到。",
        link=f"case:{case.pk}",
        user_id=letter.asked_by_id or case.filer_id,
    )
    data = {"row": letter.row, "kin": letter.kin, "same_trade": letter.same_trade, "scan": kept is not None}
    note_case(expert, at, case, "letter.sign", data, kind="letter", key=letter.pk)
    if kept is None:
        drawn = render_pdf(letter_sheet(wanted.programme, case, letter, text))
        kept = clean_scan(f"推荐函-{letter.name}.pdf", BytesIO(drawn), place="推荐函")
    if not (letter.kin or letter.same_trade is False):
        title = f"推荐函：{letter.name}"
        letter.file = keep_own(
            actor=expert, at=at, case=case, attachment=wanted.asked.attachment, title=title, scan=kept
        )
        letter.save(update_fields=["file"])
    return letter


def text_of(letter: Letter) -> str:
    """What was written, in clear."""
    return open_text(letter.text, SEAL)


def letter_sheet(programme: Programme, case: Case, letter: Letter, text: str) -> lo.Sheet:
    """The letter as a sheet of paper."""
    signed = timezone.localtime(letter.signed_at).date() if letter.signed_at else None
    nominee = case.values
    about = lo.Grid(
        (
            (lo.Cell("被推荐人", case.title), lo.Cell("工作单位", str(nominee.get("employer") or ""))),
            (lo.Cell("推荐人", letter.name), lo.Cell("工作单位", letter.employer)),
            (lo.Cell("职务、职称", letter.post), lo.Cell("专业（工种）", letter.trade)),
        )
    )
    kin = "有" if letter.kin else "无"
    same = "同行" if letter.same_trade else "不同行"
    return lo.Sheet(
        "专家推荐函",
        (
            about,
            lo.TextBlock("推荐意见", text, 14, layout="under"),
            lo.Statement(f"推荐人声明：以上为本人所写，情况属实；与被推荐人{same}，{kin}亲属关系。"),
            lo.Line(
                (("推荐人（经一次性链接键入签名）", letter.signed_as), ("日期", long_date(signed) if signed else "")),
                "stack",
            ),
        ),
        subtitle=programme.edition.title,
    )


def _checked(wanted: Wanted, said: Said) -> tuple[dict[str, str], str]:
    """The expert's particulars and the text as they are kept. BadInput by field."""
    who = {name: clean(said.who.get(name, "")).strip() for name in CONFIRMED}
    for name in CONFIRMED:
        label = LABELS[name]
        if name in NEEDED and not who[name]:
            raise BadInput(f"请填写{label}。", "Required.", place=label)
        if len(who[name]) > LENGTHS[name]:
            raise BadInput(f"{label}最多 {LENGTHS[name]} 字。", "Too long.", place=label)
    if who["skill_level"] and who["skill_level"] not in {code for code, _ in wanted.levels}:
        raise BadInput("请从列出的技能等级中选择。", "Choose a level.", place=LABELS["skill_level"])
    text = clean(said.text).strip()
    if count_text(text) < SHORTEST:
        raise BadInput(f"请具体写明推荐意见，至少 {SHORTEST} 字。", "Say more.", place="推荐意见")
    decision = check_length(text, LONGEST, label="推荐意见")
    if not decision.allowed:
        raise BadInput(decision.reasons[0].text, "Too long.", place="推荐意见")
    if said.same_trade not in {"yes", "no"}:
        raise BadInput("请说明与被推荐人是否同行。", "Say whether you are of the same trade.", place="同行")
    if said.kin not in {"yes", "no"}:
        raise BadInput("请说明与被推荐人有无亲属关系。", "Say whether you are kin.", place="亲属关系")
    if not said.agreed:
        raise BadInput("请勾选声明。", "Confirm the statement.", place="声明")
    if clean(said.signed_as).strip() != who["name"]:
        raise BadInput("签名须与上面填写的姓名一致。", "Sign with your name.", place="签名")
    return who, text


def _into_form(wanted: Wanted, case: Case, letter: Letter, text: str, at: datetime) -> None:
    """What the expert said of themselves stands in the form's row, as long as the form is open."""
    if filling_stage(wanted.programme, case.rows.all()) is None:
        return
    group, words = wanted.asked.letters.rows, wanted.programme.pack.vocabulary
    before, rows = case.values, []
    for row in case.values.get(group) or []:
        if isinstance(row, dict) and str(row.get("id")) == letter.row:
            own: dict[str, Any] = {name: getattr(letter, name) for name in CONFIRMED if getattr(letter, name)}
            own["letter"] = text
            row = {**row, **{name: value for name, value in own.items() if name in wanted.asked.columns}}
        rows.append(row)
    case.values = sealed({**case.values, group: rows}, words)
    case.version += 1
    case.save(update_fields=["values", "version"])
    keep_edit(wanted.programme, case, before, guest(letter.name), at, f"推荐专家{letter.name}填写"[:120])
