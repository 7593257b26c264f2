"""Jiangsu from the enterprise's procedure to the hand-over: what each step refuses, and what goes up in the end."""

from io import BytesIO
from typing import Any

import pytest

from gongjiang.catalogue.packs import find
from gongjiang.kernel.errors import GongjiangError, Refused
from gongjiang.models import Case, Honour, StageRow
from gongjiang.services.evidence.upload import upload
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.acts.select import meeting_of
from gongjiang.services.rehearsal.handing import bundle, handed_over
from gongjiang.services.rehearsal.material import paper
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise
from gongjiang.services.rehearsal.world import World
from gongjiang.services.rounds.close import close_list

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run(settings: Any, tmp_path: Any, **changes: Any) -> World:
    settings.MEDIA_ROOT = str(tmp_path)
    return rehearse(find("jiangsu-2026"), **changes)


@pytest.mark.ledger("J-07", "J-11", "J-17")
def test_the_run_ends_when_the_names_go_up_with_their_papers(settings: Any, tmp_path: Any) -> None:
    world = run(settings, tmp_path)
    told = summarise(world, seed=1)
    outs = {one["id"]: (one["in"], one["out"]) for one in told["stages"]}
    assert (outs["hand_over"], outs["result"], told["handed_over"]) == ((10, 10), (10, 0), 10)
    assert world.troubles.found == []
    assert not Honour.objects.exists()
    sent = handed_over(world)
    files = [name for name, _ in bundle(world)]
    assert files[0] == "hand-over/summary.xlsx"
    for case in sent:
        mine = [name for name in files if f"/{case.number}-{case.title}/" in name]
        assert {name.rpartition("-")[2].partition(".")[0] for name in mine} >= {
            "opinion_proof", "committee_proof", "posting_proof", "skill_proof", "photo",
        }  # fmt: skip


def complete(world: World, case: Case, stage: str) -> list[tuple[str, str]]:
    """What forbids a step of the enterprise's procedure: each reason with its clause."""
    with pytest.raises(Refused) as refused:
        move(
            actor=world.actor_for(("enterprise_union",), case, "approver"),
            at=world.clock.tick(),
            case_id=case.pk,
            stage_id=stage,
            action="complete",
        )
    return [(one.text, one.clause) for one in refused.value.reasons]


@pytest.mark.ledger("J-06")
def test_the_enterprises_steps_come_one_by_one_and_in_their_order(settings: Any, tmp_path: Any) -> None:
    world = run(settings, tmp_path, until="consult", nominees=2)
    case = Case.objects.order_by("pk")[0]
    asked = "企业纪检监察部门意见" if case.values["authority"] == "本企业" else "上级纪检监察部门意见"
    case.values = case.values | {
        "asked_on": "2026-06-18", "committee_on": "2026-06-17", "posted_from": "2026-06-16", "posted_to": "2026-06-19",
    }  # fmt: skip
    case.save()
    texts = complete(world, case, "consult")
    assert (f"{asked}：还没有意见", "二.企业") in texts
    for words in (
        "二.企业：本级党委会议研究日期须不早于征求意见办结日期（2026年6月18日）；申报2026年6月17日 → 不符合",
        "二.企业：企业公示开始日须不早于本级党委会议研究日期（2026年6月17日）；申报2026年6月16日 → 不符合",
    ):
        assert (words, "二.企业") in texts
    assert any("企业公示不少于5天须同时符合3项；已符合2项，不符合1项（公示天数） → 不符合" in one for one, _ in texts)
    with pytest.raises(Refused, match="还没有到“本级党委会议研究”"):
        move(
            actor=world.actor_for(("enterprise_union",), case, "approver"), at=world.clock.tick(), case_id=case.pk,
            stage_id="committee", action="complete",
        )  # fmt: skip


@pytest.mark.ledger("J-06")
def test_the_enterprise_fills_in_its_procedure_after_handing_in_and_nothing_else(settings: Any, tmp_path: Any) -> None:
    world = run(settings, tmp_path, until="consult", nominees=1)
    case = Case.objects.get()
    union = world.actor_for(("enterprise_union",), case, "officer")
    saved = save_values(actor=union, at=world.clock.tick(), case_id=case.pk, changes={"asked_on": "2026-06-15"})
    assert saved.case.values["asked_on"] == "2026-06-15"
    with pytest.raises(Refused, match="“征求纪检监察等部门意见”时不能再改：姓名"):
        save_values(actor=union, at=world.clock.tick(), case_id=case.pk, changes={"name": "别人"})

    def give(attachment: str) -> None:
        at, content = world.clock.tick(), BytesIO(paper("意见"))
        upload(actor=union, at=at, case_id=case.pk, attachment=attachment, name="意见.pdf", content=content)

    give("opinion_proof")
    for early in ("posting_proof", "skill_proof"):
        with pytest.raises(Refused, match="不能再改材料"):
            give(early)


def close(world: World, group: str, kept: list[int], alternates: list[int], **reasons: str) -> None:
    stage = world.programme.stage("recommend")
    example = Case.objects.get(pk=(kept or alternates)[0])
    close_list(
        actor=world.actor_for(stage.by, example, "approver"),
        at=world.clock.tick(),
        programme=world.programme,
        stage_id=stage.id,
        kept=kept,
        alternates=alternates,
        meeting=meeting_of(world, stage),
        reasons={f"pool:{name}": text for name, text in reasons.items()} | {"order": "集体研究"},
        group=group,
    )


@pytest.mark.ledger("J-08")
def test_two_to_three_a_city_fewer_with_a_reason_one_stands_by(settings: Any, tmp_path: Any) -> None:
    world = run(settings, tmp_path, until="recommend", nominees=20)
    city = next(one.organisation for one in world.parties.units if one.role == "city_union")
    open_here = StageRow.objects.filter(stage="recommend", state="open", case__nominator=city)
    ids = sorted(open_here.values_list("case_id", flat=True))[:4]
    assert len(ids) == 4
    for n, one in enumerate(ids, 1):
        Case.objects.filter(pk=one).update(rank_in_unit=n)
    group, rest = city.short_name, "先进一步考察，本次不推荐"
    with pytest.raises(GongjiangError, match=r"设区市总工会推荐名额（.*）已满3个名额"):
        close(world, group, ids, [])
    with pytest.raises(Refused, match=r"备选至多 1 名，现列 2 名（办法第九条推荐、二.推荐、二.备选、三）"):
        close(world, group, ids[:2], ids[2:])
    with pytest.raises(Refused, match=r"设区市总工会推荐人数（.*）不少于2人：1人 → 不符合.*请写明理由"):
        close(world, group, ids[:1], ids[1:2])
    close(world, group, ids[:1], ids[1:2], city_least=rest)
    states = dict(StageRow.objects.filter(stage="recommend", case_id__in=ids).values_list("case_id", "state"))
    assert [states[one] for one in ids] == ["done", "alternate", "out", "out"]
