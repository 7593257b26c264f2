"""What in a nomination may be secret or too personal: typed texts and texts of files, each hint with its place, for
those who fill in and those who check. A hint refuses nothing; who has looked at it says so, by name."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.text import clean
from gongjiang.models import Case, FileHint, HintAnswer
from gongjiang.rules.evidence.secrecy import LABELS, Kind, scan
from gongjiang.services.evidence import ocr
from gongjiang.services.evidence.describe import may_check
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.save import may_edit
from gongjiang.services.nominations.statements import Declared, declared, statements_of
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import Programme, programme_of


@dataclass(frozen=True)
class Hint:
    """One place to look at. `file`: the id of the file, None for what was typed into `field`."""

    key: str
    kind: str
    place: str
    words: str
    around: str
    field: str = ""
    file: int | None = None
    page: int = 0
    answer: HintAnswer | None = None


@dataclass(frozen=True)
class Secrecy:
    """All hints of a case; `unread`, `unread_since`: files waiting to be looked through; `unreadable`: without words;
    `reads`: what stands on pictures is read here; `statements`: what the filer declared, with what was handed in."""

    case: Case
    hints: tuple[Hint, ...]
    unread: int
    unreadable: int
    reads: bool = False
    unread_since: datetime | None = None
    statements: tuple[Declared, ...] = ()

    @property
    def open(self) -> tuple[Hint, ...]:
        """Those that nobody has answered."""
        return tuple(one for one in self.hints if one.answer is None)


def secrecy(actor: Actor, case_id: int) -> Secrecy:
    """NotFound for all but those who fill the case in and those who check it."""
    case = get_case(actor, case_id)
    programme = programme_of(case.process)
    if not concerned(actor, programme, case):
        raise NotFound()
    statements = declared(case, statements_of(plan_of(programme, case)))
    return replace(secrecy_of(programme, case), statements=tuple(statements))


def concerned(actor: Actor, programme: Programme, case: Case) -> bool:
    """Is this for the actor's eyes?"""
    return may_edit(actor, case) or may_check(actor, programme, case)


def secrecy_of(programme: Programme, case: Case) -> Secrecy:
    """The same for a case that was found to be the actor's own or to check; three queries."""
    answers = {one.key: one for one in HintAnswer.objects.filter(case=case).select_related("by")}
    files = list(case.files.filter(removed_at=None).values_list("kind", "prepared", "uploaded_at"))
    found = [*_typed(programme, case, answers), *_in_files(case, answers)]
    unread = [at for _kind, prepared, at in files if prepared in {"waiting", "running"}]
    mute = sum(kind in {"jpg", "png", "mp4"} for kind, _prepared, _at in files)
    return Secrecy(case, tuple(found), len(unread), mute, ocr.present(), min(unread, default=None))


@transaction.atomic
def answer(*, actor: Actor, at: datetime, case_id: int, key: str, note: str = "") -> HintAnswer:
    """Keep that somebody looked at a hint and found nothing secret. Again changes nothing: the first answer stands."""
    seen = secrecy(actor, case_id)
    lock_case(case_id)
    hint = next((one for one in seen.hints if one.key == key), None)
    if hint is None:
        raise BadInput("这条提示已经不在了，可能文字改过或文件删去了。", "The hint is gone.", place="脱密检查")
    if hint.answer is not None:
        return hint.answer
    said = clean(note).replace("\n", " ").strip()[:200]
    row = HintAnswer.objects.create(case=seen.case, key=key, note=said, by_id=actor.user_id, at=at)
    note_case(actor, at, seen.case, "hint.answer", {"kind": hint.kind, "hint": key})
    return row


def _typed(programme: Programme, case: Case, answers: dict[str, HintAnswer]) -> Iterator[Hint]:
    """In texts that somebody typed; fields that ask for a number are none."""
    fields = programme.fields_of(case.award)
    groups = programme.pack.vocabulary.groups
    for name, value in case.values.items():
        spec = fields.get(name)
        if isinstance(value, str) and spec is not None and spec.type == "text":
            yield from _hints(value, spec.label or name, name, answers)
        elif isinstance(value, list) and name in groups:
            for n, row in enumerate(value, 1):
                for column, text in row.items():
                    asked = groups[name].get(column)
                    if isinstance(text, str) and asked is not None and asked.type == "text":
                        label = spec.label if spec is not None and spec.label else name
                        yield from _hints(text, f"{label}第{n}行，{asked.label}", name, answers)


def _hints(text: str, place: str, field: str, answers: dict[str, HintAnswer]) -> Iterator[Hint]:
    for one in scan(text):
        key = _key(field, one.kind.value, one.words)
        yield Hint(key, LABELS[one.kind], place, one.words, one.around, field=field, answer=answers.get(key))


def _in_files(case: Case, answers: dict[str, HintAnswer]) -> Iterator[Hint]:
    rows = FileHint.objects.filter(file__case=case, file__removed_at=None).select_related("file")
    for one in rows.order_by("file__attachment", "file__position", "file_id", "page", "id"):
        key = _key(f"{one.file.digest}:{one.page}", one.kind, one.words)
        place = f"{one.file.title}，第{one.page}页" if one.page else one.file.title
        yield Hint(
            key,
            LABELS[Kind(one.kind)],
            place,
            one.words,
            one.around,
            file=one.file_id,
            page=one.page,
            answer=answers.get(key),
        )


def _key(where: str, kind: str, words: str) -> str:
    return hashlib.sha256(f"{where}\n{kind}\n{words}".encode()).hexdigest()
