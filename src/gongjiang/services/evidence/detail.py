"""A file with what is said of it. Hints go to those who fill in and those who check, to nobody else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Case, File, Recognised
from gongjiang.rules.evidence.certificate_text import differs
from gongjiang.rules.evidence.certificates import Certificate, unlike
from gongjiang.rules.nominations.form_plan_parts import FilesAsked, Indicator
from gongjiang.services.evidence.describe import may_check
from gongjiang.services.evidence.editing import editing
from gongjiang.services.evidence.queries import get_file
from gongjiang.services.evidence.recognise import card_text
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.save import apply_ids, may_edit
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.windows import stage_window


@dataclass(frozen=True)
class Detail:
    """A file. `inside`: this person fills the nomination in or checks it, so that hints are for them."""

    row: File
    asked: FilesAsked | None
    certificate: Certificate
    hints: tuple[str, ...]
    inside: bool
    editable: bool
    may_check: bool

    @property
    def indicator(self) -> Indicator | None:
        """What it hangs on."""
        return next((one for one in self.indicators if one.id == self.row.indicator), None)

    @property
    def read(self) -> dict[str, str]:
        """What a machine read of a certificate, by field."""
        return Certificate(**self.row.suggested).filled

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """What it may hang on."""
        return self.asked.indicators if self.asked is not None else ()


def detail(actor: Actor, file_id: int) -> Detail:
    """NotFound if the actor may not see the case."""
    row = get_file(actor, file_id)
    case, programme = row.case, programme_of(row.case.process)
    asked = next((one for one in plan_of(programme, case).files() if one.attachment.id == row.attachment), None)
    editable = _editable(actor, programme, case, asked)
    checks = may_check(actor, programme, case)
    certificate = Certificate(**row.certificate)
    inside = editable or checks or may_edit(actor, case)
    hints = hints_of(programme, case, [row]).get(row.pk, ()) if inside else ()
    originals = asked is not None and bool(asked.attachment.originals)
    return Detail(row, asked, certificate, hints, inside, editable, checks and originals)


def hints_of(programme: Programme, case: Case, rows: Iterable[File]) -> dict[int, tuple[str, ...]]:
    """Hints on the files of a case, by the file's id: where a certificate differs from what the form says, and what
    looks like an identity card, and what is there twice among these."""
    rows = list(rows)
    twice = Counter(row.digest for row in rows)
    last_day = stage_window(programme, programme.stage(apply_ids(programme)[0]), case.nominator_id).last_day
    name, level = (str(case.values.get(field) or "") for field in ("name", "skill_level"))
    found = {
        row.pk: (
            *unlike(typed := Certificate(**row.certificate), name=name, level=level, last_day=last_day),
            *differs(typed, Certificate(**row.suggested)),
            *([card_text(row, taken=False)] if row.recognised == Recognised.CARD else []),
            *([f"同一个文件传了 {twice[row.digest]} 次；不是有意的，请删去多的。"] if twice[row.digest] > 1 else []),
        )
        for row in rows
        if row.certificate or row.recognised == Recognised.CARD or twice[row.digest] > 1
    }
    return {key: texts for key, texts in found.items() if texts}


def _editable(actor: Actor, programme: Programme, case: Case, asked: FilesAsked | None) -> bool:
    try:
        editing(actor, programme, case, asked.attachment if asked is not None else None)
    except GongjiangError:
        return False
    return asked is not None
