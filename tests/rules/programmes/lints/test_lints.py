# ruff: noqa: E501 (the tables read better with one case a line)
"""Each lint on a fragment of a pack: what it tells, on which line, and what it lets pass."""

from collections.abc import Callable

import pytest

from gongjiang.rules.meetings.ballot import SHARES
from gongjiang.rules.programmes.lints import lints, votes
from gongjiang.rules.programmes.lints.references import RECUSAL
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.aggregate import AGGREGATES, CALIBRATED
from gongjiang.rules.scoring.conflicts import RULES, USUAL

Told = Callable[[str], set[tuple[str, int]]]

STAGES = """
roles: [{id: person, level: person}, {id: unit}, {id: office}, {id: jury}, {id: both, any_of: [unit, office]}]
scoring: [{id: total, assumed: x, judged: {by: jury}, max: 5}]
stages:
  - {id: apply, type: apply, by: person, assumed: x, routes: [{id: a}]}
  - {id: check, type: check, by: unit, assumed: x}
  - {id: score, type: panel, by: office, jury: jury, scoring: total, assumed: x}
  - {id: pick, type: select, by: office, assumed: x}
  - {id: notice, type: publish, by: office, assumed: x}
  - {id: name, type: name, by: office, assumed: x}
"""

CASES = {
    "opinion.mentor": (
        "pack: {kind: process}\nopinions: [{id: said, parties: [{id: a, mentor: skil}]}]",
        "pack: {kind: process}\ncultivation: [{id: plan, mentors: [{id: health}]}]\nopinions: [{id: said, parties: [{id: a, mentor: health}]}]",
    ),
    "stage.one_body": (
        "roles: [{id: u, level: county, nominates: true}]\nstages: [{id: s, type: publish, by: u}]",
        "roles: [{id: u, level: county, nominates: true}]\nstages: [{id: s, type: publish, by: u, per: case.nominator}]",
    ),
    "stage.notice_per": (
        "stages: [{id: s, type: publish, per: case.award}]",
        "stages: [{id: s, type: publish, per: case.nominator}]",
    ),
    "stage.media_proof": (
        "stages: [{id: s, type: publish, media_proof: true}]",
        "stages: [{id: s, type: publish, media_proof: true, media: [工人日报]}]",
    ),
    "score.aggregate": (
        "params: [{id: how, ask: Q}]\nquestions: [{id: Q, answer: {one_of: {mean: 均, liner: 校}}}]\nscoring: [{id: t, aggregate: $how, judged: {by: x}, max: 5}]",
        "params: [{id: how, ask: Q}]\nquestions: [{id: Q, answer: {one_of: [mean, linear]}}]\nscoring: [{id: t, aggregate: $how, judged: {by: x}, max: 5}]",
    ),
    "score.calibrated": (
        "scoring: [{id: t, aggregate: linear, scorers: {at_least: 3}, of: [{id: a, judged: {by: x}, max: 5, weight: 40%}, {id: b, rate: {field: age, points: 1}, weight: 60%}]}]",
        "scoring: [{id: t, award: star, aggregate: linear, scorers: {at_least: 3}, of: [{id: a, judged: {by: x}, max: 5}, {id: b, of: [{id: c, judged: {by: x}, max: 5}]}]}]",
    ),
    "stage.vote": (
        "stages: [{id: s, type: select, vote: {quorum: two_third}}]",
        "stages: [{id: s, type: select, vote: {quorum: two_thirds, majority: half, of: present, secret: true}}]",
    ),
    "score.scorers": (
        "scoring: [{id: t, scorers: {at_least: 2.5}, judged: {by: x}, max: 5}]",
        "params: [{id: many, ask: Q}]\nscoring: [{id: t, scorers: {at_least: $many}, judged: {by: x}, max: 5}]",
    ),
    "score.step": (
        "scoring: [{id: t, of: [{id: a, judged: {by: x}, max: 5, step: 0}, {id: b, judged: {by: x}, max: 5, step: 6}]}]",
        'scoring: [{id: t, of: [{id: a, judged: {by: x}, max: 5, step: "0.5"}, {id: b, judged: {by: x}, max: 5, step: 5}]}]',
    ),
    "stage.yes_no": (
        "params: [{id: p, value: maybe}]\nstages: [{id: s, type: panel, blind: $p, explain: 2, vote: {secret: perhaps}}]",
        "params: [{id: p, ask: Q}]\nstages: [{id: s, type: panel, blind: $p, explain: 是, vote: {secret: false}}]",
    ),
    "table.sum": (
        "tables: {t: {by: [x], total: 5, rows: {a: 2, b: 2}}}",
        "tables: {t: {by: [x], total: 9, rows: {a: 2, b: {places: 3, includes: {c: 3}}, d: {split: {e: 1, f: 3}}}}}",
    ),
    "table.row": (
        "tables: {t: {by: [x], rows: {a: {places: 2, includes: {b: 3}}}}}",
        "tables: {t: {by: [x], rows: {a: {places: 2, includes: {b: 2}}}}}",
    ),
    "table.places": ("tables: {t: {by: [x], total: 1, rows: {a: 1.5, b: -0.5}}}", "tables: {t: {by: [x], rows: {a: 1.5}}}"),
    "cultivation.power": (
        "cultivation: [{id: c, assumed: x, template: {goals: [{power: leeding, text: t}]}}]",
        "cultivation: [{id: c, assumed: x, powers: [{id: own}], template: {measures: [{power: own, text: t}, {text: u}]}}]",
    ),
    "cultivation.month": (
        "cultivation: [{id: c, assumed: x, template: {milestones: [{title: t, month: 0}]}}]",
        "cultivation: [{id: c, assumed: x, template: {milestones: [{title: t, month: 24}, {title: u}]}}]",
    ),
    "cultivation.award": (
        "cultivation: [{id: c, assumed: x}, {id: d, assumed: x}]",
        "cultivation: [{id: c, assumed: x}, {id: d, award: star, assumed: x}]",
    ),
    "obligation.keeps": (
        "obligations: [{id: o, keeps: employr, length: {exactly: 3}, approval: {by: a}, assumed: x}]",
        "obligations: [{id: o, keeps: employer, length: {exactly: 3}, assumed: x, force: hard}]",
    ),
    "obligation.approval": (
        "obligations: [{id: o, keeps: employer, length: {exactly: 3}, assumed: x}]",
        "obligations: [{id: o, keeps: employer, length: {exactly: 3}, assumed: x, force: hard}]",
    ),
    "obligation.length": (
        "obligations: [{id: o, keeps: employer, length: {unit: year}, assumed: x, force: hard}]",
        "obligations: [{id: o, keeps: employer, length: {exactly: 3, unit: year}, assumed: x, force: hard}]",
    ),
    "certificate.places": (
        "certificates: [{id: c, text: '{nam}获{title}', assumed: x}]",
        "certificates: [{id: c, text: '{name}获{title}', number: '南工匠{year}-{serial}', assumed: x}]",
    ),
    "certificate.number": ("certificates: [{id: c, number: '{year}', assumed: x}]", "certificates: [{id: c, number: '〔{year}〕{serial}', assumed: x}]"),
    "certificate.award": (
        "certificates: [{id: c, award: a, assumed: x}, {id: d, award: [a], assumed: x}]",
        "certificates: [{id: c, assumed: x}, {id: d, award: a, assumed: x}]",
    ),
    "source.missing": ("params: [{id: a, value: 1}]", "params: [{id: a, value: 1, assumed: x}, {id: b, value: 2, ask: Q}]"),
    "param.value": ("params: [{id: a, assumed: x}]", "params: [{id: a, ask: Q}]\nquestions: [{id: Q, default: 3}]"),
    "param.answer": ("params: [{id: a, value: 9, ask: Q}]\nquestions: [{id: Q, answer: yes_no, default: true}]", "params: [{id: a, value: 9, ask: Q}]\nquestions: [{id: Q, answer: number, default: 9}]"),
    "form.evidence": (
        "attachments: [{id: a, assumed: x}]\nforms: [{id: f, blocks: [{type: evidence, attach: a}]}]",
        "scoring: [{id: total, assumed: x}]\nattachments: [{id: a, assumed: x, per: scoring.total}]\nforms: [{id: f, blocks: [{type: evidence, attach: a}]}]",
    ),
    "attachment.letters": (
        "attachments: [{id: a, assumed: x, letters: {rows: expert}}]\nforms: [{id: f, blocks: [{type: rows, field: experts}]}]",
        "attachments: [{id: a, assumed: x, letters: {rows: experts, outside: true}}]\nforms: [{id: f, blocks: [{type: rows, field: experts}]}]",
    ),
    "doubled": ("roles: [{id: a}, {id: a}]", "roles: [{id: a}, {id: b}]\nrules: [{id: a, assumed: x}]"),
    "doubled.field": ("fields: [{id: a, type: text}, {id: a, type: text}]", "fields: [{id: a, type: text}, {id: a, type: text, subject: crew}]"),
    "doubled.catalogue": ("fields: [{id: birth, type: text}]", "fields: [{id: birth, type: text, subject: crew}]"),
    "reserved": ("stages: [{id: edition, type: apply, routes: [{id: a}], assumed: x}]", "stages: [{id: apply, type: apply, routes: [{id: a}], assumed: x}]"),
    "unknown.role": ("stages: [{id: a, by: nobody}]", "roles: [{id: some}]\nstages: [{id: a, by: some}]"),
    "unknown.param": ("rules: [{id: a, check: {field: age, at_least: $b}}]", "params: [{id: b}]\nrules: [{id: a, check: {field: age, at_least: $b}}]"),
    "unknown.recusal": ("stages: [{id: a, recusal: [friend]}]", "stages: [{id: a, recusal: [kin]}]"),
    "unknown.code": ("codes: {c: {items: [a, {code: b, in: d}]}}", "codes: {c: {items: [a, {code: b, in: a}]}}"),
    "codes.parent": ("codes: {c: {items: [{code: a, in: b}, {code: b, in: a}]}}", "codes: {c: {items: [b, {code: a, in: b}]}}"),
    "field.kind": ("fields: [{id: a, type: checks}]", "fields: [{id: a, type: checks, options: [{code: x, label: z}]}]"),
    "unknown.function": ("fields: [{id: a, type: int, derived: guess}]", "fields: [{id: a, type: int, derived: full_years_since_birth}]"),
    "subject.relation": ("subjects: [{id: crew, has: {leader: persn}}]", "subjects: [{id: crew, has: {leader: person, host: unit, members: [person]}}]"),
    "pool.parent": ("pools: [{id: a, on: x, in: b}, {id: b, on: z}]", "pools: [{id: a, on: x, in: b}, {id: b, on: x}]"),
    "pool.bounds": ("pools: [{id: a, on: x, at_most: 30%}]", "pools: [{id: b, on: x}, {id: a, on: x, in: b, at_most: 30%}]"),
    "pool.unasked": (
        "pools: [{id: a, on: x, at_most: 3, where: {field: gender, is: 女}}]",
        "pools: [{id: a, on: x, at_most: 3, where: {field: gender, is: 女}}]\nforms: [{id: f, blocks: [{type: grid, rows: [[gender]]}]}]",
    ),
    "unknown.field": ("forms: [{id: f, blocks: [{type: grid, rows: [[nome]]}]}]", "forms: [{id: f, blocks: [{type: grid, rows: [[name, {case: route}]]}]}]"),
    "time.window": ("times: [{id: a, window: {from: 2031-02-01, to: 2031-01-01}}]", "times: [{id: a, window: {from: 2031-01-01, to: 2031-01-01}}]"),
    "time.kind": ("times: [{id: a}]", "times: [{id: a, date: 2031-01-01}]"),
    "time.order": (
        "times: [{id: a, date: 2031-02-01}, {id: b, date: 2031-01-01}]\nstages: [{id: x, due: a}, {id: z, due: b}]",
        "times: [{id: a, date: 2031-02-01}, {id: b, date: 2031-03-01}]\nstages: [{id: x, due: a}, {id: z, due: b}]",
    ),
    "time.issued": ("pack: {issued_on: 2031-05-01}\ntimes: [{id: a, date: 2031-04-01}]", "pack: {issued_on: 2031-05-01}\ntimes: [{id: a, date: 2031-05-01}]"),
    "limit.printed": ("forms: [{label: 事迹（500字以内）, max: 600}]", "forms: [{label: 事迹（500字以内）, max: 500}]"),
    "limit.unlike": (
        "fields: [{id: a, type: text, max: 30}]\nforms: [{blocks: [{field: a, max: 50}]}]",
        "fields: [{id: a, type: text, max: 30}]\nforms: [{blocks: [{field: a, max: 30, about: 20}]}]",
    ),
    "tier.never": (
        "awards: [{id: a, tiers: [{id: gold}, {id: silver}]}]\nstages: [{id: x, gives: [gold]}]",
        "awards: [{id: a, tiers: [{id: gold}, {id: silver}]}]\nstages: [{id: x, gives: [gold, silver]}]",
    ),
    "tier.places": (
        "awards: [{id: a, tiers: [{id: gold, places: 2}]}]\nstages: [{id: x, keep: {places: 3}, gives: [gold]}]",
        "awards: [{id: a, tiers: [{id: gold, places: 3}]}]\nstages: [{id: x, keep: {places: 3}, gives: [gold]}]",
    ),
    "score.leaf": ("scoring: [{id: a}]", "scoring: [{id: a, of: [{id: b, give: 3}, {id: c, judged: {by: x}, max: 5}]}]"),
    "score.max": ("scoring: [{id: a, max: 9, of: [{id: b, give: 1, max: 5}, {id: c, give: 1, max: 5}]}]", "scoring: [{id: a, max: 10, of: [{id: b, give: 1, max: 5}, {id: c, give: 1, max: 5}]}]"),
    "score.weights": (
        "scoring: [{id: a, of: [{id: b, give: 1, weight: 70%}, {id: c, give: 1, weight: 40%}]}]",
        "scoring: [{id: a, of: [{id: b, give: 1, weight: 70%}, {id: c, give: 1, weight: 30%}]}]",
    ),
    "rank.ties": ("stages: [{id: a, rank: [{field: age}]}]", "stages: [{id: a, rank: [{field: age}], ties: equal}]"),
    "rank.key": ("stages: [{id: a, rank: [{field: age, score: b}], ties: draw}]", "stages: [{id: a, rank: [{field: age, low: true}], ties: draw}]"),
    "keep.round": ("stages: [{id: a, keep: {per_place: 1.5, round: upwards}}]", "stages: [{id: a, keep: {per_place: 1.5, round: half_up}}]"),
    "keep.size": ("stages: [{id: a, keep: {places: 0}}]", "stages: [{id: a, keep: {places: 1}}]"),
    "answer": ("questions: [{id: Q, answer: {one_of: {a: b}}, default: c}]", "questions: [{id: Q, answer: {one_of: {a: b}}, default: a}]"),
    "answer.rows": ("judgements: [{id: j, about: row}]", "judgements: [{id: j, about: row, rows: contests}]"),
    "public.personal": ("stages: [{id: a, shows: [mobile]}]", "stages: [{id: a, shows: [name, post, case.nominator]}]"),
    "opinion.parties": ("opinions: [{id: a, parties: []}]", "opinions: [{id: a, parties: [{id: b}]}]"),
    "as_of": ("pack: {as_of: {ask: Q}}", "pack: {as_of: {date: 2031-01-01, assumed: x}}"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "bad", "good"), [(code, *texts) for code, texts in CASES.items()])
