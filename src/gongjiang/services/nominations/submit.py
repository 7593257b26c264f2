"""Hand a nomination in: the whole form read strictly, the person matched to their one record."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, Subject
from gongjiang.services.nominations.edits import keep_edit
from gongjiang.services.nominations.revisions import keep_revision
from gongjiang.services.nominations.save import read_changes
from gongjiang.services.nominations.subject import match_subject
from gongjiang.services.nominations.transition import Taken, lock_case, move
from gongjiang.services.nominations.twice import Twice, refused_twice, tell_of_twice
from gongjiang.services.nominations.unasked import unasked
from gongjiang.services.people.sealing import opened, sealed
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.quotas.guard import release_seats


def submit(
    *, actor: Actor, at: datetime, case_id: int, version: int | None = None, request_key: str | None = None
) -> Taken:
    """Submit at the case's open apply stage. Every wrong field is told at once (Refused).

    A person whom another unit put forward in this edition: both sides and the office are told, whether or not the
    programme lets the second nomination in (Twice, where it doesn't).
    """
    try:
        return _submit(actor, at, case_id, version, request_key)
    except Refused as refused:
        case = Case.objects.select_related("process__edition__pack", "subject").get(pk=case_id)
        programme = programme_of(case.process)
        twice = refused_twice(actor=actor, at=at, programme=programme, case=case, refused=refused)
        if twice is not None:
            raise twice from refused
        raise


@transaction.atomic
def _submit(actor: Actor, at: datetime, case_id: int, version: int | None, request_key: str | None) -> Taken:
    case = lock_case(case_id)
    programme = programme_of(case.process)
    row = case.rows.filter(stage__in=[one.id for one in programme.stages if one.type == "apply"], state="open").first()
    if row is None:
        raise Refused("没有可提交的环节：已经提交，或还没有退回。", "Nothing to submit.")
    values = opened(case.values, programme.pack.vocabulary)
    read, problems = read_changes(
        programme,
        case.award,
        {name: one for name, one in values.items() if name in _known(programme, case)},
        at,
        strict=True,
    )
    if problems:
        raise Refused(
            "有几处须先改正：" + "；".join(str(one) for one in problems), "Some fields need mending.", place=case.title
        )
    case.values = sealed(values | read, programme.pack.vocabulary)
    _leave_out_unasked(programme, case, values | read, actor, at)
    before, case.subject = case.subject_id, match_subject(programme, case, values | read, at)
    if before not in (None, case.subject.pk):  # the number was corrected: the other person's place is free again
        release_seats(case=case, pools=[one.id for one in programme.pack.pools if one.on == "edition"])
    try:
        with transaction.atomic():
            case.save(update_fields=["values", "subject"])
    except IntegrityError:
        raise Twice(
            f"{case.title}在本届已由同一单位推荐过，不能重复推荐。", "A live case for this person exists already."
        ) from None
    taken = move(
        actor=actor,
        at=at,
        case_id=case.pk,
        stage_id=row.stage,
        action="submit",
        version=version,
        request_key=request_key,
    )
    keep_revision(taken.case, actor, at)
    _remember(taken.case)
    tell_of_twice(programme, taken.case, at)
    return taken


def _leave_out_unasked(programme: Programme, case: Case, values: dict[str, Any], actor: Actor, at: datetime) -> None:
    """What stands under a condition that is false is not handed in; it stays in the history of the form."""
    hidden = unasked(programme, case, values)
    if hidden:
        before = case.values
        case.values = {name: one for name, one in before.items() if name not in hidden}
        keep_edit(programme, case, before, actor, at, "提交时按所填的条件不再要填")


def _known(programme: Programme, case: Case) -> set[str]:
    """Names that the form can hold (what an older version of a draft held besides is left alone)."""
    plain = {name for name, one in programme.fields_of(case.award).items() if one.type not in {"rows", "file", "photo"}}
    return plain | set(programme.pack.vocabulary.groups) | set(programme.relations_of(case.award))


def _remember(case: Case) -> None:
    """The person's record keeps what was last said of them: ask nothing twice."""
    if case.subject is not None:
        Subject.objects.filter(pk=case.subject.pk).update(
            values={**case.subject.values, **case.values}, name=case.title or case.subject.name
        )
