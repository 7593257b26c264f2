"""A rule that holds in general (一般) asks its justification beside the form."""

from pathlib import Path

import pytest
from tests.factories import AT, case_at, prepared_edition, programme_at, small_world

from gongjiang.catalogue.packs import PACKS
from gongjiang.kernel.actor import platform
from gongjiang.models import Edition
from gongjiang.services.programmes.publish_edition import answer_question

pytestmark = pytest.mark.django_db
HARD = "{id: frontline, name: 仍在一线岗位从事生产, cite: 四(三)年限, gate: qualify,"


def test_the_reason_is_asked_recorded_and_waits_for_acceptance(tmp_path: Path) -> None:
    source = (PACKS / "nanning-2026.yaml").read_text("utf-8")
    assert HARD in source
    (tmp_path / "nanning-2026.yaml").write_text(source.replace(HARD, f"{HARD} force: soft,"), "utf-8")
    world = small_world()
    edition = prepared_edition(world, str(tmp_path / "nanning-2026.yaml"), slug="soft")
    for one in programme_at(edition).questions:
        answer_question(actor=platform(), at=AT, edition=edition, question=one.id, answer=one.default)
        edition.refresh_from_db()
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.OPEN, opened_at=AT)
    case = case_at(world, edition, "apply", values={"on_frontline": "no", "works_in_city": "no"})
    client = world.client("lan")
    page = client.get(f"/nominations/{case.pk}/form/supplement/").content.decode()
    assert "突破一般性条件的理由" in page
    assert "待说明" in page
    said = {"rule": "frontline", "reason": "刚从一线转岗带徒", "here": "supplement"}
    assert client.post(f"/nominations/{case.pk}/reason/", said).status_code == 302
    case.refresh_from_db()
    assert case.reasoned["frontline"]["reason"] == "刚从一线转岗带徒"
    assert case.reasoned["frontline"]["accepted"] is False
    assert "待认可" in client.get(f"/nominations/{case.pk}/live/supplement/").content.decode()
    hard = {"rule": "in_city", "reason": "想破例"}
    client.post(f"/nominations/{case.pk}/reason/", hard)
    case.refresh_from_db()
    assert set(case.reasoned) == {"frontline"}
