"""Ask nothing twice: what the platform holds of the person already, for those who may know it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.identity_number import parse
from gongjiang.models import Case, Edit, Organisation, Subject
from gongjiang.rules.nominations.form_plan_parts import FormPlan
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.queries import get_case, visible_to
from gongjiang.services.nominations.save import Saved, read_changes, save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.people.sealing import identity_hash, opened
from gongjiang.services.programmes.programme import Programme, programme_of

RECORD: Final = "本人的人员档案"
EARLIER: Final = 20
"""Earlier nominations that are looked through, the latest."""


@dataclass(frozen=True)
class KnownAnswer:
    """An answer in clear that may be taken over, and where it was given."""

    value: Any
    source: str


@dataclass(frozen=True)
class Known:
    """What may be taken over, by name."""

    name: str
    answers: Mapping[str, KnownAnswer]

    @property
    def values(self) -> dict[str, Any]:
        """The answers alone."""
        return {name: one.value for name, one in self.answers.items()}


def known_of(actor: Actor, at: datetime, case: Case) -> Known | None:
    """What is known of the person that this form still lacks; None if nothing, or nothing one may know.

    The person is found by the identity number that was typed in, and only earlier nominations that the actor may see
    are read (of whatever programme and level), so nobody learns of a stranger: a number of somebody else's nominee
    gives nothing at all. One's own record is read besides.
    """
    programme = programme_of(case.process)
    if actor.user_id is None or programme.award(case.award).subject != "person":
        return None
    values = opened(case.values, programme.pack.vocabulary)
    subject = _subject(at, str(values.get("id_number") or ""))
    if subject is None:
        return None
    asked = askable(plan_of(programme, case)) - {"id_number"}
    blank = {name for name in asked if is_blank(values.get(name))}
    found: dict[str, KnownAnswer] = {}
    for source, held in _sources(actor, subject, case) if blank else ():
        fresh = {name: held[name] for name in sorted(blank - found.keys()) if not is_blank(held.get(name))}
        read, _ = read_changes(programme, case.award, fresh, at, strict=True)
        found |= {name: KnownAnswer(value, source) for name, value in read.items() if not is_blank(value)}
    return Known(subject.name, found) if found else None


@transaction.atomic
def take_over(
    *, actor: Actor, at: datetime, case_id: int, version: int | None = None, names: Collection[str] | None = None
) -> Saved:
    """Fill blanks of the form with what is known (`names`: these alone), each source by itself on record. NotFound if
    there is nothing that one may know."""
    case = get_case(actor, case_id)
    known = known_of(actor, at, case)
    chosen = {name: one for name, one in known.answers.items() if names is None or name in names} if known else {}
    if not chosen:
        raise NotFound("没有可以带入的资料，或没有选定要带入哪几项。", "Nothing to take over.")
    saved = Saved(case)
    for source in dict.fromkeys(one.source for one in chosen.values()):
        changes = {name: one.value for name, one in chosen.items() if one.source == source}
        saved = save_values(
            actor=actor, at=at, case_id=case_id, changes=changes, version=version, source=f"带入自{source}"
        )
        version = saved.case.version
    return saved


def askable(plan: FormPlan) -> frozenset[str]:
    """Names at the top of the values that the form asks for. What is about this case alone is never taken over, and
    nobody's statement is: it is made anew for each nomination."""
    asked = {one.path for section in plan.sections for one in section.questions}
    asked |= {one.path for section in plan.sections for one in section.tables}
    return frozenset(path for path in asked if "." not in path)


def origins_of(case: Case) -> dict[str, str]:
    """Where an answer comes from that nobody typed and nobody changed since, by name."""
    found: dict[str, str] = {}
    for edit in Edit.objects.filter(case=case).exclude(source="").order_by("id"):
        for name, one in edit.changes.items():
            if case.values.get(name) == one["to"] and not is_blank(one["to"]):
                found[name] = edit.source
    return found


def _subject(at: datetime, number: str) -> Subject | None:
    try:
        plain = parse(number, on=timezone.localtime(at).date()).value
    except BadInput:
        return None
    return Subject.objects.filter(kind="person", identity_hash=identity_hash(plain)).first()


def _sources(actor: Actor, subject: Subject, case: Case) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Where the person's answers stand, the latest first: nominations that the actor may see, one's own record."""
    earlier = visible_to(actor).filter(subject=subject, submitted_at__isnull=False).exclude(pk=case.pk)
    for one in earlier.select_related("process__edition__pack").order_by("-submitted_at", "-pk")[:EARLIER]:
        day = f"{timezone.localtime(one.submitted_at):%Y年%-m月}" if one.submitted_at else ""
        source = f"{day}“{one.process.edition.title}”的申报（{one.number}）"
        yield source, opened(one.values, programme_of(one.process).pack.vocabulary)
    if subject.user_id == actor.user_id:
        yield RECORD, opened(subject.values, programme_of(case.process).pack.vocabulary)


@transaction.atomic
def begin(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    award: str,
    route: str,
    unit: Organisation,
    receiver: Organisation | None = None,
    title: str = "",
    myself: bool = False,
) -> Case:
    """Start a nomination with what is known at once: name, employer, the day; for oneself, one's own record."""
    case = start_case(
        actor=actor, at=at, programme=programme, award=award, route=route, unit=unit, receiver=receiver,
        title=title.strip()[:60],
    )  # fmt: skip
    words = programme.pack.vocabulary
    asked = plan_of(programme, case).paths()
    own = Subject.objects.filter(user_id=actor.user_id).first() if myself and actor.user_id else None
    held = opened(own.values, words) if own is not None else {}
    known = {name: held[name] for name in askable(plan_of(programme, case)) if not is_blank(held.get(name))}
    if known:
        read, _ = read_changes(programme, award, known, at, strict=True)
        case = save_values(actor=actor, at=at, case_id=case.pk, changes=read, source=f"带入自{RECORD}").case
    typed = {}
    if title.strip():
        typed["name"] = title.strip()
    elif myself and not known.get("name"):
        typed["name"] = actor.name
    if unit.level == "employer" and not known.get("employer"):
        typed["employer"] = unit.name
    changes = {name: value for name, value in typed.items() if name in asked}
    if "case.fill_date" in asked:
        changes["fill_date"] = timezone.localtime(at).date().isoformat()
    if changes:
        case = save_values(actor=actor, at=at, case_id=case.pk, changes=changes).case
    return case
