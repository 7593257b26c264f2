"""The officer's desk: checklist on record, changes between submissions, the way of a case, queues."""

import pytest
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.models import Case, Finding
from gongjiang.services.formality.changes import versions
from gongjiang.services.formality.dossier import dossier
from gongjiang.services.formality.find import decide
from gongjiang.services.formality.queue import neighbours, queue, stage_rows
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit

pytestmark = pytest.mark.django_db

POINTS = ("年限与在岗情况属实", "证书原件核对后退回", "会员身份", "一线岗位", "材料一式三份")


@pytest.fixture
def here() -> Ground:
    return ground()


def take(here: Ground, case: Case, action: str, who: str = "wen", **more):
    return decide(actor=here.actor(who), at=AT, case_id=case.pk, stage_id="qualify", action=action, **more)


def findings(case: Case) -> list[tuple[str, bool, str]]:
    return list(Finding.objects.filter(case=case).order_by("id").values_list("point", "ok", "remark"))


@pytest.mark.ledger("N-10")
def test_a_case_passes_when_every_point_was_looked_at(here: Ground) -> None:
    case = here.filed()
    here.judge(case)
    with pytest.raises(BadInput, match="审核要点还没有逐项核对：一线岗位、材料一式三份。"):
        take(here, case, "pass", ticked=POINTS[:3])
    assert findings(case) == []
    take(here, case, "pass", ticked=POINTS, reason="材料齐全")
    assert findings(case) == [(one, True, "") for one in POINTS]
    assert Finding.objects.filter(case=case, by=here.world.people["wen"], at=AT).count() == 5


def test_nothing_is_kept_of_a_decision_that_was_refused(here: Ground) -> None:
    case = here.filed()
    with pytest.raises(Refused):
        take(here, case, "pass", ticked=POINTS)
    with pytest.raises(Stale):
        take(here, case, "return", mend=POINTS[:1], reason="补", version=case.version - 1)
    assert findings(case) == []


@pytest.mark.ledger("N-10")
def test_what_is_sent_back_says_what_to_mend(here: Ground) -> None:
    case = here.filed()
    take(here, case, "return", ticked=POINTS[2:3], mend=POINTS[:1], reason="请补社保记录")
    assert findings(case) == [(POINTS[0], False, "请补社保记录"), (POINTS[2], True, "")]
    assert case.rows.get(stage="qualify").note == "请补社保记录（须补正：年限与在岗情况属实）"
    assert [one.text for one in dossier(here.actor("lan"), case.pk).mend] == [POINTS[0]]
    submit(actor=here.actor("lan"), at=AT, case_id=case.pk)
    here.judge(case)
    take(here, case, "pass", ticked=POINTS)
    assert dossier(here.actor("wen"), case.pk).mend == ()


def test_the_difference_between_two_submissions(here: Ground) -> None:
    case = here.filed()
    take(here, case, "return", reason="补")
    changes = {"post": "容器分厂焊接班班长", "main_honours": "", "id_number": "990000198203120033"}
    resume = Case.objects.get(pk=case.pk).values["resume"][:3]
    save_values(actor=here.actor("lan"), at=AT, case_id=case.pk, changes={**changes, "resume": resume})
    case.refresh_from_db()
    found = versions(here.programme, case)
    assert [one.number for one in found] == [1]
    save_values(
        actor=here.actor("lan"),
        at=AT,
        case_id=case.pk,
        changes={"id_number": "990000198203120017", "resume": [*resume, {"from": "2003-08", "org": "澜江重工"}]},
    )
    submit(actor=here.actor("lan"), at=AT, case_id=case.pk)
    case.refresh_from_db()
    newest, first = versions(here.programme, case)
    assert (newest.number, newest.by, first.changes) == (2, "兰报材", ())
    told = {one.label: (one.before, one.after) for one in newest.changes}
    assert told["职务"] == ("焊接班班长", "容器分厂焊接班班长")
    assert told["主要荣誉"] == ("2022年 望澜市技术能手\n2024年 望澜市劳动模范", "")
    assert set(told) == {"职务", "主要荣誉", "学习工作经历"}
    assert "9900001982" not in str(told)