def test_each_lint_tells_what_is_wrong_and_lets_pass_what_is_right(code: str, bad: str, good: str, told: Told) -> None:
    assert code in {one for one, _ in told(bad)}
    assert code not in {one for one, _ in told(good)}


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("gate.too_early", "judgements: [{id: j, by: jury}]\nrules: [{id: r, gate: check, check: {all: [{judged: j}]}, assumed: x}]"),
        ("gate.too_early", "judgements: [{id: j, by: jury}]\nrules: [{id: r, check: {judged: j}, assumed: x}]"),
        ("gate.too_early", "judgements: [{id: j, by: jury, before: pick}]\nrules: [{id: r, gate: score, force: soft, check: {judged: j}, assumed: x}]"),
        ("gate.too_early", "rules: [{id: r, gate: check, check: {score: total, at_least: 3}, assumed: x}]"),
        ("gate.too_early", "opinions: [{id: s, parties: [{id: p, at: pick}]}]\nrules: [{id: r, gate: check, check: {opinion: s.p, is: 同意}, assumed: x}]"),
        ("gate.too_early", "judgements: [{id: line, about: edition, answer: number, by: office, before: pick}]\nparams: [{id: line, judged: line, assumed: x}]\n"
                           "rules: [{id: r, gate: check, check: {field: age, at_most: $line}, assumed: x}]"),
        ("gate.too_early", "judgements: [{id: j, by: jury}]\nrules: [{id: r, gate: check, check: {rule: s}, assumed: x}, {id: s, force: none, check: {judged: j}, assumed: x}]"),
        ("gate.pool", "judgements: [{id: j, by: jury}]\npools: [{id: p, on: check, where: {judged: j}, assumed: x}]"),
        ("judgement.nobody", "judgements: [{id: j, by: person2}]\n"),
    ],
)  # fmt: skip
def test_nothing_is_asked_before_it_can_be_answered(code: str, more: str, told: Told) -> None:
    assert code in {one for one, _ in told(STAGES + more)}


