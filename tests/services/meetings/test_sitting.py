"""A meeting while it is held: who is shown what, who may vote, what is counted, what stays secret (TRUST 5)."""

from typing import Any

import pytest
from tests.factories import AT, person
from tests.services.rounds.ground import MEETING, Ground, ground, scored

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Ballot, Entry, Sitting, SittingItem, Vote
from gongjiang.rules.meetings.ballot import Choice, Terms
from gongjiang.services.audit.verify import verify
from gongjiang.services.meetings import hold
from gongjiang.services.meetings.call import MemberIn
from gongjiang.services.meetings.minutes import minutes_of
from gongjiang.services.meetings.room import room_of
from gongjiang.services.rounds.close import close_list
from gongjiang.services.rounds.sit import attendance_of, sit, usual_body

pytestmark = pytest.mark.django_db
POINTS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8"}
BODY = ("jia", "yi", "bing", "ding")


class Table:
    """A sitting on the panel's list with four members who have accounts and one who has none."""

    def __init__(self, secret: bool = False, terms: Terms | None = None) -> None:
        self.found: Ground = scored(POINTS)
        world = self.found.world
        members = []
        for one in BODY:
            user = world.people.get(one) or person(world, one, f"{one}委员")
            members.append(MemberIn(user.full_name, "委员", user.pk))
        members.append(MemberIn("无号委员"))
        self.sitting = sit(
            actor=self.found.actor("zhang"),
            at=AT,
            programme=self.found.programme,
            stage_id="panel",
            body="专家评审会",
            members=members,
            chair_id=world.people["jia"].pk,
            terms=terms,
            secret=secret,
        )

    def do(self, step: Any, who: str, **more: Any) -> Any:
        return step(actor=self.found.actor(who), at=AT, sitting_id=self.sitting.pk, **more)

    def item(self, name: str) -> SittingItem:
        return SittingItem.objects.get(sitting=self.sitting, case=self.found.cases[name])

    def member(self, who: str) -> int:
        return self.sitting.members.get(user=self.found.world.people[who]).pk

    def begin(self, name: str, *present: str) -> None:
        self.do(hold.start, "jia")
        for one in present:
            self.do(hold.come, one)
        self.do(hold.go_to, "jia", item_id=self.item(name).pk)

    def room(self, who: str) -> Any:
        return room_of(self.found.actor(who), self.sitting.pk)


def test_the_current_nominee_is_before_everybody_but_the_recused() -> None:
    table = Table()
    table.begin("岑铸山", *BODY)
    assert table.room("yi").item.case.title == "岑铸山"
    table.do(hold.recuse, "yi", item_id=table.item("岑铸山").pk, member_id=table.member("yi"), ground="曾是师徒")
    shut = table.room("yi")
    assert (shut.item, shut.ground, shut.ballot) == (None, "曾是师徒", None)
    assert "岑铸山" not in [one.case.title for one in shut.items]
    assert table.room("bing").item.case.title == "岑铸山"
    with pytest.raises(NotFound):
        table.room("ke")


def test_a_vote_passes_with_a_majority_of_those_entitled() -> None:
    table = Table()
    table.begin("何焊平", *BODY)
    table.do(hold.open_vote, "jia")
    for one, choice in zip(BODY, ("for", "for", "for", "against"), strict=True):
        table.do(hold.vote, one, choice=choice)
    with pytest.raises(Refused, match="已经投过票"):
        table.do(hold.vote, "yi", choice="for")
    ballot = table.do(hold.close_vote, "jia")
    assert (ballot.passed, ballot.said) == (True, "同意 3 票，不同意 1 票，弃权 0 票；需 3 票，通过。")
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["against", "for", "for", "for"]
    with pytest.raises(Refused, match="没有进行中的表决"):
        table.do(hold.vote, "bing", choice="for")


def test_nothing_of_a_secret_vote_is_kept_but_the_count() -> None:
    table = Table(secret=True)
    table.begin("何焊平", *BODY)
    table.do(hold.open_vote, "jia")
    table.do(hold.vote, "yi", choice="against")
    assert Vote.objects.get().choice == ""
    assert not Entry.objects.filter(actor=table.found.world.people["yi"], action="sitting.tally").exists()
    for one in ("jia", "bing", "ding"):
        table.do(hold.vote, one, choice="for")
    table.do(hold.close_vote, "jia")
    assert (Ballot.objects.get().votes_for, Ballot.objects.get().votes_against) == (3, 1)
    told = [one.body for one in Entry.objects.filter(action__startswith="sitting.")]
    assert not any('"choice"' in one for one in told)
    assert verify().ok


