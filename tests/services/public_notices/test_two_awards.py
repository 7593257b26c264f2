"""Two awards, tiers, a team beside persons: the notice and the naming know no city and no single award."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.factories import AT, World, load_calendar, prepared_edition, programme_at, small_world
from tests.services.public_notices.stage import Ground, moment

from gongjiang.kernel.actor import platform
from gongjiang.models import Case, Coverage, Edition, Honour, Judgement, Relation, StageRow, Subject
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.honours.confer import confer
from gongjiang.services.honours.naming import prepare
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, open_problems
from gongjiang.services.public_notices.decide import confirm, decide
from gongjiang.services.public_notices.publish import publish
from gongjiang.services.public_notices.substitute import MovedUp

pytestmark = pytest.mark.django_db
PACK = Path(__file__).resolve().parents[2] / "packs" / "jichuan-2031.yaml"
POSTED, AFTER = date(2026, 6, 8), date(2026, 6, 16)
HOLDERS = {
    "host_unit": "plant",
    "district_union": "county",
    "industry_union": "industry",
    "office": "city",
    "jury": "panel",
    "council": "group",
    "police": "sci",
    "market": "miit",
    "city_government": "city",
}


def edition_of(world: World, source: Path | None = None) -> Edition:
    edition = prepared_edition(world, str(source or PACK), slug="jichuan")
    at = AT - timedelta(days=28)
    for one in programme_at(edition).questions:
        answer_question(actor=platform(), at=at, edition=edition, question=one.id, answer=one.default)
        edition.refresh_from_db()
    for role, key in HOLDERS.items():
        bind_role(actor=platform(), at=at, edition=edition, role=role, organisations=[world[key]])
    return edition


def altered(folder: Path, text: str) -> Path:
    """The pack with another text, its notice beside it."""
    path = folder / PACK.name
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".txt").write_text(PACK.with_suffix(".txt").read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def line() -> str:
    """Asks `here` for the pack without its pass line."""
    return "none"


def stood(world: World, edition: Edition, title: str, award: str, tier: str, done: dict[str, int], here: str) -> Case:
    """A case whose rows are done at `done` (stage: place), open or aside at the last one named."""
    process = programme_at(edition).process
    case = Case.objects.create(
        process=process,
        award=award,
        subject=Subject.objects.create(kind="team" if award == "crew" else "person", name=title, created_at=AT),
        route="班组" if award == "crew" else "评选",
        applying_unit=world["plant"],
        nominator=world["county"],
        number=f"J-{Case.objects.count():03d}",
        title=title,
        state=CaseState.RUNNING,
        standing=tier,
        values={"name": title, "employer": "澜江重工有限公司", "trade": "焊工"},
        created_at=AT,
        submitted_at=AT,
    )
    for stage, place in done.items():
        last = stage == list(done)[-1]
        state = RowState(here) if last else RowState.DONE
        StageRow.objects.create(case=case, process=process, stage=stage, state=state, position=place or None)
    return case


@pytest.fixture
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    load_calendar()
    world = small_world()
    text = PACK.read_text(encoding="utf-8")
    if "line" in request.fixturenames:  # without a pass line: nobody scores anything in these tests
        text = "".join(one for one in text.splitlines(keepends=True) if "{id: line," not in one)
    edition = edition_of(world, altered(tmp_path, text))
    open_edition(actor=platform(), at=AT - timedelta(days=27), edition=edition)
    star = {"longlist": 0, "bureaus": 0}
    cases = [
        stood(world, edition, "何焊平", "star", "gold", {**star, "final": 1, "notice": 0}, "open"),
        stood(world, edition, "丁砺锋", "star", "star", {**star, "final": 2, "notice": 0}, "open"),
        stood(world, edition, "岑铸山班", "crew", "", {"crew_review": 1, "notice": 0}, "open"),
        stood(world, edition, "温测微", "star", "nominee", {**star, "final": 3}, "alternate"),
        stood(world, edition, "马驭程班", "crew", "", {"crew_review": 2}, "alternate"),
    ]
    return Ground(world, edition, cases)


def test_sections_by_award_and_tier_in_their_order(here: Ground) -> None:
    notice = publish(actor=here.world.actor("yan"), at=moment(POSTED), programme=here.programme, stage_id="notice")
    lines = notice.entries.order_by("position").values_list("section", "shown__name", "group")
    assert list(lines) == [
        ("霁川匠星　金匠星", "何焊平", "七画"),
        ("霁川匠星　匠星", "丁砺锋", "二画"),
        ("匠星班组", "岑铸山班", "七画"),
    ]
    assert "拟命名何焊平等2名同志为“霁川匠星”，拟命名岑铸山班为“匠星班组”" in notice.body
    assert notice.last_day == date(2026, 6, 15)


def upheld(here: Ground, n: int) -> MovedUp:
    """The n-th is found out, and somebody moves up or nobody can."""
    publish(actor=here.world.actor("yan"), at=moment(POSTED), programme=here.programme, stage_id="notice")
    matter = here.admitted(n, POSTED)
    decide(
        actor=here.world.actor("zhang"),
        at=moment(POSTED, 15),
        objection_id=matter,
        outcome="upheld",
        answer="属实。",
        finding="查过。",
        basis="专题会议",
    )
    decided = confirm(actor=here.world.actor("yan"), at=moment(POSTED, 16), objection_id=matter)
    assert decided.moved is not None
    return decided.moved


def meets_the_rules(here: Ground, case: Case) -> None:
    """A crew with a leader and four senior workers, a person with years and level, a register known to be whole."""
    Coverage.objects.get_or_create(programme="*")
    case.values = {**case.values, "years_in_trade": "12", "skill_level": "技师"}
    case.save()
    Judgement.objects.create(
        process=case.process,
        question="conduct",
        about="case",
        key=f"case:{case.pk}",
        case_id=case.pk,
        answer=True,
        at=AT,
    )
    for n in range(5):
        hand = Subject.objects.create(name=f"甲{n}", values={"skill_level": "技师"}, created_at=AT)
        name = "members" if n else "leader"
        Relation.objects.create(subject=case.subject, name=name, position=n, other=hand)


def test_a_place_is_filled_within_its_own_award(here: Ground) -> None:
    meets_the_rules(here, here.cases[4])
    signed(here, 4)
    moved = upheld(here, 2)
    assert moved.case == here.cases[4]
    assert moved.sentence == "由马驭程班递补，另行公示。"
    assert here.row(4, "crew_review").state == "done"
    assert here.row(3, "final").state == "alternate"


def test_a_substitute_whose_bureaus_have_not_answered_is_posted_later(here: Ground) -> None:
    meets_the_rules(here, here.cases[4])
    moved = upheld(here, 2)
    assert (moved.case, moved.notice) == (here.cases[4], None)
    assert moved.sentence == "由马驭程班递补，待前面的环节办结后公示。"
    signed(here, 4)
    StageRow.objects.create(case=here.cases[4], process=here.programme.process, stage="notice", state="open")
    again = publish(
        actor=here.world.actor("yan"), at=moment(date(2026, 6, 10)), programme=here.programme, stage_id="notice"
    )
    assert (again.ordinal, again.last_day) == (2, date(2026, 6, 17))
    assert list(again.entries.values_list("case__title", flat=True)) == ["马驭程班"]


def signed(here: Ground, n: int) -> None:
    """The long list is not for crews; the bureaus have answered."""
    for stage, state in (("longlist", RowState.PASSED_BY), ("bureaus", RowState.DONE)):
        StageRow.objects.update_or_create(
            case=here.cases[n], stage=stage, defaults={"process": here.programme.process, "state": state}
        )


def test_whoever_moves_up_takes_the_tier_that_is_free_and_nobody_elses_changes(line: str, here: Ground) -> None:
    meets_the_rules(here, here.cases[3])
    moved = upheld(here, 0)
    assert moved.case == here.cases[3]
    tiers = dict(Case.objects.filter(award="star").values_list("title", "standing"))
    assert tiers == {"何焊平": "", "丁砺锋": "star", "温测微": "gold"}


def test_an_alternate_below_the_pass_line_leaves_the_place_empty(here: Ground) -> None:
    meets_the_rules(here, here.cases[3])
    moved = upheld(here, 0)
    assert moved.case is None
    assert "终评成绩须≥“合格线”" in moved.sentence
    assert moved.sentence.endswith("此名额空缺。")
    assert Case.objects.get(pk=here.cases[3].pk).standing == "nominee"


def test_tiers_and_title_variants_enter_the_register(here: Ground) -> None:
    Case.objects.filter(pk=here.cases[1].pk).update(
        values={**here.cases[1].values, "sector": "机关事业", "name": "丁砺锋"}
    )
    StageRow.objects.filter(stage="notice").update(state="done")
    for n in range(3):
        StageRow.objects.create(case=here.cases[n], process=here.programme.process, stage="name", state="open")
    found = prepare(here.programme, "name")
    assert [(one.case.title, one.title, one.tier) for one in found.named] == [
        ("何焊平", "金匠星", "gold"),
        ("丁砺锋", "先进匠师", "star"),
        ("岑铸山班", "匠星班组", "crew"),
    ]
    assert found.issuers == ("望澜市总工会",)


def test_an_effect_that_cannot_be_carried_out_keeps_the_edition_shut(tmp_path: Path) -> None:
    load_calendar()
    world = small_world()
    text = PACK.read_text(encoding="utf-8")
    assert "effects: [cancel, backfill]}, {id: dismissed" in text
    changed = text.replace("effects: [cancel, backfill]}, {id: dismissed", "effects: [cancel, bar]}, {id: dismissed")
    edition = edition_of(world, altered(tmp_path, changed))
    assert open_problems(programme_at(edition)) == [
        "“公示”的处理结果“属实”：后果“限期不得申报”（bar）本版本还不能自动执行，请改用已支持的后果："
        "backfill、cancel、explain、keep、reduce_quota"
    ]
    assert not Honour.objects.exists()


def test_a_case_without_a_tier_is_not_named(here: Ground) -> None:
    Case.objects.filter(pk=here.cases[0].pk).update(standing="")
    StageRow.objects.create(case=here.cases[0], process=here.programme.process, stage="name", state="open")
    StageRow.objects.filter(stage="notice").update(state="done")
    with pytest.raises(Exception, match="还没有确定档次"):
        confer(
            actor=here.world.actor("yan"),
            at=moment(AFTER),
            programme=here.programme,
            stage_id="name",
            number="霁府发〔2026〕1号",
        )
