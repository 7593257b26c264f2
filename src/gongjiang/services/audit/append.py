"""Append one entry to the chain, inside the transaction of what it tells."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Entry, Head


class OutsideTransaction(GongjiangError):
    """An entry must stand or fall with the change it tells."""


def canonical(body: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces, Chinese as it is."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(previous: str, body: str) -> str:
    """SHA-256 over the hash before and the body."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def append(
    *,
    actor: Actor,
    at: datetime,
    action: str,
    kind: str,
    key: object,
    data: dict[str, Any] | None = None,
    case_id: int | None = None,
    edition_id: int | None = None,
    request_key: str | None = None,
) -> Entry:
    """Write one entry. `data` must hold no sealed or personal numbers: ids, states, reasons, versions.

    The head row is locked, so entries of parallel transactions queue here; call this
    last in a transaction. A doubled `request_key` raises IntegrityError: the step was taken already.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("审计记录必须与所记的改动同在一个事务中", "audit entry outside a transaction")
    head = _locked()
    seq = head.seq + 1
    body = canonical(
        {
            "seq": seq,
            "at": at.astimezone(UTC).isoformat(),
            "actor": actor.user_id,
            "name": actor.name,
            "action": action,
            "kind": kind,
            "key": str(key),
            "case": case_id,
            "edition": edition_id,
            "data": data or {},
        }
    )
    entry = Entry(
        seq=seq,
        at=at,
        actor_id=actor.user_id,
        actor_name=actor.name,
        action=action,
        kind=kind,
        key=str(key),
        case_id=case_id,
        edition_id=edition_id,
        body=body,
        previous=head.digest,
        digest=digest(head.digest, body),
        request_key=request_key,
    )
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(seq=seq, digest=entry.digest)
    return entry


def _locked() -> Head:
    """The end of the chain, ours until the transaction ends (SQLite's transactions hold the whole database)."""
    found = Head.objects.select_for_update().filter(pk=1).first()
    if found is None:
        Head.objects.get_or_create(pk=1)
        found = Head.objects.select_for_update().get(pk=1)
    return found
