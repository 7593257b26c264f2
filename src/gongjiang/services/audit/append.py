"""Append one entry to the chain, inside the transaction of what it tells."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Entry, Head

#: The one table written by plain SQL: everything that happens passes here, and two statements suffice.
_HEAD = Head._meta.db_table


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
    seq, previous = _next()
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
        previous=previous,
        digest=digest(previous, body),
        request_key=request_key,
    )
    entry.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_HEAD} SET digest = %s WHERE id = 1", [entry.digest])  # noqa: S608
    return entry


def _next() -> tuple[int, str]:
    """The next number and the hash before it; the head row is ours until the transaction ends."""
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(f"UPDATE {_HEAD} SET seq = seq + 1 WHERE id = 1 RETURNING seq, digest")  # noqa: S608
            found = cursor.fetchone()
            if found is not None:
                return int(found[0]), str(found[1])
            Head.objects.get_or_create(pk=1)
    raise OutsideTransaction("审计链的链尾不见了，请联系平台管理员", "the head of the audit chain is lost")
