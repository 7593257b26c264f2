"""Every rule of a pack asked of everybody in a file: who meets all, who doesn't, who can't be told yet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from gongjiang.rules.programmes.blame import WHEN, Reason
from gongjiang.rules.programmes.conditions import Condition
from gongjiang.rules.programmes.conditions.base import title
from gongjiang.rules.programmes.evaluate import BLOCKING, ReadyRule
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.vector import RuleVerdicts, TablePeople, Verdicts, evaluate_people
from gongjiang.rules.programmes.vector.columns import Column
from gongjiang.rules.scoring.many import score_people
from gongjiang.services.screening.reading import PeopleFile

STANDINGS: Final = {"pass": "符合", "reason": "须说明理由", "unknown": "待补", "fail": "不符合"}
"""What comes of a person: all met; a soft rule broken; something not known; a hard rule broken."""


@dataclass(frozen=True)
class Screened:
    """A file of people judged. `standing`: one of STANDINGS for each person."""

    pack: Pack
    file: PeopleFile
    shared: Facts
    verdicts: Verdicts
    standing: pl.Series

    def counts(self) -> dict[str, int]:
        """How many of each standing."""
        found = dict(self.standing.value_counts().iter_rows())
        return {key: int(found.get(key, 0)) for key in STANDINGS}

    def why(self, outcome: str) -> pl.Series:
        """Clauses and names of a person's blocking rules that came out so, in one text; '' for none."""
        texts = []
        for one in self.verdicts.rules.values():
            if one.rule.force not in BLOCKING:
                continue
            told = [reason_text(one.rule, way, self.shared) if way.outcome == outcome else None for way in one.reasons]
            texts.append(pl.Series([*told, None], dtype=pl.String).gather(one.codes).alias(one.rule.id))
        if not texts:
            return pl.repeat("", self.verdicts.size, dtype=pl.String, eager=True)
        return pl.DataFrame(texts).select(pl.concat_str(pl.all(), separator="；", ignore_nulls=True).alias("why"))[
            "why"
        ]


def shared_facts(
    pack: Pack,
    as_of: date | None,
    *,
    submitted: bool,
    params: Mapping[str, Any] | None = None,
    judged: Mapping[str, Any] | None = None,
) -> Facts:
    """What is the same for all: the pack's words, the day that counts, what is tried out."""
    return Facts(
        pack.vocabulary,
        params=dict(params or {}),
        judgements={(key, ""): value for key, value in (judged or {}).items()},
        as_of=as_of,
        submitted=submitted,
    )


def screen(pack: Pack, file: PeopleFile, shared: Facts) -> Screened:
    """Judge everybody."""
    people = TablePeople(shared, file.table, file.groups)
    people.scored.update(_scores(pack, people))
    verdicts = evaluate_people(pack.ready_rules, people, pack.ready_exceptions)
    return Screened(pack, file, shared, verdicts, _standing(verdicts))


def _scores(pack: Pack, people: TablePeople) -> Iterator[tuple[str, Column]]:
    """Scores that rules read and no column gives, of trees that are worked out from facts alone."""
    read = {one.key for rule in pack.ready_rules for one in rule.reads() if one.kind == "score"}
    kind = next((one.subject for one in pack.awards), "person")
    for node in (found for root in pack.scoring for found in _nodes(root)):
        by_people = any(one.judged is not None or one.tally is not None for one in _nodes(node))
        if node.id in read and people.raw(f"scores.{node.id}") is None and not by_people:
            yield node.id, score_people(node, people, kind=kind)


def _nodes(root: ScoreNode) -> Iterator[ScoreNode]:
    yield root
    for one in root.of:
        yield from _nodes(one)


def reason_text(rule: ReadyRule, reason: Reason, shared: Facts) -> str:
    """`四(三)年限 从事本项（专业）工作年限`; with the part that decided where there is one."""
    head = f"{'、'.join(rule.cite)} {rule.shown}".strip()
    if reason.way == WHEN:
        return f"{head}（不知是否适用）"
    part = part_at(rule.check, reason.way)
    return f"{head}（{title(part, shared)}）" if reason.way else head


def part_at(node: Condition, way: tuple[int, ...]) -> Condition:
    """The part of a condition that a way leads to."""
    for n in way:
        parts = getattr(node, "of", None)
        node = parts[n] if parts is not None else getattr(node, "inner", node)
    return node


def _standing(verdicts: Verdicts) -> pl.Series:
    """The worst that the blocking rules say."""
    nobody = pl.repeat(False, verdicts.size, dtype=pl.Boolean, eager=True)
    found = {"fail": nobody, "unknown": nobody, "reason": nobody}
    for one in verdicts.rules.values():
        if one.rule.force not in BLOCKING:
            continue
        word = "fail" if one.rule.force == "hard" else "reason"
        found[word] = found[word] | one.stopped
        found["unknown"] = found["unknown"] | _open(one)
    kind = pl.Enum(list(STANDINGS))
    chain = pl.when("fail").then(pl.lit("fail", kind)).when("unknown").then(pl.lit("unknown", kind))
    return pl.DataFrame(found).select(
        chain.when("reason").then(pl.lit("reason", kind)).otherwise(pl.lit("pass", kind)).alias("standing")
    )["standing"]


def _open(one: RuleVerdicts) -> pl.Series:
    opened = one.is_("unknown")
    return opened if one.overlays is None else opened & (one.overlays == 0)
