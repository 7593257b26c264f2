"""Each nominating unit posts its own people: own notice, own clock, own objections. Everybody is invented."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.factories import set_clock
from tests.unseen.packing import BASE, compose, pack_text

from gongjiang.catalogue.packs import PackText
from gongjiang.kernel.actor import Actor, nobody, platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.models import Grant, Notice, NoticeEntry, Objection, Organisation, StageRow, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.public_notices.desk import desk
from gongjiang.services.public_notices.handle import admit
from gongjiang.services.public_notices.matter import matter as open_matter
from gongjiang.services.public_notices.object import submit_objection
from gongjiang.services.public_notices.posted import posted
from gongjiang.services.public_notices.publish import publish
from gongjiang.services.public_notices.queries import queue
from gongjiang.services.public_notices.settle import settle_due
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OUTCOMES = [
    {"id": "upheld", "label": "属实", "effects": ["cancel", "backfill"]},
    {"id": "dismissed", "label": "失实", "effects": ["explain", "keep"]},
]
OWN = {
    "id": "own",
    "type": "publish",
    "label": "单位公示",
    "by": "county_union",
    "per": "case.nominator",
    "shows": ["name", "employer"],
    "period": "publicity",
    "objections": {"by": "county_union", "outcomes": OUTCOMES},
}


def source() -> PackText:
    apply, sent, *others = BASE["stages"]
    return PackText("made.yaml", pack_text(compose({"stages": {"all": [apply, sent, OWN, *others]}})))


def approver_of(world: World, organisation_id: int) -> Actor:
    user = User.objects.create(username=f"own{organisation_id}", full_name="卢审核")
    at = world.clock.now - timedelta(days=1)
    Grant.objects.create(user=user, organisation_id=organisation_id, role="approver", since=at)
    return actor_of(user, world.clock.now)


def units(world: World) -> list[int]:
    rows = StageRow.objects.filter(process=world.programme.process, stage="own", state="open")
    return sorted(set(rows.values_list("case__nominator_id", flat=True)))


def test_each_unit_posts_its_own_people_and_only_those() -> None:
    world = rehearse(source(), until="own", nominees=6)
    at, programme = world.clock.tick(), world.programme
    one, two, *_ = units(world)
    first, second = approver_of(world, one), approver_of(world, two)
    said: dict[str, Any] = {"at": at, "programme": programme, "stage_id": "own"}

    with pytest.raises(BadInput, match="请先选择单位"):
        publish(actor=platform(), **said)
    with pytest.raises(NotAllowed):
        publish(actor=first, unit=two, **said)
    set_clock(at)
    browser = Client()
    browser.force_login(User.objects.get(pk=first.user_id), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/editions/{programme.edition.pk}/stages/own/publish/"
    shown = browser.get(address).content.decode()
    assert "核对并发布" in shown
    assert "推荐单位" not in re.findall(r'aria-label="([^"]*)"', shown)
    assert browser.get(f"{address}?unit={two}").status_code == 404
    notice = publish(actor=first, unit=one, **said)
    assert set(notice.entries.values_list("case__nominator_id", flat=True)) == {one}
    assert (notice.issuer, notice.title) == (
        Organisation.objects.get(pk=one).name,
        f"关于{programme.edition.title}推荐人选的公示",
    )
    assert "拟推荐" in notice.body

    found = desk(second, at, programme.edition.pk, "own")
    assert (found.unit and found.unit.pk, found.posted) == (two, [])
    assert found.draft is not None
    assert {line.case.nominator_id for line in found.draft.lines} == {two}
    with pytest.raises(NotFound):
        desk(second, at, programme.edition.pk, "own", unit=one)
    with pytest.raises(NotFound):
        posted(second, at, programme.edition.pk, "own", notice.ordinal)
    later = publish(actor=second, unit=two, **said | {"at": at + timedelta(days=1)})
    assert (later.ordinal, later.last_day > notice.last_day) == (2, True)

    entry = notice.entries.order_by("id")[0]
    text = "公示材料中所列的工作年限与事实不符，有考勤记录可查。"
    receipt = submit_objection(actor=nobody(), at=at, entry_id=entry.pk, signed="anonymous", text=text)
    matter = Objection.objects.get(receipt=receipt.number)
    assert queue(first, edition_id=None) == [matter]
    assert queue(second, edition_id=None) == []
    with pytest.raises(NotAllowed):
        admit(actor=second, at=at, objection_id=matter.pk)
    admit(actor=first, at=at, objection_id=matter.pk)
    seen = open_matter(first, matter.pk)
    assert (seen.may_handle, seen.may_decide) == (True, True)

    over = world.clock.now + timedelta(days=30)
    done = settle_due(actor=first, at=over, programme=programme)
    assert (done.held, {one.nominator_id for one in done.done} - {one}) == ((entry.case,), set())
    running = NoticeEntry.objects.filter(state="running")
    assert set(running.values_list("notice_id", flat=True)) == {notice.pk, later.pk}
    assert not StageRow.objects.filter(stage="own", state="done", case__nominator_id=two).exists()
    with pytest.raises(NotAllowed):
        settle_due(actor=nobody(), at=over, programme=programme)


def test_a_rehearsal_posts_objects_and_settles_unit_by_unit() -> None:
    world = rehearse(source(), until="own", nominees=6)
    asked = units(world)
    stage = world.programme.stage("own")
    acts()[stage.type].act(world, stage)
    assert sorted(set(Notice.objects.values_list("unit_id", flat=True))) == asked
    assert not StageRow.objects.filter(stage="own", state="open").exists()
    assert {one["stage"] for one in world.objections} == {"own"}
    assert all(
        entry.case.nominator_id == entry.notice.unit_id
        for entry in NoticeEntry.objects.select_related("case", "notice")
    )
