"""File one nomination as its people would: begin, fill in, upload, ask the employer, submit."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from gongjiang.kernel.errors import GongjiangError, Refused
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case
from gongjiang.rules.nominations.form_plan_check import SPECIMEN
from gongjiang.rules.nominations.paths import columns_at, nested
from gongjiang.rules.programmes.derived import derive
from gongjiang.rules.programmes.facts import Facts, rows_of
from gongjiang.rules.programmes.satisfy import Invented, satisfy, violate
from gongjiang.rules.programmes.values import NONE, Ticks, is_blank
from gongjiang.services.evidence.upload import upload
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.form import truth_of
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.submit import submit
from gongjiang.services.programmes.windows import as_of
from gongjiang.services.rehearsal.answers import Filling, Person
from gongjiang.services.rehearsal.material import specimen
from gongjiang.services.rehearsal.opinions import give_needed
from gongjiang.services.rehearsal.plan import applying, rule_to_break
from gongjiang.services.rehearsal.points import earn
from gongjiang.services.rehearsal.world import Nominee, World


def file_nominee(world: World, nominee: Nominee) -> Case | None:
    """The whole filing; None where the submission was refused (the draft stays, the reason is a trouble)."""
    case, person = begin(world, nominee)
    facts = complete(world, nominee, case, person)
    attach(world, case, facts, case.pk - (case.pk % EVERY == 0))
    stage = next(one for one in world.programme.stages if one.type == "apply")
    give_needed(world, case, stage)
    filer = world.offices.actor(case.applying_unit_id, "filer")
    try:
        submit(actor=filer, at=world.clock.tick(), case_id=case.pk)
    except Refused as refusal:
        world.record(stage).refused.append(f"{person.name}：{refusal.text}")
        world.troubles.add("run", f"{person.name}没能提交：{refusal.text}")
        return None
    return case


def begin(world: World, nominee: Nominee) -> tuple[Case, Person]:
    """A draft with somebody's name on it."""
    unit, receiver = applying(world, nominee)
    filling = world_filling(world)
    person = filling.person(
        nominee.employer.name, nominee.unit.organisation.short_name, world.clock.today, as_of(world.programme)
    )
    person.name = nominee.name or person.name
    case = start_case(
        actor=world.offices.actor(unit, "filer"),
        at=world.clock.tick(),
        programme=world.programme,
        award=nominee.award,
        route=nominee.route,
        unit=unit,
        receiver=receiver,
        employer=nominee.employer,
        title=person.name,
    )
    nominee.case_id = case.pk
    world.nominees[case.pk] = nominee
    return case, person


def world_filling(world: World) -> Filling:
    """Fills forms with this world's names and chance."""
    return Filling(world.programme.pack.vocabulary, world.rng, world.names, world.numbers)


def complete(world: World, nominee: Nominee, case: Case, person: Person) -> Facts:
    """Every answer chosen so that the hard rules are met (or the one rule broken), and saved."""
    programme, words = world.programme, world.programme.pack.vocabulary
    filling, plan = world_filling(world), plan_of(programme, case)
    answers = filling.form(plan, person)
    if nominee.group and "corp_group" in answers:
        answers["corp_group"] = nominee.group
    earn(programme, nominee.award, answers, person.as_of, world.rng)
    base = _with_answers(world, facts_of_one(programme, case), answers)
    made = _fitted(world, nominee, base)
    for trouble in made.troubles:
        world.troubles.add("rule", trouble.text, _clause(world, trouble.rule))
    facts = made.facts
    nominee.judged = {key: answer for key, answer in facts.judgements.items() if key not in base.judgements}
    changes = nested({path: one for path, one in answers.items() if path.startswith("case.")}, {})
    joined = programme.relations_of(case.award)
    changes |= {name: _typed(words.fields.get(name), value) for name, value in facts.subject.items()}
    changes |= {name: dict(one) for name, one in facts.relations.items() if name in joined}
    for group, rows in facts.rows.items():
        columns = columns_at(words, group)
        changes[group] = [
            {"id": row.id, **{name: _typed(columns.get(name), value) for name, value in row.values.items()}}
            for row in rows
        ]
    _retell_resume(world, plan, person, facts, changes)
    saved = save_values(
        actor=world.offices.actor(case.applying_unit_id, "filer"),
        at=world.clock.tick(),
        case_id=case.pk,
        changes={name: value for name, value in changes.items() if not is_blank(value)},
    )
    for problem in saved.problems:
        world.troubles.add("run", f"填表时有一栏不能接受：{problem}")
    return facts


