"""Call a sitting: its body, its terms, its agenda in the order in which the recused walk least."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Recusal, Sitting, SittingItem, SittingMember
from gongjiang.rules.meetings.agenda import agenda
from gongjiang.rules.meetings.ballot import Terms
from gongjiang.services.audit.append import append
from gongjiang.services.meetings.room import about, require_recorder
from gongjiang.services.messages.send import tell
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.blind.panel import require_locked


@dataclass(frozen=True, slots=True)
class MemberIn:
    """One of the body, with an account or without."""

    name: str
    post: str = ""
    user_id: int | None = None


@transaction.atomic
def call_sitting(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    group: str,
    body: str,
    members: Sequence[MemberIn],
    chair_id: int | None,
    cases: Sequence[Case],
    recused: Mapping[tuple[int, str], str],
    terms: Terms,
    secret: bool,
) -> Sitting:
    """`cases` in their ranking; `recused`: ground by (case id, member's name). Members with an account are told.

    Raises BadInput for a body without members or name, Refused while another sitting on this list is under way.
    """
    require_recorder(actor, programme, stage_id)
    named = [one for one in members if clean(one.name).strip()]
    _check(programme, stage_id, group, body, named, cases)
    sitting = Sitting.objects.create(
        process=programme.process,
        stage=stage_id,
        group=group,
        body=clean(body).strip()[:80],
        held_on=timezone.localtime(at).date(),
        chair_id=chair_id,
        terms={"quorum": terms.quorum, "majority": terms.majority, "of": terms.of},
        secret=secret,
        called_by_id=actor.user_id,
        called_at=at,
    )
    seated = {}
    for n, one in enumerate(named):
        seated[one.name.strip()] = SittingMember.objects.create(
            sitting=sitting, user_id=one.user_id, name=one.name.strip()[:40], post=one.post.strip()[:40], position=n
        )
    _set_agenda(sitting, cases, seated, recused)
    append(
        actor=actor,
        at=at,
        action="sitting.call",
        kind="sitting",
        key=sitting.pk,
        edition_id=programme.edition.pk,
        data=about(sitting, members=len(named), items=len(cases), secret=secret),
    )
    _invite(sitting, named, at)
    return sitting


def _check(
    programme: Programme, stage_id: str, group: str, body: str, named: Sequence[MemberIn], cases: Sequence[Case]
) -> None:
    if not clean(body).strip():
        raise BadInput("请写明会议名称。", "Name the meeting.", place="会议")
    if not named:
        raise BadInput("请写明会议成员。", "Say who belongs to the body.", place="成员")
    if len({one.name.strip() for one in named}) < len(named):
        raise BadInput("成员中有同名的，请在姓名后注明单位加以区分。", "Two members of one name.", place="成员")
    if not cases:
        raise BadInput("名单上还没有人，不必开会。", "Nobody is on this list.", place="议程")
    require_locked(programme, programme.stage(stage_id))
    if Sitting.objects.filter(process=programme.process, stage=stage_id, group=group).exclude(state="ended").exists():
        raise Refused("这份名单的会议已经召集，请先结束。", "A sitting on this list is under way.")


def _invite(sitting: Sitting, named: Sequence[MemberIn], at: datetime) -> None:
    for one in named:
        if one.user_id is not None:
            tell(
                at=at,
                text=f"请参加“{sitting.body}”，到会时在平台上签到。",
                link=f"sitting:{sitting.pk}",
                user_id=one.user_id,
            )


def _set_agenda(
    sitting: Sitting,
    cases: Sequence[Case],
    seated: Mapping[str, SittingMember],
    recused: Mapping[tuple[int, str], str],
) -> None:
    away: dict[str, frozenset[str]] = {}
    for case in cases:
        away[str(case.pk)] = frozenset(name for name in seated if recused.get((case.pk, name)))
    by_key = {str(case.pk): case for case in cases}
    for n, key in enumerate(agenda([str(case.pk) for case in cases], away), 1):
        item = SittingItem.objects.create(sitting=sitting, case=by_key[key], position=n)
        Recusal.objects.bulk_create(
            Recusal(item=item, member=seated[name], ground=recused[item.case_id, name][:200])
            for name in sorted(away[key])
        )
