"""Objections: the last second, who signs, a thousand of them; two officers to refuse; what a decision does."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.services.public_notices.stage import DEEDS, FRIDAY, Ground, ground, moment

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Case, NoticeEntry, Objection, PoolCount, StageRow
from gongjiang.services.public_notices.decide import Decided, confirm, decide
from gongjiang.services.public_notices.handle import admit, confirm_refusal, propose_refusal, verify
from gongjiang.services.public_notices.object import AN_HOUR, opened_from, opened_text
from gongjiang.services.public_notices.pages import follow, outcome_label
from gongjiang.services.public_notices.queries import get_objection, queue

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 9, 24)
MONDAY = date(2026, 9, 21)


def found(here: Ground, objection: int, outcome: str = "upheld", who: str = "yan", day: date = MONDAY) -> Decided:
    """Decide an objection with a finding; what strikes is proposed by the officer, approved by `who`."""
    done = decide(
        actor=here.world.actor("zhang" if outcome == "upheld" and who == "yan" else who),
        at=moment(day, 15),
        objection_id=objection,
        outcome=outcome,
        answer="经核实，所反映情况属实。" if outcome == "upheld" else "经核实，所反映情况不属实。",
        finding="调阅考勤与社保记录。",
        basis="9月21日领导小组会议" if outcome == "upheld" else "",
    )
    if outcome != "upheld":
        return done
    return confirm(actor=here.world.actor(who), at=moment(day, 15), objection_id=objection)


def test_the_last_second_is_in_time_and_midnight_is_not() -> None:
    here = ground()
    here.post()
    assert here.object(0, moment(THURSDAY, 23, 59, 59, 999_999)).number == "YY-260924-001"
    with pytest.raises(Refused, match="2026年9月24日 24:00截止"):
        here.object(0, moment(THURSDAY + timedelta(days=1), 0), DEEDS + "又一件。")
    with pytest.raises(Refused, match="还没有开始"):
        here.object(0, moment(FRIDAY - timedelta(days=1)))


def test_a_receipt_and_its_code_follow_the_matter() -> None:
    here = ground()
    here.post()
    receipt = here.object(0, moment(MONDAY))
    assert follow(receipt.number.lower(), receipt.code.lower()).state == "received"
    stored = Objection.objects.get()
    assert receipt.code not in (stored.secret, stored.text)
    assert DEEDS not in stored.text
    assert opened_text(stored) == DEEDS
    for number, code in ((receipt.number, "AAAA-AAAA"), ("YY-260921-999", receipt.code)):
        with pytest.raises(NotFound, match="核对"):
            follow(number, code)


def test_signed_objections_keep_who_said_it_sealed() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000")
    stored = Objection.objects.get()
    assert "舒实名" not in stored.from_sealed
    assert opened_from(stored) == {"name": "舒实名", "contact": "0000-000", "unit": ""}
    with pytest.raises(BadInput, match="单位名称"):
        here.object(0, moment(MONDAY), DEEDS + "二", signed="unit", name="舒实名", contact="0000-000")
    here.object(1, moment(MONDAY), signed="anonymous", name="不该留下")
    assert Objection.objects.get(signed="anonymous").from_sealed == ""


def test_anonymous_only_where_the_edition_takes_them() -> None:
    here = ground(answers={"Q14": False})
    here.post()
    with pytest.raises(BadInput, match="只受理署名"):
        here.object(0, moment(MONDAY))
    assert here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000").code


@pytest.mark.parametrize(
    ("text", "message"),
    [("他不行", "至少 10 个字"), ("情" * 2001, "超1字"), ("   \u200b  ", "至少 10 个字")],
)
def test_text_within_bounds(text: str, message: str) -> None:
    here = ground()
    here.post()
    with pytest.raises(BadInput, match=message):
        here.object(0, moment(MONDAY), text)
    assert here.object(0, moment(MONDAY), "情" * 2000).number


def test_a_thousand_equal_anonymous_objections_are_one_matter() -> None:
    here = ground()
    here.post()
    first = here.object(0, moment(MONDAY))
    for _ in range(50):
        again = here.object(0, moment(MONDAY))
        assert (again.number, again.code, again.merged) == (first.number, first.code, True)
    assert Objection.objects.get().times == 51


def test_a_flood_of_different_ones_is_bounded_and_shuts_nobody_out() -> None:
    here = ground()
    here.post()
    for n in range(AN_HOUR):
        here.object(0, moment(MONDAY), f"{DEEDS}第{n}次反映。")
    with pytest.raises(Refused, match="署名提交"):
        here.object(0, moment(MONDAY), DEEDS)
    assert here.object(0, moment(MONDAY), signed="named", name="舒实名", contact="0000-000").number
    assert here.object(1, moment(MONDAY)).number
    assert here.object(0, moment(MONDAY, 11, 0, 1)).number


def test_the_field_that_people_do_not_see() -> None:
    here = ground()
    here.post()
    with pytest.raises(BadInput, match="网址"):
        here.object(0, moment(MONDAY), website="http://example.invalid")


def test_refusing_needs_a_reason_and_two_officers() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY))
    pk = Objection.objects.get().pk
    one, other = here.world.actor("zhang"), here.world.actor("yan")
    with pytest.raises(BadInput, match="理由"):
        propose_refusal(actor=one, at=moment(MONDAY), objection_id=pk, reason="  ")
    with pytest.raises(Refused, match="还没有人提出"):
        confirm_refusal(actor=other, at=moment(MONDAY), objection_id=pk)
    propose_refusal(actor=one, at=moment(MONDAY), objection_id=pk, reason="没有具体事实，无从核实")
    assert Objection.objects.get().state == "received"
    with pytest.raises(NotAllowed, match="另一位"):
        confirm_refusal(actor=one, at=moment(MONDAY), objection_id=pk)
    confirm_refusal(actor=other, at=moment(MONDAY), objection_id=pk)
    stored = Objection.objects.get()
    assert (stored.state, stored.refused_by.username, stored.refusal_confirmed_by.username) == (
        "refused",
        "zhang",
        "yan",
    )


def test_a_proposed_refusal_falls_away_when_admitted() -> None:
    here = ground()
    here.post()
    here.object(0, moment(MONDAY))
    pk = Objection.objects.get().pk
    propose_refusal(actor=here.world.actor("zhang"), at=moment(MONDAY), objection_id=pk, reason="没有事实")
    admit(actor=here.world.actor("yan"), at=moment(MONDAY), objection_id=pk)
    stored = Objection.objects.get()
    assert (stored.state, stored.refusal, stored.refused_by) == ("admitted", "", None)


def test_handled_by_its_office_only_and_in_its_order() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    for name in ("wen", "jiang", "ji", "lan"):
        with pytest.raises(NotAllowed):
            verify(actor=here.world.actor(name), at=moment(MONDAY), objection_id=pk, finding="查过。")
    with pytest.raises(Refused, match="核实情况"):
        decide(actor=here.world.actor("yan"), at=moment(MONDAY), objection_id=pk, outcome="upheld", answer="属实。")
    with pytest.raises(NotAllowed, match="审批"):
        found(here, pk, who="zhang")
    assert here.row(0).state == "open"
    with pytest.raises(BadInput, match="只能选：属实、失实"):
        found(here, pk, outcome="maybe")
    found(here, pk, outcome="dismissed", who="zhang")
    with pytest.raises(Refused, match="已办结"):
        found(here, pk)


def test_a_stale_page_is_told_so() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    with pytest.raises(Stale):
        verify(actor=here.world.actor("zhang"), at=moment(MONDAY), objection_id=pk, finding="查过。", version=1)


@pytest.mark.ledger("G-12")
def test_false_is_explained_and_the_person_stays() -> None:
    here = ground()
    here.post()
    decided = found(here, here.admitted(0, MONDAY), outcome="dismissed")
    assert not decided.struck
    assert decided.moved is None
    assert here.entry(0).state == "running"
    assert here.entry(0).ends_on == THURSDAY
    assert outcome_label(decided.objection) == "失实"
    here.settle(date(2026, 9, 28))
    assert here.row(0).state == "done"


@pytest.mark.ledger("G-12")
def test_true_disqualifies_and_the_next_moves_up_with_a_notice_of_their_own() -> None:
    here = ground(places=3, people=5)
    here.post()
    decided = found(here, here.admitted(1, MONDAY))
    assert decided.struck
    assert decided.moved is not None
    assert decided.moved.case == here.cases[3]
    struck = Case.objects.get(pk=here.cases[1].pk)
    assert (struck.state, here.row(1).state, here.entry(1).state) == ("disqualified", "struck", "struck")
    notice = decided.moved.notice
    assert notice is not None
    assert notice.ordinal == 2
    assert (notice.first_day, notice.last_day) == (MONDAY, date(2026, 9, 29))  # 22, 23, 24, 28 and 29 count
    assert "因公示名单变动，按备选次序依次递补，拟命名温测微同志为" in notice.body
    assert [here.entry(n).ends_on for n in (0, 2)] == [THURSDAY, THURSDAY]  # striking a name restarts nobody
    assert [here.row(n).state for n in range(5)] == ["open", "struck", "open", "open", "alternate"]
    assert PoolCount.objects.get(pool="keep:notice").used == 3


def test_without_republishing_the_added_entry_has_its_own_full_clock() -> None:
    here = ground(places=1, people=2, answers={"Q12": False})
    first = here.post()
    decided = found(here, here.admitted(0, MONDAY))
    assert decided.moved is not None
    assert decided.moved.notice == first
    entry = here.entry(1)
    assert (entry.notice, entry.starts_on, entry.ends_on, entry.note) == (first, MONDAY, date(2026, 9, 29), "递补")
    assert here.object(1, moment(date(2026, 9, 29), 23, 59, 59)).number


def test_substitutes_follow_the_order_strictly_and_end_with_an_empty_place() -> None:
    here = ground(places=2, people=4)
    here.post()
    assert found(here, here.admitted(1, MONDAY)).moved.case == here.cases[2]
    assert found(here, here.admitted(2, MONDAY)).moved.case == here.cases[3]
    last = found(here, here.admitted(0, MONDAY)).moved
    assert (last.case, last.notice, last.sentence) == (None, None, "备选已全部用完，此名额空缺。")
    assert "此名额空缺" in Objection.objects.latest("id").finding
    assert PoolCount.objects.get(pool="keep:notice").used == 1


def test_a_substitute_who_left_is_passed_over() -> None:
    here = ground(places=1, people=3)
    here.post()
    Case.objects.filter(pk=here.cases[1].pk).update(state="withdrawn")
    assert found(here, here.admitted(0, MONDAY)).moved.case == here.cases[2]


def test_alternates_of_the_list_before_come_when_the_own_order_is_used_up() -> None:
    """national-2024 keeps as many as it posts: substitutes then stand on the list that was decided."""
    here = ground(places=2, people=3, answers={"Q6": "at_naming"})
    stands_aside(here, 2)
    here.post()
    moved = found(here, here.admitted(0, MONDAY)).moved
    assert moved.case == here.cases[2]
    assert here.row(2, "final_review").state == "done"
    assert (here.row(2).state, here.entry(2).ends_on) == ("open", date(2026, 9, 29))


def test_an_alternate_whom_a_rule_bars_is_passed_over_on_record() -> None:
    here = ground(places=2, people=4, answers={"Q6": "at_naming"})
    stands_aside(here, 2)
    stands_aside(here, 3)
    here.cases[2].files.update(removed_at=moment(FRIDAY))
    here.post()
    moved = found(here, here.admitted(0, MONDAY)).moved
    assert moved.case == here.cases[3]
    assert "被推荐人同意书须至少1件" in moved.sentence
    assert here.row(2, "final_review").state == "alternate"


def stands_aside(here: Ground, n: int) -> None:
    """The n-th case is an alternate of the list that was decided, not yet at the notice."""
    here.row(n).delete()
    here.row(n, "joint_sign").delete()
    StageRow.objects.filter(case=here.cases[n], stage="final_review").update(state="alternate")


def test_two_matters_about_one_person() -> None:
    here = ground(places=1, people=2)
    here.post()
    first = here.admitted(0, MONDAY)
    here.object(0, moment(MONDAY, 12), DEEDS + "另一件。")
    second = Objection.objects.latest("id").pk
    admit(actor=here.world.actor("zhang"), at=moment(MONDAY, 13), objection_id=second)
    assert found(here, first).struck
    again = found(here, second)
    assert not again.struck
    assert again.moved is None
    assert NoticeEntry.objects.count() == 2


def test_settling_waits_for_the_days_and_for_open_objections() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    assert here.settle(THURSDAY).done == ()
    settled = here.settle(date(2026, 9, 25))
    assert {one.title for one in settled.done} == {"岑铸山", "丁砺锋"}
    assert [one.title for one in settled.held] == ["何焊平"]
    assert here.row(1, "name").state == "open"
    found(here, pk, outcome="dismissed", day=date(2026, 9, 28))
    assert [one.title for one in here.settle(date(2026, 9, 28)).done] == ["何焊平"]
    assert here.settle(date(2026, 9, 28)).done == ()


def test_the_queue_is_seen_by_those_who_handle_and_observe() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    for name, sees in {"zhang": True, "yan": True, "ji": True, "wen": False, "lan": False, "jia": False}.items():
        actor = here.world.actor(name)
        assert bool(queue(actor, edition_id=here.edition.pk)) is sees, name
        if sees:
            assert get_objection(actor, pk).pk == pk
        else:
            with pytest.raises(NotFound):
                get_objection(actor, pk)


@pytest.mark.ledger("G-12")
def test_one_person_alone_strikes_nobody() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    yan, zhang = here.world.actor("yan"), here.world.actor("zhang")
    said = {"objection_id": pk, "answer": "已核实。", "finding": "查过。", "basis": "专题会议"}
    with pytest.raises(Refused, match="还没有人提出"):
        confirm(actor=yan, at=moment(MONDAY), objection_id=pk)
    proposed = decide(actor=yan, at=moment(MONDAY), outcome="upheld", **said)
    assert (proposed.struck, proposed.objection.state, here.row(0).state) == (False, "verifying", "open")
    for who in (yan, platform()):
        with pytest.raises(NotAllowed, match="另一位审批人员"):
            confirm(actor=who, at=moment(MONDAY), objection_id=pk)
    with pytest.raises(NotAllowed, match="审批"):
        confirm(actor=zhang, at=moment(MONDAY), objection_id=pk)  # an officer proposes, and doesn't approve
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=pk).update(
            state="decided", outcome="upheld", decided_at=moment(MONDAY), decided_by=yan.user_id
        )
    decide(actor=zhang, at=moment(MONDAY), outcome="upheld", **said)  # taken up by another, who proposes it instead
    assert confirm(actor=yan, at=moment(MONDAY), objection_id=pk).struck
    stored = Objection.objects.get(pk=pk)
    assert (stored.proposed_by_id, stored.decided_by_id, stored.basis) == (zhang.user_id, yan.user_id, "专题会议")


def test_a_proposal_that_comes_to_nothing_falls_away() -> None:
    here = ground()
    here.post()
    pk = here.admitted(0, MONDAY)
    said = {"objection_id": pk, "answer": "已核实。", "finding": "查过。", "at": moment(MONDAY)}
    decide(actor=here.world.actor("yan"), outcome="upheld", basis="专题会议", **said)
    decide(actor=here.world.actor("yan"), outcome="dismissed", **said)
    stored = Objection.objects.get(pk=pk)
    assert (stored.state, stored.outcome, stored.proposed, stored.proposed_by) == ("decided", "dismissed", "", None)
    assert here.row(0).state == "open"
