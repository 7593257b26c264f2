"""Walk the chain and say where it is broken."""

import json
from dataclasses import dataclass

from gongjiang.models import Checkpoint, Entry, Head
from gongjiang.rules.audit.merkle import Frontier, leaf_hash
from gongjiang.services.audit.append import canonical, digest


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries were read, and what was found wrong, in order."""

    entries: int
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Is the chain whole?"""
        return not self.problems


def verify() -> Verdict:
    """Every hash recomputed, every number in its place, the columns equal to the hashed body, every kept checkpoint
    the tree's root at its size."""
    problems: list[str] = []
    kept = dict(Checkpoint.objects.values_list("size", "root"))
    tree = Frontier()
    previous, expected = "0" * 64, 0
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        expected += 1
        if entry.seq != expected:
            problems.append(f"第 {expected} 条缺失或被调换（实为第 {entry.seq} 条）")
            expected = entry.seq
        if entry.previous != previous or digest(entry.previous, entry.body) != entry.digest:
            problems.append(f"第 {entry.seq} 条的哈希与内容不符")
        elif not _columns_agree(entry):
            problems.append(f"第 {entry.seq} 条的列与所记内容不符")
        previous = entry.digest
        tree = tree.grown([leaf_hash(entry.body.encode())])
        if tree.size in kept and kept.pop(tree.size) != tree.root.hex():
            problems.append(f"前 {tree.size} 条与当时签署的检查点不符")
    head = Head.objects.filter(pk=1).first()
    if (head.seq, head.digest) != (expected, previous) if head else expected:
        problems.append("链尾与总账不符：末尾可能被截断")
    if kept:
        problems.append(f"有 {len(kept)} 个检查点的条数超过现有记录：末尾可能被截断")
    return Verdict(expected, tuple(problems))


def _columns_agree(entry: Entry) -> bool:
    body = json.loads(entry.body)
    told = (body["seq"], body["action"], body["kind"], body["key"], body["actor"], body["case"], body["edition"])
    kept = (entry.seq, entry.action, entry.kind, entry.key, entry.actor_id, entry.case_id, entry.edition_id)
    return told == kept and canonical(body) == entry.body
