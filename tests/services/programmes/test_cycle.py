"""An edition is opened in its years; beside them only by a decision on record."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.factories import AT, opened_edition, prepared_edition, small_world
from tests.services.public_notices.stage import moment

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Edition, Entry
from gongjiang.services.programmes.cycle import cycle_problems, decide_special, turn_of
from gongjiang.services.programmes.programme import main_process, programme_of, whole_pack
from gongjiang.services.programmes.publish_edition import bind_role, open_edition

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CYCLE = "cycle: {every: {years: 2}, skip: {year_of: province-star}, special: {by: leading_group}, assumed: 例}"


def second(found: Edition, world: Any) -> Edition:
    """The same programme, prepared anew, its questions answered as in the first."""
    made = prepared_edition(world, more=CYCLE, slug="once-more")
    Edition.objects.filter(pk=made.pk).update(params=found.params)
    made.refresh_from_db()
    group = [one.organisation for one in found.roles.filter(role="leading_group")]
    bind_role(actor=world.actor("yan"), at=AT, edition=made, role="leading_group", organisations=group)
    return made


def test_an_edition_opens_in_its_years_only() -> None:
    world = small_world()
    found = opened_edition(world, more=CYCLE)
    turn = turn_of(whole_pack(found), found.organiser)
    assert turn is not None
    assert (turn.held, turn.said) == ((2026,), "每2年一届，“province-star”评选年跳过，下一届 2028年")
    made = second(found, world)
    programme = programme_of(main_process(made))
    [why] = cycle_problems(programme, moment(date(2027, 3, 1)))
    assert why.startswith("评选每2年一届，上一届在2026年，下一届为2028年，2027年不在周期内；确需举办的，由")
    with pytest.raises(Refused, match="2027年不在周期内"):
        open_edition(actor=world.actor("yan"), at=moment(date(2027, 3, 1)), edition=made)
    assert cycle_problems(programme, moment(date(2028, 1, 1))) == []
    assert cycle_problems(programme, moment(date(2028, 1, 1)) - timedelta(seconds=1 + 10 * 3600)) != []


def test_the_year_of_another_programme_is_passed_over() -> None:
    world = small_world()
    found = opened_edition(world, more=CYCLE)
    other = opened_edition(world, slug="star")
    Edition.objects.filter(pk=other.pk).update(opened_at=moment(date(2028, 2, 1)))
    type(other.pack).objects.filter(pk=other.pack_id).update(pack_id="province-star-2028", title="省级之星")
    programme = programme_of(main_process(second(found, world)))
    [why] = cycle_problems(programme, moment(date(2028, 5, 1)))
    assert why.startswith("2028年是“省级之星”的评选年，本项目跳过这一年，下一届为2029年")
    assert cycle_problems(programme, moment(date(2029, 5, 1))) == []


def test_a_special_edition_is_decided_on_by_the_body_that_the_pack_names() -> None:
    world = small_world()
    found = opened_edition(world, more=CYCLE)
    made, at = second(found, world), moment(date(2027, 3, 1))
    asked: dict[str, Any] = {"at": at, "edition": made, "number": "望工发〔2027〕1号", "reason": "建市周年"}
    with pytest.raises(NotAllowed, match="审批人员决定"):
        decide_special(actor=world.actor("lan"), **asked)
    with pytest.raises(BadInput, match="2026年"):
        decide_special(actor=world.actor("yan"), **{**asked, "number": "望工发〔2026〕1号"})
    with pytest.raises(BadInput, match="理由"):
        decide_special(actor=world.actor("yan"), **{**asked, "reason": " "})
    assert decide_special(actor=world.actor("yan"), **asked).special == "望工发〔2027〕1号"
    assert cycle_problems(programme_of(main_process(made)), at) == []
    assert Entry.objects.filter(action="edition.special").count() == 1
    Edition.objects.filter(pk=made.pk).update(state="open", opened_at=at)
    turn = turn_of(whole_pack(found), found.organiser)
    assert turn is not None
    assert turn.next == 2028  # it doesn't move the cycle
    with pytest.raises(Refused, match="已经发布"):
        decide_special(actor=world.actor("yan"), **{**asked, "edition": Edition.objects.get(pk=made.pk)})


def test_a_pack_without_a_cycle_sees_nothing_of_it() -> None:
    world = small_world()
    found = opened_edition(world)
    assert turn_of(whole_pack(found)) is None
    assert cycle_problems(programme_of(main_process(found)), AT) == []
    with pytest.raises(Refused, match="没有规定特别届次"):
        decide_special(actor=world.actor("yan"), at=AT, edition=found, number="望工发〔2027〕1号", reason="例")


def test_the_pages_say_when_the_next_one_is() -> None:
    world = small_world()
    found = opened_edition(world, more=CYCLE)
    made = second(found, world)
    yan = world.client("yan", moment(date(2027, 3, 1)))
    page = yan.get(f"/editions/{made.pk}/review/").content.decode()
    assert "下一届 2028年" in page
    assert "2027年不在周期内" in page
    wrong = yan.post(f"/editions/{made.pk}/review/", {"special": "一号", "reason": "建市周年"})
    assert (wrong.status_code, 'value="一号"' in wrong.content.decode()) == (409, True)
    done = yan.post(f"/editions/{made.pk}/review/", {"special": "望工发〔2027〕1号", "reason": "建市周年"}, follow=True)
    assert "本届为特别届次，依据 望工发〔2027〕1号" in done.content.decode()