def test_the_way_of_a_case_is_told_from_its_entries(here: Ground) -> None:
    case = here.filed()
    take(here, case, "return", reason="补页")
    submit(actor=here.actor("lan"), at=AT, case_id=case.pk)
    found = dossier(here.actor("wen"), case.pk)
    steps = [(one.title, one.kind, one.by, one.note) for one in found.way]
    assert steps[:6] == [
        ("开始填报", "done", "兰报材", ""),
        ("申报：提交", "done", "兰报材", ""),
        ("资格审核确认：退回补正", "back", "温和礼", "补页"),
        ("申报：提交", "done", "兰报材", ""),
        ("资格审核确认", "now", "", "正在办理"),
        ("有关部门签署意见", "next", "", ""),
    ]
    assert [one.title for one in found.way[-2:]] == ["公示", "联合下文命名"]
    assert next(one.due for one in found.way if one.title == "逐级上报") == "6月30日前"


def test_the_form_is_read_in_the_order_of_the_annexes(here: Ground) -> None:
    found = dossier(here.actor("wen"), here.filed().pk)
    titles = [one.title for one in found.parts]
    assert titles[:6] == [
        "基本情况",
        "是否具有工艺专长",
        "是否掌握高超技能",
        "是否体现领军作用",
        "个人所获荣誉（市级以上）",
        "个人简历（请填写初中以来就业就学情况）",
    ]
    assert [(one.label, one.value) for one in found.parts[0].lines[:3]] == [
        ("姓名", "何焊平"),
        ("性别", "男"),
        ("出生年月", "1982年3月"),
    ]
    number = next(one.value for one in found.parts[0].lines if one.label == "身份证号")
    assert number == "990***********0017"
    resume = next(table for part in found.parts for table in part.tables if table.group == "resume")
    assert resume.header == ("起", "止", "单位或学校", "岗位或专业", "属本项（专业）工作", "所在市")
    assert resume.rows[-1][1] == ("2003.8", "至今", "澜江重工有限公司", "电焊工", "是", "南宁市")


def test_each_sees_the_steps_that_are_theirs(here: Ground) -> None:
    case = here.filed()
    assert [one.key for one in dossier(here.actor("wen"), case.pk).acts] == [
        "qualify-pass",
        "qualify-return",
        "qualify-reject",
    ]
    assert [one.text for one in dossier(here.actor("wen"), case.pk).checklist] == list(POINTS)
    for who in ("zhang", "yan"):
        assert dossier(here.actor(who), case.pk).acts == ()
    assert [one.key for one in dossier(here.actor("lan"), case.pk).acts] == ["qualify-withdraw"]
    with pytest.raises(NotFound):
        dossier(here.actor("yuan"), case.pk)


def test_queues_hold_one_s_own_cases_oldest_first(here: Ground) -> None:
    first, second, other = here.filed(), here.filed("岑铸山"), here.filed("丁砺锋", receiver="other_county")
    _, stage, waiting, total = queue(here.actor("wen"), here.edition, "qualify")
    assert ([one.case for one in waiting], total) == ([first, second], 2)
    assert [one.case for one in queue(here.actor("yuan"), here.edition, "qualify")[2]] == [other]
    assert queue(here.actor("ke"), here.edition, "qualify")[3] == 0
    assert [one.case for one in queue(here.actor("wen"), here.edition, "qualify", after=first.pk)[2]] == [second]
    ids = stage_rows(here.actor("wen"), here.programme, stage)
    assert neighbours(ids, second.pk) == (first.pk, None, 2)
    assert neighbours(ids, other.pk) == (None, first.pk, 0)
    here.pass_on(first, "qualify")
    assert [one.case for one in queue(here.actor("ke"), here.edition, "dept_opinion")[2]] == [first]
