"""What a decided objection does: explained, struck by two people, who moves up and for how long it is posted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.services.public_notices.stage import DEEDS, FRIDAY, MONDAY, Ground, ground, moment, ruled

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused
from gongjiang.models import Case, NoticeEntry, Objection, PoolCount, StageRow
from gongjiang.services.public_notices.decide import confirm, decide
from gongjiang.services.public_notices.handle import admit
from gongjiang.services.public_notices.pages import outcome_label
from gongjiang.services.public_notices.queries import get_objection, queue

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 9, 24)


@pytest.mark.ledger("G-12")
def test_false_is_explained_and_the_person_stays() -> None:
    here = ground()
    here.post()
    decided = ruled(here, here.admitted(0, MONDAY), outcome="dismissed")
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
    decided = ruled(here, here.admitted(1, MONDAY))
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
    decided = ruled(here, here.admitted(0, MONDAY))
    assert decided.moved is not None
    assert decided.moved.notice == first
    entry = here.entry(1)
    assert (entry.notice, entry.starts_on, entry.ends_on, entry.note) == (first, MONDAY, date(2026, 9, 29), "递补")
    assert here.object(1, moment(date(2026, 9, 29), 23, 59, 59)).number


def test_substitutes_follow_the_order_strictly_and_end_with_an_empty_place() -> None:
    here = ground(places=2, people=4)
    here.post()
    assert ruled(here, here.admitted(1, MONDAY)).moved.case == here.cases[2]
    assert ruled(here, here.admitted(2, MONDAY)).moved.case == here.cases[3]
    last = ruled(here, here.admitted(0, MONDAY)).moved
    assert (last.case, last.notice, last.sentence) == (None, None, "备选已全部用完，此名额空缺。")
    assert "此名额空缺" in Objection.objects.latest("id").finding
    assert PoolCount.objects.get(pool="keep:notice").used == 1


def test_a_substitute_who_left_is_passed_over() -> None:
    here = ground(places=1, people=3)
    here.post()
    Case.objects.filter(pk=here.cases[1].pk).update(state="withdrawn")
    assert ruled(here, here.admitted(0, MONDAY)).moved.case == here.cases[2]


def test_alternates_of_the_list_before_come_when_the_own_order_is_used_up() -> None:
    """national-2024 keeps as many as it posts: substitutes then stand on the list that was decided."""
    here = ground(places=2, people=3, answers={"Q6": "at_naming"})
    stands_aside(here, 2)
    here.post()
    moved = ruled(here, here.admitted(0, MONDAY)).moved
    assert moved.case == here.cases[2]
    assert here.row(2, "final_review").state == "done"
    assert (here.row(2).state, here.entry(2).ends_on) == ("open", date(2026, 9, 29))


def test_an_alternate_whom_a_rule_bars_is_passed_over_on_record() -> None:
    here = ground(places=2, people=4, answers={"Q6": "at_naming"})
    stands_aside(here, 2)
    stands_aside(here, 3)
    here.cases[2].files.update(removed_at=moment(FRIDAY))
    here.post()
    moved = ruled(here, here.admitted(0, MONDAY)).moved
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
    assert ruled(here, first).struck
    again = ruled(here, second)
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
    ruled(here, pk, outcome="dismissed", day=date(2026, 9, 28))
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