@pytest.mark.parametrize(
    "more",
    [
        "judgements: [{id: j, by: jury}]\nrules: [{id: r, gate: score, check: {judged: j}, assumed: x}]",
        "judgements: [{id: j, by: both}]\nrules: [{id: r, check: {judged: j}, assumed: x}]",
        "judgements: [{id: j, by: jury}]\nrules: [{id: r, gate: check, force: prefer, check: {judged: j}, assumed: x}]",
        "rules: [{id: r, gate: pick, check: {score: total, at_least: 3}, assumed: x}]",
    ],
)  # fmt: skip
def test_what_is_asked_in_time_passes(more: str, told: Told) -> None:
    assert told(STAGES + more) == set()


BAN = "forbidden_criteria: [{fields: [FIELD], cite: 三}]\n"


@pytest.mark.parametrize(
    ("field", "more", "code"),
    [
        ("gender", "rules: [{id: r, check: {field: gender, is: 女}}]", "forbidden"),
        ("gender", "rules: [{id: r, force: soft, check: {any: [{not: {field: gender, is: 女}}, {field: age, at_least: 1}]}}]", "forbidden"),
        ("gender", "rules: [{id: r, when: {field: gender, is: 女}, check: {field: mobile, filled: true}}]", "forbidden"),
        ("birth", "rules: [{id: r, check: {field: age, at_most: 45}}]", "forbidden"),
        ("age", "rules: [{id: r, check: {field: birth, within: {years: 45}}}]", "forbidden"),
        ("gender", "rules: [{id: r, check: {rule: s}}, {id: s, force: none, check: {field: gender, is: 女}}]", "forbidden"),
        ("gender", "rules: [{id: r, check: {rows: experts, where: {field: name, same_as: subject.gender}, count_at_least: 1}}]", "forbidden"),
        ("gender", "pools: [{id: p, on: x, at_most: 3, where: {field: gender, is: 女}}]", "forbidden"),
        ("age", "stages: [{id: a, rank: [{field: age}], ties: draw}]", "forbidden.rank"),
        ("age", "stages: [{id: a, rank: [{rule: young}], ties: draw}]\nrules: [{id: young, force: prefer, check: {field: age, at_most: 45}}]", "forbidden.rank"),
        ("age", "scoring: [{id: t, of: [{id: l, give: 3, when: {field: age, at_most: 45}}]}]", "forbidden.rank"),
        ("age", "scoring: [{id: t, of: [{id: l, rate: {field: age, points: 1}}]}]", "forbidden.rank"),
    ],
)  # fmt: skip
@pytest.mark.ledger("G-05")
def test_a_banned_criterion_decides_nothing_however_hidden(field: str, more: str, code: str, told: Told) -> None:
    assert code in {one for one, _ in told(BAN.replace("FIELD", field) + more)}


