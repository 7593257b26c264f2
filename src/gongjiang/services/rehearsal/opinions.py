"""Opinions and judgements that a stage needs, given by whoever must give them."""

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Opinion
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.schema.words import Judgement as JudgementSpec
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.opinion_parties import needed_parties
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.programmes.judge import record
from gongjiang.services.rehearsal.world import World

#: Words for a box, as such boxes are usually filled in.
AGREED = "经核实，情况属实，同意推荐。"


def asks(world: World, stage: Stage) -> bool:
    """Has this stage any boxes to fill?"""
    sheets = set(getattr(stage, "sheets", ()))
    return any(
        one.at == stage.id or (one.at is None and sheet.id in sheets)
        for sheet in world.programme.pack.opinions
        for one in sheet.parties
    )


def give_needed(world: World, case: Case, stage: Stage, facts: Facts | None = None) -> None:
    """Everybody who has a box at this stage agrees."""
    if not asks(world, stage):
        return
    facts = facts or facts_of_one(world.programme, case)
    for asked in needed_parties(world.programme, stage, facts):
        if facts.opinions.get((asked.sheet, asked.party)):
            continue
        give_opinion(
            actor=_giver(world, case, asked.by or stage.by),
            at=world.clock.tick(),
            case_id=case.pk,
            sheet=asked.sheet,
            party=asked.party,
            verdict=Opinion.Verdict.AGREE,
            text=AGREED,
        )


def _giver(world: World, case: Case, roles: tuple[str, ...]) -> Actor:
    persons = {one.id for one in world.programme.pack.roles if one.level == "person"}
    if world.programme.expand(roles) <= persons:
        return world.offices.actor(case.applying_unit_id, "filer")
    return world.actor_for(roles, case, "officer")


def judged_at(world: World, spec: JudgementSpec) -> str | None:
    """The stage at which a question is answered: the one it names, else the first whose `by` shares a role."""
    if spec.before is not None:
        return spec.before
    roles = world.programme.expand(spec.by)
    for stage in world.programme.stages:
        acting = world.programme.expand((*stage.by, *getattr(stage, "jury", ())))
        if roles & acting:
            return stage.id
    return None


def judge_needed(world: World, case: Case, stage: Stage, actor: Actor | None = None) -> None:
    """Answer what the rules need to know of this case at this stage."""
    nominee = world.nominees[case.pk]
    here = {one.id: one for one in world.programme.pack.judgements if judged_at(world, one) == stage.id}
    for (question, about), answer in list(nominee.judged.items()):
        spec = here.get(question)
        if spec is None or spec.about not in ("case", "row"):
            continue
        judge_case(
            actor=actor or world.actor_for(spec.by, case, "officer"),
            at=world.clock.tick(),
            case_id=case.pk,
            question=question,
            answer=answer,
            basis="试运行",
            row=f"{spec.rows}:{about}" if spec.about == "row" else "",
        )
        del nominee.judged[(question, about)]


def judge_shared(world: World, stage: Stage) -> None:
    """Answers about the edition, a unit or a group that must be there before this stage."""
    for spec in world.programme.pack.judgements:
        if judged_at(world, spec) != stage.id or spec.id not in _read(world):
            continue
        if spec.about in ("case", "row"):
            continue
        answer = world.settings.judged.get(spec.id, spec.default)
        if answer is None:
            answer = next(iter(spec.takes.options), None) or {"yes_no": True, "number": "0"}.get(
                spec.takes.kind, "待定"
            )
            world.troubles.add("answer", f"“{spec.question}”没有缺省答复，试运行按“{answer}”。", "、".join(spec.cite))
        for key in _keys(world, spec):
            record(
                actor=world.actor_for(spec.by),
                at=world.clock.tick(),
                programme=world.programme,
                question=spec.id,
                about="edition" if spec.about == "edition" else str(spec.about),
                key=key,
                answer=str(answer) if spec.takes.kind == "number" else answer,
                basis="试运行",
            )


def _read(world: World) -> frozenset[str]:
    """Questions whose answer something depends on: a rule, a param, a list of codes, a table."""
    pack = world.programme.pack
    rules = {read.key for rule in pack.ready_rules for read in rule.reads() if read.kind == "judged"}
    words = [one.judged for one in pack.params]
    words += [one.judged for one in (*pack.codes.values(),)] + [one.judged for one in pack.tables.values()]
    return frozenset(rules | {one for one in words if one})


def _keys(world: World, spec: JudgementSpec) -> list[str]:
    """About what: the edition, each nominating unit, each value of a path among the cases."""
    if spec.about == "edition":
        return [""]
    if spec.about == "unit":
        return [f"unit:{one.organisation.short_name}" for one in world.parties.units]
    path = spec.about.get("each", "") if isinstance(spec.about, dict) else ""
    values = {
        str(case.values.get(path, "")) if not path.startswith("case.") else getattr(case, path[5:], "")
        for case in Case.objects.filter(pk__in=world.nominees)
    }
    return [f"{path}:{one}" for one in sorted(map(str, values)) if one]
