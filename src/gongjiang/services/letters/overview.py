"""The experts of a case with their letters: how each stands, whether it counts, and what this person may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Letter
from gongjiang.rules.letters.independence import Finding, findings, reach
from gongjiang.services.invitations.queries import state_of
from gongjiang.services.invitations.send import contact_of
from gongjiang.services.letters.asked import LettersAsked
from gongjiang.services.nominations.authority import files
from gongjiang.services.nominations.plan import filling_stage, fills_files
from gongjiang.services.people.sealing import open_text
from gongjiang.services.programmes.programme import Programme

SEAL: Final = "letter"
"""Under which letters are sealed."""


@dataclass(frozen=True)
class Expert:
    """One expert of the form. `letter`: the one that stands, if any; `findings` with what the expert declared; `mobile`
    in clear, never for a page."""

    row: str
    name: str
    employer: str
    post: str
    mobile: str
    letter: Letter | None
    link_state: str
    findings: tuple[Finding, ...]

    @property
    def state(self) -> str:
        """written, handed_in, declined, waiting, failed (to be sent), ended (the link), or none."""
        if self.letter is None:
            return "none"
        if self.letter.signed_at is not None:
            return "written"
        if self.letter.file_id is not None:
            return "handed_in"
        if self.letter.declined_at is not None:
            return "declined"
        living = {"queued", "office", "sent", "opened"}
        return "waiting" if self.link_state in living else "failed" if self.link_state == "failed" else "ended"

    @property
    def counts(self) -> bool:
        """Is there a letter, and nothing certain against it?"""
        return self.state in {"written", "handed_in"} and not any(one.certain for one in self.findings)


def experts_of(case: Case, asked: LettersAsked, at: datetime) -> list[Expert]:
    """In the order of the form. One query."""
    standing = Letter.objects.filter(case=case, withdrawn_at=None).select_related(
        "invitation__delivery", "invitation__handed_by", "file", "asked_by"
    )
    letters = {one.row: one for one in standing}
    rows = []
    for row in asked.rows:
        letter = letters.get(str(row["id"]))
        said = {} if letter is None else {"kin": letter.kin, "same_trade": letter.same_trade}
        written = letter is not None and letter.signed_at is not None
        own = {"employer": letter.employer, "trade": letter.trade} if letter is not None and written else {}
        rows.append({**row, **{key: value for key, value in own.items() if value}, **said})
    told = findings(asked.nominee, rows, outside=asked.letters.outside)
    sent = {
        str(row["id"]): contact_of(one.invitation)
        for row in rows
        if (one := letters.get(str(row["id"]))) is not None and one.invitation is not None
    }
    row_of = {str(row["id"]): row for row in asked.rows}
    told_of_reach = reach(sent, _known(case, asked, letters.values()))
    found = []
    for row in rows:
        key = str(row["id"])
        letter = letters.get(key)
        link = letter.invitation if letter is not None else None
        found.append(
            Expert(
                key,
                str(row.get("name") or ""),
                str(row.get("employer") or ""),
                str(row.get("post") or ""),
                str(row.get("mobile") or ""),
                letter,
                "" if link is None else state_of(link, at),
                (*told[key], *told_of_reach.get(key, ()), *(_differing(row_of[key], letter) if letter else ())),
            )
        )
    return found


def _differing(row: Mapping[str, Any], letter: Letter) -> tuple[Finding, ...]:
    """What the form says of the expert otherwise than the signed letter: changed after it was signed. A letter by
    somebody else than the form names doesn't count; of the rest the letter holds."""
    if letter.signed_at is None:
        return ()
    if str(row.get("name") or "").strip() != letter.name:
        text = f"表上填的是{row.get('name') or '（空）'}，推荐函是{letter.name}出具的。"
        return (Finding("differs", text, True),)
    labels = [
        label
        for name, label in (("employer", "单位"), ("post", "职务、职称"), ("trade", "专业（工种）"))
        if row.get(name) and str(row[name]) != getattr(letter, name)
    ]
    if row.get("letter") and str(row["letter"]) != open_text(letter.text, SEAL):
        labels.append("推荐意见")
    if not labels:
        return ()
    text = f"表上的{'、'.join(labels)}在专家签署后改过，与推荐函不一致，以推荐函为准。"
    return (Finding("differs", text, False),)


def _known(case: Case, asked: LettersAsked, letters: Iterable[Letter]) -> list[tuple[str, str]]:
    """Addresses that aren't an expert's: of whoever files and asks, and what the form has of the nominee."""
    people = [case.filer, *(one.asked_by for one in letters)]
    found = [("填报人账号的邮箱", one.email) for one in people if one is not None]
    for name, spec in asked.fields.items():
        value = asked.nominee.get(name)
        if isinstance(value, str) and (spec.type == "mobile" or "@" in value):
            found.append((f"申报表上的“{spec.shown}”", value))
    return found


def may_ask(actor: Actor, programme: Programme, case: Case, asked: LettersAsked) -> bool:
    """Whoever fills in the form asks for letters, while their files are handed in."""
    stage = filling_stage(programme, case.rows.all())
    return stage is not None and files(actor, case) and fills_files(programme, stage, asked.part.attachment)