@pytest.mark.parametrize(
    "more",
    [
        "rules: [{id: r, force: prefer, effect: focus, check: {field: gender, is: 女}}]",
        "pools: [{id: p, on: x, where: {field: gender, is: 女}, force: prefer}]",
        "rules: [{id: r, check: {field: mobile, filled: true}}]",
        "scoring: [{id: t, of: [{id: l, judged: {by: x}, max: 3, facts: {field: gender, is: 女}}]}]",
    ],
)
def test_a_banned_criterion_may_be_shown_and_counted(more: str, told: Told) -> None:
    assert not {"forbidden", "forbidden.rank"} & {one for one, _ in told(BAN.replace("FIELD", "gender") + more)}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("id: check, type: check,", "id: check, type: check, from: pick,", "stage.order", 5),
        ("id: score, type: panel,", "id: score, type: panel, after: name,", "stage.order", 6),
        ("id: notice, type: publish,", "id: notice, type: publish, from: score,", "stage.unread", 7),
        ("id: name, type: name,", "id: name, type: name, from: pick,", "stage.name_before_notice", 9),
        ("{id: apply, type: apply, by: person, assumed: x, routes: [{id: a}]}", "{id: apply, type: submit, by: person, assumed: x}", "stage.order", 4),
        (", routes: [{id: a}]", "", "stage.when_apply", 4),
        ("id: score, type: panel,", "id: score, type: panel, rank: [{order: pick}], ties: draw,", "rank.too_early", 6),
        ("id: check, type: check,", "id: check, type: check, rank: [{score: total}], ties: draw,", "rank.too_early", 5),
    ],
)  # fmt: skip
def test_the_order_of_stages(old: str, new: str, code: str, line: int, told: Told) -> None:
    assert told(STAGES) == set()
    assert (code, line + 1) in told(STAGES.replace(old, new))


