"""Two mentors, agreed by both sides; changed with a reason; the mentor's own eyes; apprentices."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.actor import nobody
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import ActivityEntry, Entry, Mentorship
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.services.cultivation.log import Doing, enter
from gongjiang.services.cultivation.mentors.answer import answer, answer_by_link, enter_paper, send_link
from gongjiang.services.cultivation.mentors.apprentices import Agreed, close, take_on
from gongjiang.services.cultivation.mentors.propose import Proposed, end, propose, take_back
from gongjiang.services.cultivation.mentors.queries import is_mentor, mentors_of, own_mentorships
from gongjiang.services.cultivation.scope import get_honour, hands_of, visible_to
from gongjiang.services.invitations.door import LinkEnded

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASKED = Proposed("skill", "焦师傅", "澜江重工有限公司", "首席技师", "100-0000-0001")


def by(found: Kept, who: str, n: int = 0) -> dict[str, Any]:
    return {"actor": found.actor(who), "at": AT, "honour_id": found.honours[n].pk}


def mine(found: Kept, row: Mentorship, side: str = "artisan") -> dict[str, Any]:
    return {"actor": found.artisan(0), "at": AT, "mentorship_id": row.pk, "side": side, "version": None}


def standing(found: Kept, asked: Proposed = ASKED) -> Mentorship:
    row = propose(**by(found, "wen"), asked=asked)
    enter_paper(**by(found, "wen"), mentorship_id=row.pk, version=None, side="mentor", basis="6月签字的协议")
    return answer(**mine(found, row), yes=True)


@pytest.mark.ledger("M-09")
def test_a_mentor_stands_when_both_have_agreed(found: Kept) -> None:
    row = propose(**by(found, "lan"), asked=ASKED)
    assert row.mobile.startswith("gj1") or "10000000001" not in row.mobile
    row = answer(**mine(found, row), yes=True)
    assert (row.state, row.begun) == ("proposed", None)
    row = enter_paper(**by(found, "lan"), mentorship_id=row.pk, version=None, side="mentor", basis="签字的协议")
    assert (row.state, row.begun) == ("standing", AT.date())
    shown = {who: mentors_of(found.actor(who), found.honours[0].pk).places[1].mobile for who in ("lan", "wen", "zhang")}
    assert set(shown.values()) == {"10000000001"}
    assert "10000000001" not in str(list(Entry.objects.values_list("body", flat=True)))


def test_a_mentor_with_an_account_sees_their_artisan_while_it_lasts(found: Kept) -> None:
    user = found.world.people["jia"]
    jia = found.actor("jia")
    row = propose(**by(found, "zhang"), asked=Proposed("professional", "贾评审", "澜江理工学院", username="jia"))
    assert is_mentor(jia)
    assert not visible_to(jia).exists()
    answer(actor=jia, at=AT, mentorship_id=row.pk, side="mentor", version=None, yes=True)
    with pytest.raises(NotFound):
        answer(actor=jia, at=AT, mentorship_id=row.pk, side="artisan", version=None, yes=True)
    answer(**mine(found, row), yes=True)
    honour = get_honour(jia, found.honours[0].pk)
    assert hands_of(jia, honour) == {Hand.MENTOR}
    entry = enter(actor=jia, at=AT, honour_id=honour.pk, doing=Doing("mentoring", "示范厚壁管焊接", AT.date()))
    assert entry.state == "claimed"
    assert mentors_of(jia, honour.pk).places[0].mobile == ""
    end(**by(found, "zhang"), mentorship_id=row.pk, version=None, on=AT.date(), reason="工作调动")
    assert not visible_to(jia).exists()
    assert [one.user_id for one in own_mentorships(jia)] == [user.pk]


def test_another_takes_the_place_only_when_both_agreed_and_for_a_reason(found: Kept) -> None:
    first = standing(found)
    other = Proposed("skill", "钟火候", "松岭铸造有限公司")
    with pytest.raises(BadInput):
        propose(**by(found, "wen"), asked=other)
    second = propose(**by(found, "wen"), asked=Proposed(**{**_dict(other), "because": "原导师退休"}))
    assert Mentorship.objects.get(pk=first.pk).state == "standing"
    with pytest.raises(Refused):
        propose(**by(found, "lan"), asked=Proposed(**{**_dict(other), "name": "石守窑", "because": "换人"}))
    answer(**mine(found, second), yes=True)
    enter_paper(**by(found, "wen"), mentorship_id=second.pk, version=None, side="mentor", basis="协议")
    old = Mentorship.objects.get(pk=first.pk)
    assert (old.state, old.ended, old.reason) == ("ended", AT.date(), "更换：原导师退休")
    page = mentors_of(found.actor("wen"), found.honours[0].pk)
    assert [(one.kind.id, one.standing.name if one.standing else "") for one in page.places] == [
        ("professional", ""),
        ("skill", "钟火候"),
    ]
    assert [one.name for one in page.past] == ["焦师傅"]


def _dict(one: Proposed) -> dict[str, str]:
    return {key: getattr(one, key) for key in Proposed.__dataclass_fields__}


def test_two_mentors_are_two_people_and_neither_is_the_artisan(found: Kept) -> None:
    standing(found)
    with pytest.raises(Refused):
        propose(**by(found, "wen"), asked=Proposed("professional", "焦师傅", "澜江重工有限公司"))
    found.user(0)
    with pytest.raises(Refused):
        propose(**by(found, "wen"), asked=Proposed("professional", "别名", "别处", username="artisan0"))
    for wrong in (
        Proposed("head", "某", "某"),
        Proposed("skill", " ", "某"),
        Proposed("skill", "某", "某", mobile="12"),
    ):
        with pytest.raises(BadInput):
            propose(**by(found, "wen"), asked=wrong)
    with pytest.raises(NotAllowed):
        propose(actor=found.artisan(0), at=AT, honour_id=found.honours[0].pk, asked=ASKED)


def test_a_no_and_a_proposal_taken_back_stay_on_record(found: Kept) -> None:
    row = propose(**by(found, "wen"), asked=ASKED)
    with pytest.raises(BadInput):
        answer(**mine(found, row), yes=False)
    row = answer(**mine(found, row), yes=False, reason="希望由本班组师傅带")
    assert (row.state, row.reason) == ("declined", "本人不同意：希望由本班组师傅带")
    row = propose(**by(found, "wen"), asked=ASKED)
    row = take_back(**by(found, "lan"), mentorship_id=row.pk, version=1, reason="误填")
    assert row.reason == "撤回：误填"
    with pytest.raises(Refused):
        answer(**mine(found, row), yes=True)


def test_both_sides_by_one_time_links(found: Kept) -> None:
    row = propose(**by(found, "wen"), asked=Proposed("skill", "焦师傅", "澜江重工有限公司"))
    tokens = {side: send_link(**by(found, "wen"), mentorship_id=row.pk, side=side)[1] for side in ("mentor", "artisan")}
    with pytest.raises(BadInput):
        answer_by_link(actor=nobody(), at=AT, token=tokens["mentor"], yes=True, mobile="不是号码")
    answer_by_link(actor=nobody(), at=AT, token=tokens["mentor"], yes=True, mobile="10000000002")
    with pytest.raises(LinkEnded):
        answer_by_link(actor=nobody(), at=AT, token=tokens["mentor"], yes=False, reason="反悔")
    row = answer_by_link(actor=nobody(), at=AT, token=tokens["artisan"], yes=True)
    assert (row.state, row.artisan_how) == ("standing", "一次性链接")
    assert mentors_of(found.actor("lan"), found.honours[0].pk).places[1].mobile == "10000000002"
    with pytest.raises(Refused):
        send_link(**by(found, "wen"), mentorship_id=row.pk, side="mentor")


def test_a_stale_page_changes_nothing(found: Kept) -> None:
    row = standing(found)
    with pytest.raises(Stale):
        end(**by(found, "wen"), mentorship_id=row.pk, version=1, on=AT.date(), reason="调动")
    with pytest.raises(BadInput):
        end(**by(found, "wen"), mentorship_id=row.pk, version=None, on=AT.date() + timedelta(days=1), reason="调动")


@pytest.mark.parametrize(
    "changes", [{"artisan_at": None}, {"state": "ended", "ended": None}, {"state": "declined", "reason": ""}]
)
def test_the_database_holds_what_the_rules_say(found: Kept, changes: dict[str, Any]) -> None:
    row = standing(found)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentorship.objects.filter(pk=row.pk).update(**changes)


def test_one_standing_of_each_kind_in_the_database(found: Kept) -> None:
    row = standing(found)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentorship.objects.create(
            honour=found.honours[0], kind="skill", label="技能导师", name="某", unit="某", state="standing", at=AT,
            begun=AT.date(), mentor_at=AT, artisan_at=row.artisan_at,
        )  # fmt: skip


def test_an_apprentice_from_agreement_to_result(found: Kept) -> None:
    agreed = Agreed("小岑", date(2026, 2, 1), date(2027, 1, 31), trade="中级工")
    given = {"actor": found.artisan(0), "at": AT, "honour_id": found.honours[0].pk}
    for wrong in (Agreed("", agreed.begun, agreed.until), Agreed("小岑", agreed.until, agreed.until)):
        with pytest.raises(BadInput):
            take_on(**given, agreed=wrong)
    row = take_on(**given, agreed=agreed)
    entry = ActivityEntry.objects.get()
    assert (entry.kind, entry.state, entry.source) == ("apprentices", "claimed", f"apprentice:{row.pk}:begun")
    with pytest.raises(BadInput):
        close(**given, apprenticeship_id=row.pk, version=1, passed=True, on=date(2026, 6, 1), result="")
    row = close(
        **by(found, "wen"), apprenticeship_id=row.pk, version=1, passed=True, on=date(2026, 6, 1), result="高级工"
    )
    assert (row.state, row.ended, row.result) == ("passed", date(2026, 6, 1), "高级工")
    assert ActivityEntry.objects.filter(state="confirmed").count() == 1
    with pytest.raises(Refused):
        close(**given, apprenticeship_id=row.pk, version=2, passed=False, on=date(2026, 6, 2), result="终止")
    with pytest.raises(NotFound):
        close(**by(found, "wen", 1), apprenticeship_id=row.pk, version=2, passed=False, on=AT.date(), result="终止")
