"""Moves of a case, one by one, and what each leaves behind (TRUST 2, 3, 4, 5)."""

from dataclasses import replace

import pytest
from tests.factories import AT
from tests.services.formality.ground import LATE, Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.models import Case, Entry, PoolCount, Revision, StageRow, Subject
from gongjiang.services.audit.verify import verify
from gongjiang.services.nominations.replay import differences, replay
from gongjiang.services.nominations.submit import submit
from gongjiang.services.nominations.transition import move

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Ground:
    return ground()


def test_nobody_skips_a_stage(here: Ground) -> None:
    case = here.filed()
    assert here.states(case) == {"apply": "done", "qualify": "open"}
    for stage, action in (("dept_opinion", "complete"), ("report_up", "report"), ("initial", "return")):
        with pytest.raises(Refused, match="还没有到"):
            here.take(case, stage, action, who="yan" if stage == "initial" else "wen", reason="越级")
    with pytest.raises(BadInput, match="没有“approve”这一步"):
        here.take(case, "qualify", "approve")


def test_the_way_through_opens_each_stage_after_the_one_before(here: Ground) -> None:
    case = here.filed()
    assert case.state == "running"
    here.pass_on(case, "qualify")
    assert here.states(case)["dept_opinion"] == "open"
    here.pass_on(case, "dept_opinion")
    assert here.states(case)["report_up"] == "open"
    here.pass_on(case, "report_up")
    assert here.states(case) == {
        "apply": "done",
        "qualify": "done",
        "dept_opinion": "done",
        "report_up": "done",
        "initial": "open",
    }
    assert differences([case.pk]) == []
    assert verify().ok


def test_a_check_waits_for_what_people_must_judge_first(here: Ground) -> None:
    case = here.filed()
    with pytest.raises(Refused) as refused:
        here.take(case, "qualify", "pass")
    assert refused.value.text.startswith("还不能通过：")
    assert "待受理推荐的工会认定" in refused.value.text
    assert [one.clause for one in refused.value.reasons] == ["四(三)品德"]


def test_sent_back_to_a_chosen_step_it_flows_on_again(here: Ground) -> None:
    case = here.to("report_up")
    here.take(case, "report_up", "return", reason="照片不合要求", back_to="apply")
    case.refresh_from_db()
    assert case.state == "returned"
    assert here.states(case) == {
        "apply": "open",
        "qualify": "waiting",
        "dept_opinion": "waiting",
        "report_up": "waiting",
    }
    assert differences([case.pk]) == []
    again = submit(actor=here.actor("lan"), at=AT, case_id=case.pk)
    assert again.opened == ("qualify",)
    assert again.case.state == "running"
    here.take(case, "qualify", "pass")  # what was judged stays judged
    here.take(case, "dept_opinion", "complete")  # the departments' opinions still stand
    assert here.states(case)["report_up"] == "open"
    assert Revision.objects.filter(case=case).count() == 2
    assert differences([case.pk]) == []


def test_sent_back_to_the_step_before_only_that_opens(here: Ground) -> None:
    case = here.to("report_up")
    here.take(case, "report_up", "return", reason="意见不全")
    assert here.states(case) == {
        "apply": "done",
        "qualify": "done",
        "dept_opinion": "open",
        "report_up": "waiting",
    }
    for wrong in ("initial", "report_up", "nowhere"):
        with pytest.raises(BadInput, match="请选择退回到哪一步"):
            here.take(case, "dept_opinion", "return", reason="材料", back_to=wrong)


def test_after_the_end_only_what_was_sent_back_may_come_again(here: Ground) -> None:
    case, fresh = here.filed(), here.draft("岑铸山", filer="yin", unit="dyeing")
    here.take(case, "qualify", "return", reason="补页")
    assert submit(actor=here.actor("lan"), at=LATE, case_id=case.pk).case.state == "running"
    here.attach(fresh, "yin")
    with pytest.raises(Refused, match="申报已于2026年6月30日 24:00截止"):
        submit(actor=here.actor("yin"), at=LATE, case_id=fresh.pk)


def test_negative_steps_ask_a_reason(here: Ground) -> None:
    case = here.filed()
    for action in ("return", "reject"):
        with pytest.raises(BadInput, match="须写明理由"):
            here.take(case, "qualify", action, reason="  ")


def test_refused_at_a_check_the_case_ends_everywhere(here: Ground) -> None:
    case = here.filed()
    StageRow.objects.create(case=case, process=case.process, stage="joint_sign", state="open")
    here.take(case, "qualify", "reject", reason="年限不实")
    case.refresh_from_db()
    assert (case.state, here.states(case)) == (
        "rejected",
        {"apply": "done", "qualify": "out", "joint_sign": "out"},
    )
    with pytest.raises(Refused, match="已经结束"):
        here.take(case, "joint_sign", "reject", who="zhang", reason="再来一次")


