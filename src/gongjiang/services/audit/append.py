"""Append one entry to the chain, inside the transaction of what it tells."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Entry, Head
from gongjiang.models.insert import insert_rows

#: The one table written by plain SQL: everything that happens passes here, and two statements suffice.
_HEAD = Head._meta.db_table


_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode


class OutsideTransaction(GongjiangError):
    """An entry must stand or fall with the change it tells."""


def canonical(body: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces, Chinese as it is."""
    return _written(body)


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
    body = _body(actor, at, action, kind, Told(key, data or {}, case_id), edition_id, seq)
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
    _close(entry.digest)
    return entry


@dataclass(frozen=True, slots=True)
class Told:
    """What one of many entries is about, and what it says."""

    key: object
    data: dict[str, Any]
    case_id: int | None = None


def append_many(
    *, actor: Actor, at: datetime, action: str, kind: str, told: Sequence[Told], edition_id: int | None = None
) -> None:
    """Many entries of one action, in order, each chained to the one before: `append` for each, in a few statements."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction("审计记录必须与所记的改动同在一个事务中", "audit entries outside a transaction")
    if not told:
        return
    last, previous = _next(len(told))
    rows = []
    for seq, one in enumerate(told, last - len(told) + 1):
        body = _body(actor, at, action, kind, one, edition_id, seq)
        before, previous = previous, digest(previous, body)
        rows.append((seq, str(one.key), one.case_id, body, before, previous))
    shared = {
        "at": at, "actor_id": actor.user_id, "actor_name": actor.name, "action": action, "kind": kind,
        "edition_id": edition_id,
    }  # fmt: skip
    insert_rows(Entry, ("seq", "key", "case_id", "body", "previous", "digest"), rows, shared)
    _close(previous)


def _body(actor: Actor, at: datetime, action: str, kind: str, told: Told, edition_id: int | None, seq: int) -> str:
    return canonical(
        {
            "seq": seq,
            "at": _utc(at),
            "actor": actor.user_id,
            "name": actor.name,
            "action": action,
            "kind": kind,
            "key": str(told.key),
            "case": told.case_id,
            "edition": edition_id,
            "data": told.data,
        }
    )


@lru_cache(maxsize=8)
def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _close(end: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_HEAD} SET digest = %s WHERE id = 1", [end])  # noqa: S608


def _next(many: int = 1) -> tuple[int, str]:
    """The number of the last of so many, and the hash before the first; the head row is ours until the transaction
    ends."""
    with connection.cursor() as cursor:
        for _ in range(2):
            sql = f"UPDATE {_HEAD} SET seq = seq + %s WHERE id = 1 RETURNING seq, digest"  # noqa: S608
            cursor.execute(sql, [many])
            found = cursor.fetchone()
            if found is not None:
                return int(found[0]), str(found[1])
            Head.objects.get_or_create(pk=1)
    raise OutsideTransaction("审计链的链尾不见了，请联系平台管理员", "the head of the audit chain is lost")