def _fitted(world: World, nominee: Nominee, base: Facts) -> Invented:
    rules = [one for one in world.programme.pack.ready_rules if one.force in {"hard", "soft"}]
    broken = rule_to_break(world.programme) if nominee.breaks_rule else None
    if broken is not None:
        return violate(rules, broken.id, base, world.rng)
    return satisfy(rules, base, world.rng)


def _with_answers(world: World, facts: Facts, answers: Mapping[str, Any]) -> Facts:
    """The case as if these answers were saved; judged values of the edition as they will be answered."""
    words = world.programme.pack.vocabulary
    subject: dict[str, Any] = {}
    relations: dict[str, dict[str, Any]] = {}
    rows = dict(facts.rows)
    for path, answer in answers.items():
        head, _, rest = path.partition(".")
        if columns_at(words, path):
            rows[path] = rows_of(path, answer)
        elif not rest:
            subject[path] = answer
        elif head != "case":
            relations.setdefault(head, {})[rest] = answer
    judged = {
        (one.id, ""): world.settings.judged.get(one.id, one.default)
        for one in world.programme.pack.judgements
        if one.about == "edition" and (one.id in world.settings.judged or one.default is not None)
    }
    return replace(
        facts,
        subject=subject,
        relations=relations,
        rows=rows,
        judgements={**judged, **facts.judgements},
        submitted=True,
    )


def _typed(spec: Any, value: Any) -> Any:
    """A chosen value as a person would type it in."""
    if value is NONE:
        return ""
    if isinstance(value, Interval):
        value = value.low
    if isinstance(value, bool):
        value = "yes" if value else "no"
        return {"value": value, "detail": "详见材料"} if spec is not None and spec.detail else value
    if isinstance(value, Ticks):
        value = tuple(sorted(value.codes))
    if isinstance(value, str) and value.startswith(SPECIMEN):  # a form refuses what is still a specimen
        return value.replace(SPECIMEN, "青屿", 1)
    if isinstance(value, tuple | set | frozenset):
        return {str(one): "详见材料" for one in value}
    return value


def _retell_resume(world: World, plan: Any, person: Person, facts: Facts, changes: dict[str, Any]) -> None:
    """The résumé says the same years as the fields that are computed from it."""
    table = next((one for section in plan.sections for one in section.tables if one.path == "resume"), None)
    if table is None:
        return
    spells: dict[str, int] = {}
    for spec in facts.words.fields.values():
        column = _COUNTED.get(spec.derived)
        computed = derive(spec, facts) if column else None
        typed = facts.subject.get(spec.id)
        if column and not is_blank(typed) and computed is not None:
            spells[column] = int(float(str(typed if not isinstance(typed, Interval) else typed.low)))
    if any(years != person.years for years in spells.values()):
        changes["resume"] = world_filling(world).resume(table, person, spells)


_COUNTED = {
    "years_in_resume_where_in_trade": "in_trade",
    "years_in_resume_where_on_site": "on_site",
    "years_in_resume_where_region": "region",
}


EVERY = 40
"""Of so many nominees one hands in what the one before handed in, so that officers have something to look at."""


def attach(world: World, case: Case, facts: Facts, n: int) -> None:
    """As many files as each attachment asks for, or a rule needs."""
    filer = world.offices.actor(case.applying_unit_id, "filer")
    for asked in plan_of(world.programme, case).files():
        if asked.when is not None and truth_of(world.programme, case, facts, asked.when) is Truth.FALSE:
            continue
        needed = facts.documents.get(asked.attachment.id)
        count = asked.count if needed is None else needed
        if asked.indicators:
            count = max(1, needed or 1)
        for k in range(count if asked.attachment.required or needed else 0):
            name, content = specimen(asked, n, printed=world.printed_files, piece=k)
            indicator = asked.indicators[k % len(asked.indicators)].id if asked.indicators else ""
            try:
                upload(
                    actor=filer,
                    at=world.clock.tick(),
                    case_id=case.pk,
                    attachment=asked.attachment.id,
                    name=name,
                    content=BytesIO(content),
                    title=asked.attachment.shown,
                    indicator=indicator,
                )
            except GongjiangError as error:
                world.troubles.add("run", f"“{asked.attachment.shown}”传不上：{error.text}")


def _clause(world: World, rule: str) -> str:
    return next(("、".join(one.cite) for one in world.programme.pack.ready_rules if one.id == rule), "")