def test_no_quorum_no_vote_and_the_recused_count_to_neither() -> None:
    table = Table()
    table.begin("丁砺锋", "jia", "yi", "bing")
    with pytest.raises(Refused, match="应到 5 人，到会 3 人，不足 4 人"):
        table.do(hold.open_vote, "jia")
    table.do(hold.recuse, "ding", item_id=table.item("丁砺锋").pk, member_id=table.member("ding"), ground="同一单位")
    ballot = table.do(hold.open_vote, "jia")
    assert (ballot.members, ballot.present) == (4, 3)


def test_who_is_not_in_the_room_does_not_vote() -> None:
    table = Table()
    table.begin("何焊平", "jia", "yi", "bing")
    table.do(hold.come, "zhang", member_id=table.sitting.members.get(name="无号委员").pk)
    table.do(hold.open_vote, "jia")
    with pytest.raises(NotAllowed, match="签到的"):
        table.do(hold.vote, "ding", choice="for")
    with pytest.raises(NotAllowed, match="签到的"):
        table.do(hold.vote, "zhang", choice="for")
    with pytest.raises(BadInput, match="请选"):
        table.do(hold.vote, "yi", choice="yes")
    with pytest.raises(Refused, match="正在表决"):
        table.do(hold.come, "ding")
    with pytest.raises(BadInput, match="没有账号的到会成员有 1 人"):
        table.do(hold.close_vote, "jia", on_paper={Choice.FOR: 2})
    table.do(hold.vote, "jia", choice="for")
    table.do(hold.vote, "yi", choice="for")
    ballot = table.do(hold.close_vote, "zhang", on_paper={Choice.FOR: 1})
    assert ballot.said == "同意 3 票，不同意 0 票，弃权 0 票，未投 1 人；需 3 票，通过。"


def test_a_recusal_found_later_voids_the_vote() -> None:
    table = Table()
    table.begin("何焊平", *BODY)
    table.do(hold.open_vote, "jia")
    for one in BODY:
        table.do(hold.vote, one, choice="for")
    table.do(hold.close_vote, "jia")
    table.do(hold.recuse, "jia", item_id=table.item("何焊平").pk, member_id=table.member("yi"), ground="查明有亲属关系")
    ballot = Ballot.objects.get()
    assert (ballot.passed, ballot.said) == (None, "有成员回避，表决作废，须重新表决")
    with pytest.raises(BadInput, match="理由"):
        table.do(hold.recuse, "bing", item_id=table.item("何焊平").pk, member_id=table.member("bing"), ground=" ")
    with pytest.raises(NotAllowed):
        table.do(hold.recuse, "bing", item_id=table.item("何焊平").pk, member_id=table.member("ding"), ground="x")


def test_only_chair_and_recorder_lead_and_a_recused_chair_does_not() -> None:
    table = Table()
    with pytest.raises(NotAllowed, match="主持人和记录人"):
        table.do(hold.start, "yi")
    table.begin("何焊平", *BODY)
    table.do(hold.recuse, "jia", item_id=table.item("何焊平").pk, member_id=table.member("jia"), ground="本单位")
    with pytest.raises(NotAllowed, match="您须回避"):
        table.do(hold.open_vote, "jia")
    assert table.do(hold.open_vote, "zhang").present == 3
    with pytest.raises(Refused, match="先结束正在进行的表决"):
        table.do(hold.end, "zhang")


def test_it_ends_with_minutes_and_what_the_record_starts_from() -> None:
    table = Table()
    table.begin("何焊平", "jia", "yi", "bing", "ding")
    table.do(hold.write, "zhang", item_id=table.item("何焊平").pk, note="绝活过硬，带徒多。")
    table.do(hold.open_vote, "jia")
    for one in BODY:
        table.do(hold.vote, one, choice="for")
    table.do(hold.close_vote, "jia")
    table.do(hold.end, "jia")
    with pytest.raises(Refused, match="会议已经结束"):
        table.do(hold.start, "jia")
    text = minutes_of(table.found.actor("zhang"), table.sitting.pk)
    assert text.title == "专家评审会纪要"
    assert "应到5人，实到4人" in text.paragraphs[2]
    assert text.lists[0].rows[0][1:] == (
        "何焊平",
        table.found.cases["何焊平"].nominator.short_name,
        "无",
        "同意 4 票，不同意 0 票，弃权 0 票；需 3 票，通过。",
    )
    assert text.lists[0].rows[1][4] == "未表决"
    assert text.lists[1].rows == (("何焊平", "绝活过硬，带徒多。"),)
    with pytest.raises(NotAllowed):
        minutes_of(table.found.actor("yi"), table.sitting.pk)
    typed = attendance_of(Sitting.objects.get())
    assert (typed["body"], typed["absent"], typed["present"].count("、")) == ("专家评审会", "无号委员", 3)


