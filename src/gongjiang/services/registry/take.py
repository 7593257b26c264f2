"""A list taken over after a look, or dropped; taken back as a whole while no decision rests on it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Coverage, Register, RegistryEntry, RegistryImport, StageRow, Subject
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.registry.authority import imports_seen
from gongjiang.services.registry.match import match
from gongjiang.services.tallies import recount_listed

BATCH = 500
S = RegistryImport.State
Came = RegistryEntry.Outcome


def _locked(actor: Actor, import_id: int) -> RegistryImport:
    found = imports_seen(actor).select_related("register").select_for_update(of=("self",)).filter(pk=import_id).first()
    if found is None:
        raise NotFound()
    return found


@transaction.atomic
def take(*, actor: Actor, at: datetime, import_id: int) -> RegistryImport:
    """The rows count from now on. What is in the register already is not taken twice. NotFound, Stale."""
    one = _locked(actor, import_id)
    if one.state != S.PREVIEW:
        raise Stale("这份名单已经办过了，请刷新。", "Done already.")
    Register.objects.select_for_update().get(pk=one.register_id)  # lists of one programme come in one by one
    counted = dict.fromkeys(Came.values, 0)
    last = 0
    while entries := list(one.entries.filter(row__gt=last).order_by("row")[:BATCH]):
        last = entries[-1].row
        for entry in _take(entries, at):
            counted[entry.outcome] += 1
    one.state, one.taken_at = S.TAKEN, at
    one.save(update_fields=["state", "taken_at"])
    if one.complete:
        _cover(one)
    append(
        actor=actor, at=at, action="registry.take", kind="registry", key=one.pk,
        data={"programme": one.register.code, "title": one.title, "file": one.digest, "rows": counted,
              "complete": one.complete},
    )  # fmt: skip
    return one


def _take(entries: list[RegistryEntry], at: datetime) -> list[RegistryEntry]:
    """A batch: who each row is about, and what is known already."""
    keys = [one.key for one in entries]
    there = set(RegistryEntry.objects.filter(standing=True, key__in=keys).values_list("key", flat=True))
    fresh = [one for one in entries if one.key not in there]
    for entry, found in zip(fresh, match(fresh, at), strict=True):
        entry.outcome, entry.told, entry.subject, entry.standing = found.outcome, found.told, found.subject, True
    for entry in entries:
        if entry.key in there:
            entry.outcome, entry.told = Came.SAME, ""
    RegistryEntry.objects.bulk_update(entries, ["outcome", "told", "subject", "standing"])
    recount_listed(one.subject_id for one in fresh)
    return entries


def _cover(one: RegistryImport) -> None:
    """The register is complete since the earliest day that a standing list vouches for."""
    code, source = one.register.code, f"{one.title}{one.number}"[:120]
    held = Coverage.objects.filter(programme=code).first()
    since = one.since if held is None else earliest(held.since, one.since)
    Coverage.objects.update_or_create(programme=code, defaults={"since": since, "source": source})


def earliest(one: date | None, other: date | None) -> date | None:
    """The earlier of two days; none is earliest of all."""
    return None if one is None or other is None else min(one, other)


@transaction.atomic
def drop(*, actor: Actor, at: datetime, import_id: int) -> str:
    """A list that was only looked at goes away; its title comes back. NotFound, Stale."""
    one = _locked(actor, import_id)
    if one.state != S.PREVIEW:
        raise Stale("这份名单已经导入，只能撤销。", "Taken already.")
    key, title = one.pk, one.title
    one.delete()
    append(actor=actor, at=at, action="registry.drop", kind="registry", key=key, data={"title": title})
    return title


def used_by(one: RegistryImport) -> list[str]:
    """Editions in which a step was taken about somebody of the list since it counts, and rules read registers."""
    rows = StageRow.objects.filter(
        case__subject__in=one.entries.filter(standing=True).values("subject"),
        moved_at__gte=one.taken_at or one.at,
        state__in=[RowState.DONE, RowState.OUT, RowState.STRUCK],
    )
    found: dict[str, None] = {}
    for row in rows.select_related("process__edition__pack").order_by("process_id", "stage").distinct():
        programme = programme_of(row.process)
        if programme.pack.asks_registry and programme.stage(row.stage).type != "apply":
            found[programme.edition.title] = None
    return list(found)


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, import_id: int, reason: str) -> RegistryImport:
    """The list as a whole no longer counts. Raises Refused where a decision was made about somebody on it."""
    one = _locked(actor, import_id)
    if one.state != S.TAKEN:
        raise Stale("这份名单没有导入，或已经撤销。", "Not taken, or withdrawn.")
    if not clean(reason).strip():
        raise BadInput("请写明撤销的理由。", "Give a reason.", place="理由")
    used = used_by(one)
    if used:
        raise Refused(f"“{'”“'.join(used)}”已经依据这份名单办理过名单上的人，不能整体撤销。", "Decisions rest on it.")
    people = list(one.entries.filter(standing=True).values_list("subject_id", flat=True).distinct())
    one.entries.update(standing=False, subject=None)
    one.state, one.withdrawn_at, one.withdrawn_by_id = S.WITHDRAWN, at, actor.user_id
    one.reason = clean(reason).strip()[:500]
    one.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "reason"])
    for start in range(0, len(people), BATCH):
        recount_listed(people[start : start + BATCH])
    gone = forget(people)
    if one.complete:
        _uncover(one)
    append(
        actor=actor, at=at, action="registry.withdraw", kind="registry", key=one.pk,
        data={"programme": one.register.code, "title": one.title, "reason": one.reason, "people": gone},
    )  # fmt: skip
    return one


def _uncover(one: RegistryImport) -> None:
    """What other standing lists vouch for stays covered; a statement made by hand stays as it is."""
    code = one.register.code
    if not Coverage.objects.filter(programme=code, source=f"{one.title}{one.number}"[:120]).exists():
        return
    Coverage.objects.filter(programme=code).delete()
    for other in RegistryImport.objects.filter(register=one.register, state=S.TAKEN, complete=True).order_by("id"):
        _cover(other)


def forget(people: Iterable[int | None]) -> int:
    """Records that nothing speaks of any more go away: people whom only a withdrawn list knew."""
    gone = 0
    known = [pk for pk in people if pk is not None]
    for start in range(0, len(known), BATCH):
        rows = Subject.objects.filter(
            pk__in=known[start : start + BATCH], cases=None, honours=None, registry_entries=None, user=None,
            relations=None, related_to=None,
        )  # fmt: skip
        pks = list(rows.values_list("pk", flat=True))
        Subject.objects.filter(pk__in=pks).delete()
        gone += len(pks)
    return gone


@transaction.atomic
def state_coverage(
    *, actor: Actor, at: datetime, code: str, source: str, since: date | None, complete: bool
) -> Register:
    """Say by hand what the register holds completely (a programme named on this platform since a day), or no longer
    say it. NotFound for a register that isn't there, BadInput without a basis."""
    register = Register.objects.filter(code=code).first()
    if register is None:
        raise NotFound()
    if not clean(source).strip():
        raise BadInput("请写明依据。", "Say what it rests on.", place="依据")
    if since is not None and since > timezone.localtime(at).date():
        raise BadInput("起始日期不能晚于今天。", "Dated ahead.", place="起始日期")
    if complete:
        Coverage.objects.update_or_create(
            programme=code, defaults={"since": since, "source": clean(source).strip()[:120]}
        )
    else:
        Coverage.objects.filter(programme=code).delete()
    append(
        actor=actor, at=at, action="registry.cover", kind="registry", key=register.pk,
        data={"programme": code, "complete": complete, "since": since.isoformat() if since else "",
              "reason": clean(source).strip()[:120]},
    )  # fmt: skip
    return register
