"""One record for life: across programmes and years, and what follows for those named under repealed measures."""

from datetime import date
from pathlib import Path

import pytest
from tests.factories import AT, World, programme_at
from tests.services.registry.ground import NUMBER, drafted, handed_in, listed, outcome
from tests.services.registry.test_lists import brought
from tests.services.rounds.ground import PACK, ROLES, Ground

from gongjiang.catalogue.packs import find, load_text
from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Edition, Honour
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.registry.entry import Defaults
from gongjiang.services.honours.path import way_of
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.registry.known import Asked, registry_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BEFORE = (
    "{id: not_before, name: 未获命名, gate: panel, ask: Q3, check: {rows: registry, where: {all: [{field: programme, "
    "is: qinglan}, {field: state, is: stands}]}, count_at_most: 0}}"
)


def another_programme(world: World) -> Edition:
    """A programme of another name that asks who was named under the first."""
    source = Path(PACK).read_text("utf-8").replace("id: qinglan-2031", "id: lanting-2032").replace("青岚", "岚庭")
    source = source.replace("rules:\n", f"rules:\n  - {BEFORE}\n").replace("registers: qinglan,", "registers: lanting,")
    source = source.replace("[name, gender]", "[name, gender], [id_number, birth]")
    edition = prepare_edition(
        actor=platform(), at=AT, organiser=world["city"], source=source, filename="lanting.yaml", notice_text="",
        slug="lanting",
    )  # fmt: skip
    for question, answer in {"Q1": "3", "Q2": "2", "Q3": "如拟稿"}.items():
        answer_question(actor=platform(), at=AT, edition=edition, question=question, answer=answer, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=AT, edition=edition, role=role, organisations=[world[one] for one in keys])
    open_edition(actor=platform(), at=AT, edition=edition)
    edition.refresh_from_db()
    return edition


@pytest.mark.ledger("X-01", "C-01")
def test_two_programmes_know_one_person(db: None) -> None:
    first = listed()
    case = handed_in(first, "plant")
    Honour.objects.create(
        subject=case.subject, case=case, edition=first.edition, programme="qinglan-2031", register="qinglan",
        level="city", award="main", title="青岚巧匠", name="何焊平", state="stands", from_date=date(2026, 6, 1),
    )  # fmt: skip
    second = Ground(first.world, another_programme(first.world))
    new = drafted(second, "far_plant")
    assert outcome(second, new, "not_before").outcome == "fail"
    assert "查得1条 → 不符合" in outcome(second, new, "not_before").sentence
    other = drafted(second, "far_plant", number="", name="路无关")
    assert outcome(second, other, "not_before").outcome == "unknown"
    Case.objects.filter(pk=new.pk).update(subject=case.subject, submitted_at=AT)
    way = way_of(first.actor("zhang"), case.subject_id)
    assert [(one.kind, one.level) for one in way.steps] == [
        ("nomination", "市级"),
        ("nomination", "市级"),
        ("honour", "市级"),
    ]
    assert [(one.label, one.held) for one in way.rungs] == [("市级", "已命名"), ("省级", ""), ("国家级", "")]
    assert NUMBER not in way.number


@pytest.mark.ledger("M-20", "J-05")
def test_trainees_of_the_trial_measures_count_as_the_edition_answers(db: None) -> None:
    """Imported as 培育对象: refused where the edition says that they count as recognised, else not asked."""
    ground = listed()
    brought(
        ground.world, (("何焊平", NUMBER, "", "", "2024-12"),), code="artisan-trainee", complete=True,
        defaults=Defaults("大国工匠培育对象", "national", "trainee"),
    )  # fmt: skip
    brought(ground.world, (("路无关", "", "", "", ""),), code="national-artisan", complete=True, title="另一份")
    rows = registry_of([Asked(1, None, {"name": "何焊平", "id_number": NUMBER}, settled=False)])[1]
    assert [row.values["state"] for row in rows] == ["trainee"]
    pack = load_text(find("jiangsu-2026"))
    covers = {"artisan-trainee": None, "national-artisan": None}
    for counts, expected in ((True, "fail"), (False, "na")):
        facts = Facts(
            words=pack.vocabulary,
            registry=rows,
            covers=covers,
            params={"trainees_count": counts, "registers_held": True},
        )
        found = {one.rule: one for one in evaluate_rules(pack.ready_rules, facts, ())}
        assert found["not_trainee"].outcome == expected
        assert found["master_registry"].outcome == "pass"
    assert programme_at(ground.edition).pack.asks_registry
