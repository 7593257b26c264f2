"""What a rule means: asked beside it, answered by the department that the regulation names, bound to its version."""

from typing import Any

import pytest
from django.test import Client

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import platform
from gongjiang.models import Edition, Grant, Judgement, Message, User
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.interpret import meanings, version_of_rule
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.rehearsal.prepare import prepare

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def somebody(name: str, organisation: Any, at: Any) -> User:
    user = User.objects.create(username=name, full_name=name, is_active=True)
    Grant.objects.create(user=user, organisation=organisation, role="officer", since=at)
    return user


@pytest.mark.ledger("M-24")
def test_asked_answered_and_bound_to_the_rule_as_it_was(
    settings: Any, tmp_path: Any, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    world = prepare(find("jiangsu-2026"), seed=1, pairs=[], start=None)
    actor, at = world.offices.actor(world.parties.organiser, "officer"), world.clock.now
    labour = add_organisation(
        actor=platform(), at=at, name="全国总工会劳动和经济工作部", level="national", kind="department"
    )
    officer = User.objects.get(pk=actor.user_id or 0)
    department, other = somebody("池劳经", labour, at), somebody("外人", world.parties.units[0].organisation, at)
    edition = Edition.objects.get()
    client.force_login(officer)
    page = f"/editions/{edition.pk}/rules/"
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(
            f"{page}ask/", {"rule": "years_national", "text": "不同单位的年限是否累计？"}, follow=True
        ).content.decode()
    assert "已提请中华全国总工会劳动和经济工作部解释" in asked
    assert Message.objects.get().organisation == labour
    row = Judgement.objects.get(about="interpret")
    client.force_login(other)
    assert "不由" not in client.get("/meanings/").content.decode()
    refused = client.post("/meanings/", {"row": row.pk, "text": "累计"})
    assert (refused.status_code, "由中华全国总工会劳动和经济工作部解释" in refused.content.decode()) == (403, True)
    client.force_login(department)
    assert "不同单位的年限是否累计？" in client.get("/meanings/").content.decode()
    client.post("/meanings/", {"row": row.pk, "text": "累计计算。", "basis": "复函〔2026〕1号"})
    client.force_login(officer)
    assert "累计计算。" in client.get(page).content.decode()

    programme = programme_of(main_process(edition))
    (told,) = meanings(programme)["years_national"]
    assert (told.answer, told.answered_by, told.current) == ("累计计算。", "池劳经", True)
    assert Judgement.objects.filter(about="interpret").count() == 2  # the question stays on record
    standing = Judgement.objects.get(about="interpret", superseded=False)
    assert standing.answer["version"] == version_of_rule(programme.pack, "years_national")
    Judgement.objects.filter(pk=standing.pk).update(answer={**standing.answer, "version": "0" * 12})
    assert "针对本条以前的版本" in client.get(page).content.decode()