def test_a_later_list_longer_than_its_source_is_warned_of(told: Told) -> None:
    keep = STAGES.replace("scoring: total,", "scoring: total, keep: {per_place: 1.5, of: 20},")
    assert told(keep.replace("type: select,", "type: select, keep: {per_place: 1.3, of: 20},")) == set()
    assert told(keep.replace("type: select,", "type: select, keep: {places: 31},")) == {("stage.rising", 8)}


@pytest.mark.parametrize(
    "field", ["id_number", "birth", "mobile", "photo", "employer_address", "case.contact", "resume"]
)
def test_no_personal_field_is_public(field: str, told: Told) -> None:
    assert "public.personal" in {one for one, _ in told(f"stages: [{{id: a, shows: [name, {field}]}}]")}


def test_codes_are_stable_and_each_lint_says_what_it_asks() -> None:
    assert all(one.about and one.code for one in lints())
    assert len(lints()) >= 50


def test_grounds_of_recusal_are_those_that_scoring_knows() -> None:
    assert set(RECUSAL) == set(RULES)


def test_a_calibration_asks_two_experts_whatever_is_answered(told: Told) -> None:
    scoring = "scoring: [{id: t, aggregate: additive, scorers: {at_least: N}, judged: {by: x}, max: 5}]"
    asked = "params: [{id: each, ask: Q}]\nquestions: [{id: Q, answer: number}]\n"
    assert "score.calibrated" in {one for one, _ in told(scoring.replace("N", "1"))}
    assert "score.calibrated" not in {one for one, _ in told(asked + scoring.replace("N", "$each"))}


def test_words_of_aggregates_and_votes_are_those_that_are_carried_out() -> None:
    assert set(votes.AGGREGATES) == set(AGGREGATES)
    assert votes.CALIBRATED == CALIBRATED
    assert set(votes.VOTES["quorum"]) == set(votes.VOTES["majority"]) == set(SHARES)
    assert Panel.model_fields["recusal"].default == USUAL
