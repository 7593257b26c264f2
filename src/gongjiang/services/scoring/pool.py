"""The pool of experts, as whoever runs a panel sees it: trades, titles, units, past work; invitations out of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, Q

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Assignment, EditionRole, Expert, ExpertProfile, Grant, User
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.accounts.queries import account_named
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.scoring.authority import own_seat, panel_stage, require_open, require_runner
from gongjiang.services.scoring.panel import add_expert

PAGE: Final = 50
MOST_TRADES: Final = 12


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody in the pool. `past`: editions they sat in, with the sheets they handed in; `seat`: on this panel."""

    user: User
    employer: str
    title: str
    trades: tuple[str, ...]
    note: str
    listed: bool
    past: tuple[tuple[str, int], ...]
    seat: Expert | None


def pool(
    *, actor: Actor, programme: Programme, stage: Panel, words: str = "", after: int = 0
) -> tuple[list[Known], int | None]:
    """A page of the pool with the id after which the next begins. `words`: all must occur in name, unit, title, trades.

    In it are who was put in, who may sit in the panel's bodies, and who sat on panels of this organiser.
    """
    require_runner(actor, programme, stage)
    roles = programme.expand((*stage.jury, *stage.by))
    bodies = EditionRole.objects.filter(edition=programme.edition, role__in=roles).values("organisation_id")
    may_sit = Grant.objects.filter(role=Grant.Role.EXPERT, organisation__in=bodies, until=None).values("user_id")
    sat = Expert.objects.filter(process__edition__organiser=programme.edition.organiser).values("user_id")
    rows = (
        User.objects.filter(Q(expert_profile__active=True) | Q(pk__in=may_sit) | Q(pk__in=sat), is_active=True)
        .exclude(expert_profile__active=False)
        .filter(pk__gt=after)
        .select_related("expert_profile")
        .order_by("pk")
    )
    wanted = clean(words).casefold().split()
    found: list[User] = []
    for user in rows:
        if all(word in _text(user) for word in wanted):
            found.append(user)
        if len(found) > PAGE:
            break
    return _told(programme, stage, found[:PAGE]), found[PAGE - 1].pk if len(found) > PAGE else None


@transaction.atomic
def keep_profile(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    username: str,
    employer: str = "",
    title: str = "",
    trades: Sequence[str] = (),
    note: str = "",
    active: bool = True,
) -> ExpertProfile:
    """Put somebody with an account into the pool, correct what is known of them, or take them out (`active`)."""
    require_runner(actor, programme, panel_stage(programme, stage_id))
    user = account_named(username)
    words = list(dict.fromkeys(clean(one).strip()[:30] for one in trades if clean(one).strip()))[:MOST_TRADES]
    made, _ = ExpertProfile.objects.update_or_create(
        user=user,
        defaults={
            "employer": clean(employer).strip()[:120],
            "title": clean(title).strip()[:120],
            "trades": words,
            "note": clean(note).strip()[:500],
            "active": active,
            "by_id": actor.user_id,
            "at": at,
        },
    )
    open_seats = Expert.objects.filter(user=user, process=programme.process, stage=stage_id)
    open_seats.update(employer=made.employer, title=made.title, trades=words)
    append(
        actor=actor,
        at=at,
        action="expert.profile",
        kind="user",
        key=user.pk,
        edition_id=programme.edition.pk,
        data={"trades": words, "active": active},
    )
    return made


@transaction.atomic
def invite(*, actor: Actor, at: datetime, programme: Programme, stage_id: str, user_ids: Iterable[int]) -> list[Expert]:
    """Invite these of the pool: each is told, declares conflicts and confidentiality, and only then sees names."""
    wanted = sorted(set(user_ids))
    if not wanted:
        raise BadInput("请勾选要邀请的专家。", "Choose whom to invite.", place="邀请")
    made = []
    users = {one.pk: one for one in User.objects.filter(pk__in=wanted, is_active=True).select_related("expert_profile")}
    if len(users) < len(wanted):
        raise BadInput("有的账号已经停用，请刷新后再选。", "Somebody's account is closed.", place="邀请")
    for pk in wanted:
        held = getattr(users[pk], "expert_profile", None)
        given = (held.employer, held.title, held.trades) if held is not None else ("", "", [])
        employer, title, trades = given
        made.append(
            add_expert(
                actor=actor, at=at, programme=programme, stage_id=stage_id,
                user=users[pk], employer=employer, title=title, trades=trades,
            )
        )  # fmt: skip
    return made


@transaction.atomic
def decline(*, actor: Actor, at: datetime, expert_id: int, reason: str) -> None:
    """The expert can't come: what they were given goes to others, and the panel is closed to them until they are
    invited again. Refused once they have handed in a score."""
    expert = own_seat(actor, expert_id)
    programme = programme_of(expert.process)
    stage = panel_stage(programme, expert.stage)
    require_open(programme, stage)
    why = clean(reason).strip()
    if not why:
        raise BadInput("请写明不能参加的缘由。", "Say why.", place="缘由")
    if expert.assignments.filter(sheets__submitted_at__isnull=False).exists():
        raise Refused("您已经提交过评分，不能整体谢绝；请对余下的逐件弃权。", "You have scored already.")
    expert.declined_at, expert.declined_why = at, why[:200]
    expert.save(update_fields=["declined_at", "declined_why"])
    left = expert.assignments.filter(state=Assignment.State.ASSIGNED)
    number = left.update(state=Assignment.State.ABSTAINED, reason="不能参加评审")
    append(
        actor=actor,
        at=at,
        action="panel.decline",
        kind="expert",
        key=expert.pk,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "given_back": number},
    )
    held = edition_parties(programme)
    for pk in sorted({pk for role in programme.expand(stage.by) for pk in held.get(role, ())}):
        tell(at=at, text=f"“{stage.shown}”有一位专家不能参加，{number} 件须另派。", link="todo", organisation_id=pk)


def _text(user: User) -> str:
    held = getattr(user, "expert_profile", None)
    words = [user.full_name]
    if held is not None:
        words += [held.employer, held.title, *held.trades, held.note]
    return clean(" ".join(words)).casefold()


def _told(programme: Programme, stage: Panel, users: Sequence[User]) -> list[Known]:
    seats = {
        one.user_id: one for one in Expert.objects.filter(process=programme.process, stage=stage.id, user__in=users)
    }
    past: dict[int, list[tuple[str, int]]] = defaultdict(list)
    before = Expert.objects.filter(user__in=users).exclude(process=programme.process).order_by("-pk")
    done = Count("assignments", filter=Q(assignments__sheets__submitted_at__isnull=False), distinct=True)
    for user_id, title, number in before.annotate(done=done).values_list("user_id", "process__edition__title", "done"):
        past[user_id].append((title, number))
    found = []
    for user in users:
        held, seat = getattr(user, "expert_profile", None), seats.get(user.pk)
        found.append(
            Known(
                user,
                held.employer if held is not None else seat.employer if seat is not None else "",
                held.title if held is not None else seat.title if seat is not None else "",
                tuple(held.trades if held is not None else seat.trades if seat is not None else ()),
                held.note if held is not None else "",
                held is not None,
                tuple(past.get(user.pk, ())),
                seat,
            )
        )
    return found