def test_withdrawn_gives_back_its_seats_and_the_person_can_be_filed_anew(here: Ground) -> None:
    case = here.filed()
    count = PoolCount.objects.create(process=case.process, pool="edition", group="", limit=1, used=1)
    count.seats.create(case=case, taken_at=AT)
    here.take(case, "qualify", "return", reason="补页")
    count.refresh_from_db()
    assert count.used == 1  # a place is kept while somebody mends
    here.take(case, "apply", "withdraw", who="lan", reason="本人放弃")
    case.refresh_from_db()
    count.refresh_from_db()
    assert (case.state, count.used, count.seats.count()) == ("withdrawn", 0, 0)
    assert differences([case.pk]) == []
    with pytest.raises(Refused, match="已经结束"):
        here.take(case, "apply", "withdraw", who="lan", reason="再次")


def test_what_is_handed_in_is_withdrawn_where_it_lies(here: Ground) -> None:
    case = here.filed()
    here.take(case, "qualify", "withdraw", who="lan", reason="本人放弃")
    case.refresh_from_db()
    assert (case.state, here.states(case)["qualify"]) == ("withdrawn", "struck")
    assert differences([case.pk]) == []


def test_a_step_that_was_taken_is_not_taken_back_at_its_own_stage(here: Ground) -> None:
    case = here.filed()
    with pytest.raises(Refused, match="已经办过"):
        here.take(case, "apply", "withdraw", who="lan", reason="想收回")


def test_one_live_case_for_a_person_from_one_unit(here: Ground) -> None:
    first = here.filed()
    subject = Subject.objects.get(pk=first.subject_id)
    second = here.draft("何焊平", filer="lan")
    here.attach(second)
    Case.objects.filter(pk=second.pk).update(values={**second.values, "id_number": first.values["id_number"]})
    with pytest.raises(Refused, match="何焊平在本届已由同一单位推荐过，不能重复推荐。"):
        submit(actor=here.actor("lan"), at=AT, case_id=second.pk)
    assert Case.objects.filter(subject=subject, state="running").count() == 1


def test_the_same_request_twice_is_once(here: Ground) -> None:
    case = here.filed()
    here.judge(case)
    first = here.take(case, "qualify", "pass", request_key="k-1")
    second = here.take(case, "qualify", "pass", request_key="k-1")
    assert first.opened == ("dept_opinion",)
    assert second.opened == ()
    assert Entry.objects.filter(case_id=case.pk, action="case.pass").count() == 1
    with pytest.raises(BadInput, match="已用于另一件事"):
        here.take(case, "dept_opinion", "complete", request_key="k-1")


def test_a_stale_page_is_told_so_and_changes_nothing(here: Ground) -> None:
    case = here.filed()
    version = case.version
    here.judge(case)
    with pytest.raises(Stale):
        here.take(case, "qualify", "pass", version=version - 1)
    assert here.states(case)["qualify"] == "open"
    here.take(case, "qualify", "pass", version=version)


def test_of_two_officers_at_the_same_moment_one_is_told(here: Ground) -> None:
    case = here.filed()
    here.judge(case)
    version = Case.objects.get(pk=case.pk).version
    here.take(case, "qualify", "pass", who="wen", version=version)
    with pytest.raises(Stale):
        here.take(case, "qualify", "reject", who="jiang", version=version, reason="材料不实")
    with pytest.raises(Refused, match="已经办过"):
        here.take(case, "qualify", "reject", who="jiang", reason="材料不实")


def test_a_grant_taken_away_is_refused_at_the_next_request(here: Ground) -> None:
    case = here.filed()
    here.judge(case)
    wen = here.actor("wen")
    with pytest.raises(NotAllowed):
        move(actor=replace(wen, grants=()), at=AT, case_id=case.pk, stage_id="qualify", action="pass")


@pytest.mark.ledger("X-02")
def test_the_entry_of_a_move_says_who_what_by_which_rules_and_why(here: Ground) -> None:
    case = here.filed()
    here.take(case, "qualify", "return", reason="缺照片")
    entry = Entry.objects.get(case_id=case.pk, action="case.return")
    assert (entry.actor_name, entry.edition_id) == ("温和礼", here.edition.pk)
    assert '"reason":"缺照片"' in entry.body
    assert f'"pack":"{here.edition.pack.digest[:16]}"' in entry.body
    assert '"rows":{"apply":"open","qualify":"waiting"}' in entry.body


def test_the_state_is_what_its_entries_tell(here: Ground) -> None:
    walked, sent_back, refused = here.to("initial"), here.filed("岑铸山"), here.filed("丁砺锋")
    here.take(sent_back, "qualify", "return", reason="补页")
    here.take(refused, "qualify", "reject", reason="年限不实")
    told = replay([walked.pk, sent_back.pk, refused.pk])
    assert told[walked.pk].state == "running"
    assert told[walked.pk].rows["initial"] == "open"
    assert (told[sent_back.pk].state, told[sent_back.pk].rows) == ("returned", {"apply": "open"})
    assert (told[refused.pk].state, told[refused.pk].rows) == ("rejected", {"apply": "done", "qualify": "out"})
    assert differences([walked.pk, sent_back.pk, refused.pk]) == []
    StageRow.objects.filter(case=walked, stage="initial").update(state="done")
    Case.objects.filter(pk=refused.pk).update(state="running")
    assert differences([walked.pk, refused.pk]) == [
        f"{walked.number}的“initial”：记录为“done”，审计重放为“open”",
        f"{refused.number}：记录为“running”，审计重放为“rejected”",
    ]
