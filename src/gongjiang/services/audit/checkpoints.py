"""Sign the log as it stands, and show what was signed to whoever asks.

At each close of a stage a checkpoint is made in the same transaction. It is public: size, root, time and the stage's
name say nothing of anybody. Copies outside (printed notices, minutes, files of observers) are what makes it strong:
`cli/standalone/verify_log.py` compares them with the log without any program of ours.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Checkpoint, Entry, Head
from gongjiang.rules.audit import checkpoint as notes
from gongjiang.rules.audit.merkle import Frontier, consistency_proof, inclusion_proof, leaf_hash

PAGE: Final = 50


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.SECRETS["log"]))


def origin() -> str:
    """The installation's name on its checkpoints: of its key, so that no two share it."""
    return f"gongjiang-{_key().public_key().public_bytes_raw().hex()[:8]}"


def verifier_key() -> str:
    """What outsiders verify with."""
    return notes.verifier_key(origin(), _key().public_key().public_bytes_raw())


@transaction.atomic
def make_checkpoint(*, actor: Actor, at: datetime, about: str, edition_id: int | None = None) -> Checkpoint | None:
    """Sign everything written so far, this transaction's entries included; the last checkpoint if nothing was
    written since, None if there is no log yet.

    `about`: which close it was, without names of people. Call it last, as `append` holds the head of the log until
    the transaction ends.
    """
    head = Head.objects.select_for_update().filter(pk=1).first()
    last = Checkpoint.objects.order_by("-size").first()
    if head is None or head.seq == 0 or (last is not None and last.size == head.seq):
        return last
    known = Frontier(last.size, tuple(bytes.fromhex(one) for one in last.peaks)) if last else Frontier()
    tree = known.grown(leaf_hash(one) for one in _bodies(known.size, head.seq))
    told = notes.Checkpoint(origin(), tree.size, tree.root, (localtime(at).isoformat("T", "seconds"), about))
    return Checkpoint.objects.create(
        size=tree.size,
        root=tree.root.hex(),
        peaks=notes.hexes(tree.peaks),
        at=at,
        by_id=actor.user_id,
        about=about[:120],
        edition_id=edition_id,
        note=notes.signed(told, _key()),
    )


def checkpoints(*, before: int = 0) -> list[Checkpoint]:
    """A page of them, newest first, for anybody; one more than a page shows."""
    rows = Checkpoint.objects.filter(size__lt=before) if before else Checkpoint.objects.all()
    return list(rows.order_by("-size")[: PAGE + 1])


def note_of(size: int) -> str:
    """The signed text of one checkpoint. Raises NotFound."""
    found = Checkpoint.objects.filter(size=size).values_list("note", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def last_of(edition_id: int, until: datetime) -> Checkpoint | None:
    """The latest checkpoint of an edition by a moment: what its notice and minutes print."""
    return Checkpoint.objects.filter(edition_id=edition_id, at__lte=until).order_by("-size").first()


def log_lines() -> Iterator[bytes]:
    """The whole log as the verifier reads it: one entry a line, first to last. For whoever runs the platform."""
    for body in _bodies(0, None):
        yield body + b"\n"


def same_proof(old: int, new: int) -> dict[str, object]:
    """That the log of `old` entries is the beginning of the one of `new`. Raises NotFound if it has fewer."""
    leaves = [leaf_hash(one) for one in _bodies(0, new)]
    if not 0 < old <= new == len(leaves):
        raise NotFound()
    return {"old": old, "new": new, "path": notes.hexes(consistency_proof(leaves, old))}


def entry_proof(seq: int, size: int) -> dict[str, object]:
    """That entry `seq` (from 1) is within the log of `size` entries. Raises NotFound if it isn't."""
    bodies = list(_bodies(0, size))
    if not 0 < seq <= size == len(bodies):
        raise NotFound()
    path = inclusion_proof([leaf_hash(one) for one in bodies], seq - 1)
    return {"index": seq - 1, "size": size, "entry": bodies[seq - 1].decode(), "path": notes.hexes(path)}


def _bodies(after: int, until: int | None) -> Iterator[bytes]:
    """The hashed texts of entries in order."""
    rows = Entry.objects.filter(seq__gt=after)
    if until is not None:
        rows = rows.filter(seq__lte=until)
    for body in rows.order_by("seq").values_list("body", flat=True).iterator(chunk_size=2000):
        yield body.encode()
