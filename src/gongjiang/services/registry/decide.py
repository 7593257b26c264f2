"""Same person or another: decided by people, on record, and undone (ledger X-01)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Honour, PersonQuestion, RegistryEntry, Subject
from gongjiang.services.audit.append import append
from gongjiang.services.registry.authority import imports_seen, questions_seen
from gongjiang.services.tallies import recount, recount_listed

S = PersonQuestion.State


def _locked(actor: Actor, question_id: int) -> PersonQuestion:
    if not questions_seen(actor).filter(pk=question_id).exists():
        raise NotFound()
    return PersonQuestion.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=question_id)


@transaction.atomic
def decide(*, actor: Actor, at: datetime, question_id: int, same: bool, reason: str) -> PersonQuestion:
    """Settle a question. The same person: everything known of the one is joined to the other's record."""
    found = _locked(actor, question_id)
    if found.state != S.OPEN:
        raise Stale("这一条已经有人核对过，请刷新。", "Decided already.")
    if not clean(reason).strip():
        raise BadInput("请写明依据，如核对了哪份名单、证件或向谁查证。", "Say what it rests on.", place="依据")
    if same:
        found.moved = _join(found.one, found.other)
        _recount(found, found.moved)
    found.state = S.SAME if same else S.OTHER
    found.reason, found.by_id, found.at = clean(reason).strip()[:300], actor.user_id, at
    found.save()
    _record(actor, at, "person.join" if same else "person.differ", found)
    return found


@transaction.atomic
def undo(*, actor: Actor, at: datetime, question_id: int, reason: str) -> PersonQuestion:
    """The question is open again; what was joined goes back. NotFound, Stale, BadInput without a reason."""
    found = _locked(actor, question_id)
    if found.state == S.OPEN:
        raise Stale("这一条还没有核对，请刷新。", "Still open.")
    if not clean(reason).strip():
        raise BadInput("请写明改正的理由。", "Give a reason.", place="理由")
    if found.state == S.SAME:
        _move(found.moved, found.one)
        _recount(found, found.moved)
    found.state, found.moved, found.reason = S.OPEN, {}, clean(reason).strip()[:300]
    found.by_id, found.at = actor.user_id, at
    found.save()
    _record(actor, at, "person.reopen", found)
    return found


def may_part(entry: RegistryEntry) -> bool:
    """Is the row with its person by its data alone, so that it may be somebody else's?"""
    if not entry.standing or entry.number_hash or entry.subject is None:
        return False
    return entry.outcome == RegistryEntry.Outcome.KNOWN or bool(entry.subject.identity_hash)


@transaction.atomic
def part(*, actor: Actor, at: datetime, entry_id: int, reason: str) -> PersonQuestion:
    """A row that was put to somebody by its data alone is about another person: it gets a record of its own.

    Raises Refused where the identity number says who it is.
    """
    entry = (
        RegistryEntry.objects.select_for_update(of=("self",))
        .select_related("subject", "source")
        .filter(pk=entry_id, standing=True, source__in=imports_seen(actor))
        .first()
    )
    if entry is None or entry.subject is None:
        raise NotFound()
    if not clean(reason).strip():
        raise BadInput("请写明依据。", "Say what it rests on.", place="依据")
    if entry.number_hash:
        raise Refused("这一行有身份证号，号码已经确定是谁；号码有误请撤销导入，改好后重新导入。", "The number decides.")
    own = Subject.objects.create(
        kind="person",
        name=entry.name,
        values={key: one for key, one in (("birth", entry.birth), ("employer", entry.unit)) if one},
        created_at=at,
    )
    found = PersonQuestion.objects.create(
        one=own, other=entry.subject, why=entry.told, state=S.OTHER, reason=clean(reason).strip()[:300],
        asked_at=at, by_id=actor.user_id, at=at,
    )  # fmt: skip
    entry.subject, entry.told = own, "经核对不是已有的那个人"
    entry.save(update_fields=["subject", "told"])
    recount_listed([own.pk, found.other_id])
    _record(actor, at, "person.differ", found)
    return found


def _join(one: Subject, other: Subject) -> dict[str, list[int]]:
    """What is known of one goes to the other; a number that only one has is the person's."""
    if one.identity_hash and other.identity_hash and one.identity_hash != other.identity_hash:
        raise Refused("两份记录的身份证号不同，不是同一人。", "Their numbers differ.")
    if one.identity_hash and not other.identity_hash:
        number, one.identity_hash = one.identity_hash, None
        one.save(update_fields=["identity_hash"])
        other.identity_hash = number
        other.save(update_fields=["identity_hash"])
    moved = {
        "entries": list(one.registry_entries.values_list("pk", flat=True)),
        "honours": list(one.honours.values_list("pk", flat=True)),
        "cases": list(one.cases.values_list("pk", flat=True)),
    }
    _move(moved, other)
    return moved


def _move(moved: dict[str, list[int]], to: Subject) -> None:
    try:
        with transaction.atomic():
            RegistryEntry.objects.filter(pk__in=moved.get("entries", [])).update(subject=to)
            Honour.objects.filter(pk__in=moved.get("honours", [])).update(subject=to)
            Case.objects.filter(pk__in=moved.get("cases", [])).update(subject=to)
    except IntegrityError:
        raise Refused(
            "两份记录在同一届由同一单位各有一份申报（或荣誉），请先撤回其一。", "Both have a live case there."
        ) from None


def _recount(found: PersonQuestion, moved: dict[str, list[int]]) -> None:
    """Who is counted once or twice follows."""
    recount(moved.get("honours", []))
    recount_listed([found.one_id, found.other_id])


def _record(actor: Actor, at: datetime, action: str, found: PersonQuestion) -> None:
    append(
        actor=actor, at=at, action=action, kind="person", key=found.one_id,
        data={"one": found.one_id, "other": found.other_id, "reason": found.reason, "moved": found.moved},
    )  # fmt: skip
