"""A draw is announced by its hash, made with that seed only, and can be made again from its file."""

import pytest
from tests.factories import AT
from tests.services.rounds.ground import ground

from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.models import Draw
from gongjiang.rules.scoring.assignment import commitment
from gongjiang.rules.scoring.assignment.replay import verify
from gongjiang.services.scoring.draws import announce, draws_of, replay_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_draw_from_its_announcement_to_its_file() -> None:
    found = ground()
    for n in range(4):
        found.add(f"何焊{n}")
    found.seat("jia", "yi", "bing")
    stage = found.programme.stage("panel")
    given = {"at": AT, "programme": found.programme, "stage_id": "panel"}
    with pytest.raises(NotAllowed):
        announce(actor=found.actor("jia"), seed="青岚-1", **given)
    for wrong in ("  ", "两\n行", "长" * 201):
        with pytest.raises(BadInput):
            announce(actor=found.actor("zhang"), seed=wrong, **given)
    made = announce(actor=found.actor("zhang"), seed="青岚-1", **given)
    assert (made.commitment, made.seed) == (commitment("青岚-1"), "")
    assert announce(actor=found.actor("zhang"), seed=" 青岚-1", **given).pk == made.pk
    with pytest.raises(BadInput, match="不能再换种子"):
        announce(actor=found.actor("zhang"), seed="青岚-2", **given)
    with pytest.raises(BadInput, match="承诺值不符"):
        found.assign("青岚-2")
    assert len(found.assign("青岚-1")) == 8
    assert found.assign("青岚-9") == []
    (draw,) = draws_of(found.programme, stage)
    assert (draw.seed, draw.announced_at, draw.drawn_at) == ("青岚-1", AT, AT)
    assert Draw.objects.count() == 1
    text = replay_of(actor=found.actor("zhang"), programme=found.programme, stage=stage, draw_id=draw.pk)
    assert verify(text).problems == ()
    assert "何焊" not in text
    assert "亲属" not in text

    found.add("何焊9")
    found.assign("没有公布的")
    later, first = draws_of(found.programme, stage)
    assert (later.announced_at, first.pk) == (None, draw.pk)
    client = found.world.client("zhang")
    page = client.get(f"/editions/{found.edition.pk}/stages/panel/panel/").content.decode()
    assert "没有事先公布承诺值" in page
    answer = client.get(f"/editions/{found.edition.pk}/stages/panel/panel/draws/{later.pk}/")
    assert verify(answer.content.decode()).problems == ()
    assert found.world.client("jia").get(answer.request["PATH_INFO"]).status_code == 404
