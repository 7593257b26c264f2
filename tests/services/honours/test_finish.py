"""The end of an edition: nobody is left waiting, nothing open is swept away."""

from datetime import date

import pytest
from tests.services.public_notices.stage import ground, moment

from gongjiang.kernel.errors import NotAllowed, Refused
from gongjiang.models import Case
from gongjiang.services.audit.verify import verify
from gongjiang.services.honours.confer import confer
from gongjiang.services.honours.finish import finish_edition

pytestmark = pytest.mark.django_db
AFTER = moment(date(2026, 9, 28))


def test_substitutes_end_with_their_edition_and_what_is_open_stops_it() -> None:
    here = ground(places=3, people=4)
    here.post()
    approver = here.world.actor("yan")
    with pytest.raises(Refused, match="3 人的公示还没有办结"):
        finish_edition(actor=approver, at=moment(date(2026, 9, 19)), edition=here.edition)
    here.settle(date(2026, 9, 25))
    confer(actor=approver, at=AFTER, programme=here.programme, stage_id="name", number="望工发〔2026〕9号")
    with pytest.raises(NotAllowed):
        finish_edition(actor=here.world.actor("zhang"), at=AFTER, edition=here.edition)
    assert finish_edition(actor=approver, at=AFTER, edition=here.edition) == 1
    here.edition.refresh_from_db()
    assert here.edition.state == "closed"
    assert list(Case.objects.order_by("id").values_list("state", flat=True)) == ["named"] * 3 + ["not_selected"]
    with pytest.raises(Refused, match="本届没有在进行"):
        finish_edition(actor=approver, at=AFTER, edition=here.edition)
    assert verify().ok
