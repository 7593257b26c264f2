"""The experts of a case with their letters: how each stands, whether it counts, and what this person may do."""

from dataclasses import dataclass
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Letter
from gongjiang.rules.letters.independence import Finding, findings
from gongjiang.services.invitations.queries import state_of
from gongjiang.services.letters.asked import LettersAsked
from gongjiang.services.nominations.authority import files
from gongjiang.services.nominations.plan import filling_stage, fills_files
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Expert:
    """One expert of the form. `letter`: the one that stands, if any; `findings` with what the expert declared."""

    row: str
    name: str
    employer: str
    post: str
    letter: Letter | None
    link_state: str
    findings: tuple[Finding, ...]

    @property
    def state(self) -> str:
        """written, handed_in, waiting, ended (the link), or none."""
        if self.letter is None:
            return "none"
        if self.letter.signed_at is not None:
            return "written"
        if self.letter.file_id is not None:
            return "handed_in"
        return "waiting" if self.link_state in {"sent", "opened"} else "ended"

    @property
    def counts(self) -> bool:
        """Is there a letter, and nothing certain against it?"""
        return self.state in {"written", "handed_in"} and not any(one.certain for one in self.findings)


def experts_of(case: Case, asked: LettersAsked, at: datetime) -> list[Expert]:
    """In the order of the form. One query."""
    standing = Letter.objects.filter(case=case, withdrawn_at=None).select_related("invitation", "file")
    letters = {one.row: one for one in standing}
    rows = []
    for row in asked.rows:
        letter = letters.get(str(row["id"]))
        said = {} if letter is None else {"kin": letter.kin, "same_trade": letter.same_trade}
        written = letter is not None and letter.signed_at is not None
        own = {"employer": letter.employer, "trade": letter.trade} if letter is not None and written else {}
        rows.append({**row, **{key: value for key, value in own.items() if value}, **said})
    told = findings(asked.nominee, rows, outside=asked.letters.outside)
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
                letter,
                "" if link is None else state_of(link, at),
                told[key],
            )
        )
    return found


def may_ask(actor: Actor, programme: Programme, case: Case, asked: LettersAsked) -> bool:
    """Whoever fills in the form asks for letters, while their files are handed in."""
    stage = filling_stage(programme, case.rows.all())
    return stage is not None and files(actor, case) and fills_files(programme, stage, asked.part.attachment)
