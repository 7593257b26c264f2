"""A plan: started from the template, written in turns, agreed by three, changed in versions; its milestones done."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories import prepared_edition
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import CultivationPlan, Entry, File, Message, Milestone, PlanEntry
from gongjiang.rules.cultivation.plans.text import parse
from gongjiang.services.cultivation.plans.agree import agree, enter_paper
from gongjiang.services.cultivation.plans.milestones import Done, confirm, finish, reopen
from gongjiang.services.cultivation.plans.queries import board, compared, glance, one_version
from gongjiang.services.cultivation.plans.save import save_plan
from gongjiang.services.cultivation.plans.start import revise_plan, start_plan
from gongjiang.services.cultivation.plans.turns import comment, drop_plan, hand_over, send_back, submit_plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TYPED: dict[str, Any] = {
    "aim": "两年内成为本领域带头人。",
    "goals": [{"power": "创新力", "text": "解决两项焊接难题"}],
    "measures": [{"power": "创新力", "text": "参加训练营", "who": "所在企业"}],
    "people": [{"name": "章有序", "post": "市总工会", "duty": "统筹"}],
    "steps": [
        {"power": "创新力", "title": "申报创新工作室", "due": "2026-06-01"},
        {"power": "传承力", "title": "带徒两人", "due": "2027-01-31"},
    ],
    "funds": [{"purpose": "培训", "amount": "12,000", "source": "市总工会"}],
}


def by(found: Kept, who: str, n: int = 0) -> dict[str, Any]:
    """The arguments that every verb takes."""
    return {"actor": found.actor(who), "at": AT, "honour_id": found.honours[n].pk}


def drafted(found: Kept, typed: dict[str, Any] | None = None) -> CultivationPlan:
    plan = start_plan(**by(found, "lan"))
    return save_plan(**by(found, "wen"), number=plan.number, version=plan.version, typed=typed or TYPED)


def in_force(found: Kept, typed: dict[str, Any] | None = None) -> CultivationPlan:
    plan = drafted(found, typed)
    plan = submit_plan(**by(found, "lan"), number=plan.number, version=plan.version)
    plan = agree(**by(found, "wen"), number=plan.number, version=plan.version)
    return agree(**by(found, "zhang"), number=plan.number, version=plan.version)


@pytest.mark.ledger("M-07")
def test_three_write_in_turns_and_it_is_in_force_when_all_agree(found: Kept) -> None:
    plan = start_plan(**by(found, "lan"))
    assert (plan.number, plan.state, plan.turn) == (1, "draft", "employer")
    plan = hand_over(**by(found, "lan"), number=1, version=1, to="nominator", text="请补充责任人")
    plan = save_plan(**by(found, "wen"), number=1, version=plan.version, typed=TYPED)
    plan = submit_plan(**by(found, "wen"), number=1, version=plan.version)
    assert plan.state == "review"
    assert plan.nominator_at == AT
    with pytest.raises(NotAllowed):
        agree(**by(found, "wen"), number=1, version=plan.version)
    plan = agree(**by(found, "lan"), number=1, version=plan.version)
    assert plan.state == "review"
    plan = agree(**by(found, "zhang"), number=1, version=plan.version)
    assert (plan.state, plan.in_force_at) == ("in_force", AT)
    rows = list(Milestone.objects.order_by("due").values_list("key", "title", "power", "due"))
    assert rows == [
        ("m1", "申报创新工作室", "创新力", date(2026, 6, 1)),
        ("m2", "带徒两人", "传承力", date(2027, 1, 31)),
    ]
    told = [(one.action, one.hand) for one in PlanEntry.objects.order_by("pk")]
    assert told == [
        ("start", "所在企业"),
        ("hand_over", "所在企业"),
        ("save", "推荐单位"),
        ("submit", "推荐单位"),
        ("agree", "推荐单位"),
        ("agree", "所在企业"),
        ("agree", "主办工会"),
    ]
    assert Entry.objects.filter(action="plan.agree").count() == 3


def test_two_at_one_draft_the_second_is_told(found: Kept) -> None:
    plan = start_plan(**by(found, "lan"))
    save_plan(**by(found, "wen"), number=1, version=plan.version, typed=TYPED)
    with pytest.raises(Stale):
        save_plan(**by(found, "lan"), number=1, version=plan.version, typed=TYPED | {"aim": "别的"})
    assert parse(CultivationPlan.objects.get().content).aim == TYPED["aim"]


def test_what_is_missing_is_told_before_others_are_asked(found: Kept) -> None:
    plan = drafted(found, {**TYPED, "people": [], "steps": [{"title": "考核", "due": "2030-01-01"}]})
    with pytest.raises(Refused) as caught:
        submit_plan(**by(found, "lan"), number=1, version=plan.version)
    assert "还没有责任人" in str(caught.value)
    assert "不在培育期内" in str(caught.value)


def test_given_back_it_stays_in_the_history_and_a_draft_follows(found: Kept) -> None:
    plan = drafted(found)
    plan = submit_plan(**by(found, "lan"), number=1, version=plan.version)
    with pytest.raises(BadInput):
        send_back(**by(found, "zhang"), number=1, version=plan.version, reason="  ")
    new = send_back(**by(found, "zhang"), number=1, version=plan.version, reason="经费偏少")
    old = CultivationPlan.objects.get(number=1)
    assert (old.state, old.employer_at) == ("returned", AT)
    assert (new.number, new.state, new.based_on, new.employer_at, new.content) == (2, "draft", 1, None, old.content)
    with pytest.raises(Refused):
        agree(**by(found, "wen"), number=1, version=old.version)


def test_a_change_is_a_new_version_that_all_agree_to_again(found: Kept) -> None:
    in_force(found)
    keep = Milestone.objects.get(key="m2")
    finish(**by(found, "wen"), milestone_id=keep.pk, version=1, done=Done(date(2026, 6, 20), "已签两份师徒协议"))
    new = revise_plan(**by(found, "zhang"), reason="增加赛事")
    typed = {**TYPED, "steps": [TYPED["steps"][1], {"power": "", "title": "参加技能大赛", "due": "2026-11-30"}]}
    new = save_plan(**by(found, "zhang"), number=2, version=new.version, typed=typed)
    assert CultivationPlan.objects.get(number=1).state == "in_force"
    page, _ = one_version(found.actor("lan"), found.honours[0].pk, 2)
    old, parts = compared(page, 2, None)
    assert old is not None
    assert [(one.label, [(c.kind, c.before, c.after) for c in one.changes]) for one in parts] == [
        (
            "节点",
            [
                ("added", "", "参加技能大赛，2026-11-30 前"),
                ("removed", "创新力：申报创新工作室，2026-06-01 前", ""),
            ],
        )
    ]
    new = submit_plan(**by(found, "zhang"), number=2, version=new.version)
    new = agree(**by(found, "lan"), number=2, version=new.version)
    new = agree(**by(found, "wen"), number=2, version=new.version)
    states = list(CultivationPlan.objects.order_by("number").values_list("state", flat=True))
    assert states == ["replaced", "in_force"]
    rows = {one.key: (one.title, one.state, one.dropped) for one in Milestone.objects.all()}
    assert rows == {
        "m1": ("申报创新工作室", "open", True),
        "m2": ("带徒两人", "done", False),
        "m3": ("参加技能大赛", "open", False),
    }
    assert [(one.power, one.done, one.total) for one in glance(found.honours[0], AT).rows] == [
        ("传承力", 1, 1),
        ("综合", 0, 1),
    ]


def test_a_key_once_given_means_the_same_for_ever(found: Kept) -> None:
    in_force(found)
    new = revise_plan(**by(found, "zhang"), reason="调整")
    new = save_plan(**by(found, "zhang"), number=2, version=1, typed={**TYPED, "steps": TYPED["steps"][:1]})
    more = [TYPED["steps"][0], {"power": "传承力", "title": "出版教材一本", "due": "2027-01-31"}]
    save_plan(**by(found, "zhang"), number=2, version=new.version, typed={**TYPED, "steps": more})
    assert [one.key for one in parse(CultivationPlan.objects.get(number=2).content).steps] == ["m1", "m3"]


def test_paper_of_a_party_without_account_is_entered_by_those_above(found: Kept) -> None:
    plan = drafted(found)
    plan = submit_plan(**by(found, "zhang"), number=1, version=plan.version)
    with pytest.raises(BadInput):
        enter_paper(**by(found, "zhang"), number=1, version=plan.version, party="employer", basis="")
    with pytest.raises(BadInput):
        enter_paper(**by(found, "wen"), number=1, version=plan.version, party="union", basis="盖章件")
    plan = enter_paper(**by(found, "wen"), number=1, version=plan.version, party="employer", basis="6月20日盖章件")
    plan = agree(**by(found, "wen"), number=1, version=plan.version)
    assert plan.state == "in_force"
    assert PlanEntry.objects.get(text__contains="代录").hand == "所在企业"


def test_who_may_read_and_write(found: Kept) -> None:
    start_plan(**by(found, "lan"))
    artisan = found.artisan(0)
    given = {"actor": artisan, "at": AT, "honour_id": found.honours[0].pk}
    with pytest.raises(NotAllowed):
        save_plan(**given, number=1, version=1, typed=TYPED)
    assert comment(**given, number=1, text="希望多安排大赛").hand == "本人"
    with pytest.raises(NotFound):
        board(found.actor("yin"), found.honours[0].pk)
    with pytest.raises(NotFound):
        board(found.actor("yuan"), found.honours[0].pk)
    seen = board(artisan, found.honours[0].pk)
    assert seen.open is not None
    assert {one.value for one in seen.open.may} == {"comment"}


@pytest.mark.ledger("N-07")
def test_the_plan_handed_in_with_the_nomination_stands_beside_it(found: Kept) -> None:
    honour = found.honours[0]
    honour.edition = prepared_edition(found.world, "national-2024")
    honour.award = "master"
    honour.save(update_fields=["edition", "award"])
    given = {"case": honour.case, "kind": "pdf", "size": 9, "uploaded_at": AT}
    File.objects.create(**given, attachment="plan", title="工匠培育方案", name="a.pdf", digest="a", stored="a")
    File.objects.create(**given, attachment="support", title="别的", name="b.pdf", digest="b", stored="b")
    page = board(found.actor("wen"), honour.pk)
    assert [one.title for one in page.handed_in] == ["工匠培育方案"]
    assert page.powers == ("引领力", "实践力", "创新力", "攻关力", "传承力")
    assert board(found.artisan(0), honour.pk).handed_in == ()


def test_a_dropped_draft_makes_room_for_another(found: Kept) -> None:
    plan = start_plan(**by(found, "lan"))
    with pytest.raises(Refused):
        start_plan(**by(found, "zhang"))
    drop_plan(**by(found, "lan"), number=1, version=plan.version, reason="重写")
    assert start_plan(**by(found, "zhang")).number == 2


def test_the_artisan_claims_a_milestone_and_a_keeper_confirms_or_gives_it_back(
    found: Kept, django_capture_on_commit_callbacks: Any
) -> None:
    in_force(found)
    row = Milestone.objects.get(key="m1")
    mine = {"actor": found.artisan(0), "at": AT, "honour_id": found.honours[0].pk, "milestone_id": row.pk}
    for wrong in (Done(None, "办了"), Done(AT.date() + timedelta(days=1), "办了"), Done(date(2026, 6, 1), " ")):
        with pytest.raises(BadInput):
            finish(**mine, version=1, done=wrong)
    row = finish(**mine, version=1, done=Done(date(2026, 5, 30), "工作室获批"))
    assert (row.state, glance(found.honours[0], AT).rows[0].done) == ("claimed", 0)
    with pytest.raises(NotAllowed):
        confirm(**mine, version=row.version)
    theirs = {**by(found, "lan"), "milestone_id": row.pk}
    with pytest.raises(Stale):
        confirm(**theirs, version=1)
    with django_capture_on_commit_callbacks(execute=True):
        row = reopen(**theirs, version=row.version, reason="请附批文")
    assert (row.state, row.done_on) == ("open", None)
    assert Message.objects.filter(text__contains="请附批文").count() == 1
    row = finish(**mine, version=row.version, done=Done(date(2026, 5, 30), "已附批文"))
    assert confirm(**theirs, version=row.version).state == "done"


@pytest.mark.parametrize("changes", [{"union_at": None}, {"in_force_at": None}, {"needs_union": False, "number": 2}])
def test_the_database_holds_what_the_rules_say(found: Kept, changes: dict[str, Any]) -> None:
    plan = in_force(found)
    with pytest.raises(IntegrityError), transaction.atomic():
        if "number" in changes:
            CultivationPlan.objects.create(
                honour=found.honours[0], number=2, state="in_force", in_force_at=AT, employer_at=AT, nominator_at=AT,
                union_at=AT, at=AT,
            )  # fmt: skip
        else:
            CultivationPlan.objects.filter(pk=plan.pk).update(**changes)
