"""What a rehearsal came to, in figures: the funnel, dates, rules, pools, troubles."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from gongjiang.models import Case, Honour, Notice, StageList, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.verify import verify
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.rehearsal.handing import handed_over
from gongjiang.services.rehearsal.places import quotas
from gongjiang.services.rehearsal.world import World
from gongjiang.services.rounds.pools import pool_book

OUTCOMES = ("pass", "fail", "unknown", "na")


def summarise(world: World, *, seed: int) -> dict[str, Any]:
    """Everything for `summary.json`. The same seed gives the same summary (the caller adds the time it took)."""
    process = world.programme.process
    cases = list(
        Case.objects.filter(process=process, submitted_at__isnull=False)
        .select_related("subject", "nominator", "applying_unit")
        .prefetch_related("parties__organisation")
        .order_by("pk")
    )
    facts = facts_of(world.programme, cases)
    honours = Honour.objects.filter(edition=world.edition)
    verdict = verify()
    pack = world.programme.pack
    return {
        "pack": pack.id,
        "version": pack.pack.version,
        "hash": pack.hash,
        "title": world.edition.title,
        "seed": seed,
        "params": {name: str(one) if one is not None else None for name, one in world.programme.params.items()},
        "nominees": len(world.nominees),
        "stages": _stages(world),
        "named": honours.count(),
        "handed_over": len(handed_over(world)),
        "tiers": dict(sorted(Counter(one.first_title or one.title for one in honours).items())),
        "dates": _dates(world),
        "rules": _rules(world, facts),
        "pools": _pools(world, cases, facts),
        "units": _units(world, cases),
        "objections": world.objections,
        "processes": [asdict(one) for one in world.follows],
        "troubles": [one.line for one in world.troubles.found],
        "audit": {"entries": verdict.entries, "ok": verdict.ok},
    }


def _stages(world: World) -> list[dict[str, Any]]:
    """In the order of the pack."""
    records = (world.stages[one.id] for one in world.programme.stages if one.id in world.stages)
    return [
        {"id": one.id, "label": one.label, "type": one.type, "in": one.entered, "out": one.out, "refused": one.refused}
        for one in records
    ]


def _dates(world: World) -> dict[str, Any]:
    """When each stage acted; of notices the days that count. `notice` is the first notice."""
    found: dict[str, Any] = {}
    for one in world.stages.values():
        begun, ended = one.begun, one.ended
        found[one.id] = {
            "type": one.type,
            "begun": timezone.localtime(begun).date().isoformat() if begun else None,
            "ended": timezone.localtime(ended).date().isoformat() if ended else None,
        }
    told = []
    for notice in Notice.objects.filter(process=world.programme.process).order_by("id"):
        days = {
            "stage": notice.stage,
            "title": notice.title,
            "published": timezone.localtime(notice.published_at).date().isoformat(),
            "first_day": notice.days[0] if notice.days else notice.first_day.isoformat(),
            "last_day": notice.last_day.isoformat(),
            "days": notice.days,
            "entries": notice.entries.count(),
        }
        told.append(days)
        if notice.ordinal == 1:
            found[notice.stage] = found.get(notice.stage, {}) | {key: days[key] for key in _SAID}
            found.setdefault("notice", found[notice.stage])
    return found | {"notices": told}


_SAID = ("published", "first_day", "last_day", "days")


def _rules(world: World, facts: dict[int, Facts]) -> list[dict[str, Any]]:
    counts: dict[str, Counter[str]] = {one.id: Counter() for one in world.programme.pack.ready_rules}
    for known in facts.values():
        for outcome in outcomes(world.programme, known):
            counts[outcome.rule][outcome.outcome] += 1
    found = []
    for rule in world.programme.pack.ready_rules:
        row = {key: counts[rule.id][key] for key in OUTCOMES}
        found.append({"id": rule.id, "name": rule.shown, "force": rule.force, **row})
        applied = sum(row.values()) - row["na"]
        if rule.force == "hard" and applied and not row["pass"]:
            world.troubles.add("rule", f"没有一个人符合“{rule.shown}”。", "、".join(rule.cite))
    return found


def _pools(world: World, cases: list[Case], facts: dict[int, Facts]) -> list[dict[str, Any]]:
    on: dict[str, set[int]] = {}
    rows = StageRow.objects.filter(process=world.programme.process, state=RowState.DONE)
    for name, pk in rows.values_list("stage", "case_id"):
        on.setdefault(name, set()).add(pk)
    found = []
    for stage in world.programme.stages:
        listed = {one.pk: one for one in cases if one.pk in on.get(stage.id, set())}
        for state in pool_book(world.programme, stage.id, listed, facts).states(listed):
            found.append(
                {
                    "pool": state.pool,
                    "label": state.label,
                    "on": stage.id,
                    "group": "、".join(map(str, state.key)),
                    "have": state.low if state.low == state.high else [state.low, state.high],
                    "bound": None if state.kind is None else str(state.bound),
                    "outcome": str(state.outcome.value),
                    "sentence": state.sentence,
                }
            )
    return found


def _units(world: World, cases: list[Case]) -> list[dict[str, Any]]:
    """Each nominating unit: its places, how many it put forward, how many were named. A unit whose places lie
    inside another's row stands there, under `includes`, and counts in both."""
    quota = quotas(world.programme.pack, world.programme.params)
    named = set(Honour.objects.filter(edition=world.edition).values_list("case_id", flat=True))
    closed = StageList.objects.filter(process=world.programme.process, closed_at__isnull=False)
    sent = Counter({one.group: one.kept or 0 for one in closed if one.group})
    found: dict[str, dict[str, Any]] = {}
    for unit in world.parties.units:
        name = unit.organisation.short_name
        mine = [one for one in cases if one.nominator_id == unit.organisation.pk]
        limits = {award: quota.of(award, name) for award in sorted({one.award for one in mine})}
        known = [one for one in limits.values() if one is not None]
        told: dict[str, Any] = {
            "unit": name,
            "quota": sum(known) if known else None,
            "filed": len(mine),
            "nominated": sent.get(name, len(mine)),
            "named": len([one for one in mine if one.pk in named]),
        }
        around = found.get(quota.inside.get(name, ""))
        if around is None:
            found[name] = told
            continue
        around.setdefault("includes", []).append(told)
        for key in ("quota", "filed", "nominated", "named"):
            around[key] = (around[key] or 0) + (told[key] or 0)
    return list(found.values())