def test_one_sitting_a_list_and_a_body_that_makes_sense() -> None:
    table = Table()
    found = table.found
    again = {"actor": found.actor("zhang"), "at": AT, "programme": found.programme, "stage_id": "panel"}
    body = usual_body(found.programme, found.programme.stage("panel"))
    assert [one.user_id for one in body] == [one.user_id for one in found.experts]
    with pytest.raises(Refused, match="已经召集"):
        sit(**again, body="再开一次", members=body)
    table.do(hold.start, "jia")
    table.do(hold.end, "jia")
    for given, words in [
        ({"body": "", "members": body}, "会议名称"),
        ({"body": "会", "members": []}, "会议成员"),
        ({"body": "会", "members": [MemberIn("甲"), MemberIn("甲")]}, "同名"),
    ]:
        with pytest.raises(BadInput, match=words):
            sit(**again, **given)
    with pytest.raises(NotAllowed, match="召集"):
        sit(**(again | {"actor": found.actor("lan")}), body="会", members=body)


@pytest.mark.once
def test_what_the_pack_says_of_the_vote_holds_whatever_the_officer_chooses() -> None:
    found = ground(
        answers={"Q4": "all"},
        changed={
            "meeting: 专家评审会, ask": "meeting: 专家评审会, vote: {quorum: $quorum, of: present, secret: true}, ask",
            "params:\n": "params:\n  - {id: quorum, label: 到会, ask: Q4}\n",
            "questions:\n": "questions:\n"
            "  - {id: Q4, question: 到会多少, answer: {one_of: [half, two_thirds, all]}, default: half}\n",
        },
    )
    found.add("何焊平")
    page = found.world.client("zhang").get(f"/editions/{found.edition.pk}/stages/panel/sitting/").content.decode()
    assert "无记名投票</dd>" in page
    assert 'name="quorum"' not in page
    assert 'name="majority"' in page
    called = sit(
        actor=found.actor("zhang"), at=AT, programme=found.programme, stage_id="panel", body="专家评审会",
        members=[MemberIn("严审定")], terms=Terms("half", "two_thirds", "members"), secret=False,
    )  # fmt: skip
    assert called.terms == {"quorum": "all", "majority": "two_thirds", "of": "present"}
    assert called.secret is True


@pytest.mark.once
def test_an_expert_who_has_not_declared_is_shown_no_name_at_a_meeting_either() -> None:
    found = ground()
    found.add("何焊平")
    found.seat("jia")
    found.seat("yi", declared=False)
    body = usual_body(found.programme, found.programme.stage("panel"))
    assert [one.name for one in body] == ["贾评审", "yi专家"]
    given: dict[str, Any] = {
        "actor": found.actor("zhang"), "at": AT, "programme": found.programme, "stage_id": "panel", "body": "评审会",
    }  # fmt: skip
    with pytest.raises(BadInput, match="yi专家还没有申明利害关系"):
        sit(members=body, **given)
    assert sit(members=body[:1], **given).members.count() == 1


@pytest.mark.once
def test_judges_of_a_blind_panel_decide_by_codes_until_the_list_is_closed() -> None:
    found = ground(changed={"jury: jury, scoring: total": "jury: jury, blind: true, scoring: total"})
    for name in POINTS:
        found.add(name)
    found.seat("jia", "yi")
    found.assign()
    found.score(POINTS)
    body = [*usual_body(found.programme, found.programme.stage("panel")), MemberIn("严审定")]
    sitting = sit(
        actor=found.actor("zhang"), at=AT, programme=found.programme, stage_id="panel", body="专家评审会",
        members=body, chair_id=found.world.people["jia"].pk,
    )  # fmt: skip
    judge, office, page = found.world.client("jia"), found.world.client("zhang"), f"/sittings/{sitting.pk}/"
    step = {"at": AT, "sitting_id": sitting.pk}
    hold.start(actor=found.actor("jia"), **step)
    first = sitting.items.order_by("position").first()
    hold.go_to(actor=found.actor("jia"), item_id=first.pk, **step)
    hold.recuse(
        actor=found.actor("zhang"), item_id=first.pk, member_id=sitting.members.get(name="yi专家").pk,
        ground=f"与{first.case.title}同单位", **step,
    )  # fmt: skip
    told = judge.get(page).content.decode() + judge.get(f"{page}now/").content.decode()
    told += found.world.client("yi").get(page).content.decode()
    units = [one.nominator.name for one in found.cases.values()]
    assert not [word for word in (*POINTS, *units, "同单位") if word in told]
    assert told.count("人选 ") >= 3
    assert first.case.title in office.get(page).content.decode()
    hold.end(actor=found.actor("jia"), **step)
    with pytest.raises(NotAllowed, match="名单还没有确定"):
        minutes_of(found.actor("jia"), sitting.pk)
    assert minutes_of(found.actor("zhang"), sitting.pk).lists
    close_list(
        actor=found.actor("yan"), at=AT, programme=found.programme, stage_id="panel",
        kept=found.pks(*POINTS), meeting=MEETING, reasons={"pool:women": "行业特点"},
    )  # fmt: skip
    assert "何焊平" in judge.get(page).content.decode()
