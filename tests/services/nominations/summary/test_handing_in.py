"""A draft from the summary sheet is handed in by the rules that hold for any other."""

from dataclasses import replace

import pytest
from tests.factories import World
from tests.services.formality.national import AT, nominee
from tests.services.nominations.summary.sheet import ROW, book, bring, draft

from gongjiang.kernel.errors import Refused
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.rulebook import outcomes
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit
from gongjiang.services.programmes.programme import Programme

pytestmark = pytest.mark.django_db


def test_an_imported_draft_is_handed_in_like_any_other(world: World, programme: Programme) -> None:
    case = bring(world, programme, book(ROW)).made[0]
    with pytest.raises(Refused, match="还不能提交"):
        submit(actor=world.actor("su", AT), at=AT, case_id=case.pk)


@pytest.mark.ledger("N-08")
def test_three_letters_and_none_from_the_own_unit(world: World, programme: Programme) -> None:
    experts = nominee("何焊平", 1)["experts"]
    own = [{**experts[0], "employer": "澄川机床有限公司"}, *experts[1:]]
    told = []
    for seq, rows in enumerate((experts, own, experts[:2]), 1):
        case = draft(world, programme, "何焊平", seq, experts=rows)
        facts = facts_of_one(programme, case, submitted=True)
        known = replace(facts, documents={"expert_letters": 3}, judgements={**facts.judgements, ("peers", ""): True})
        told.append(next(one.outcome for one in outcomes(programme, known) if one.rule == "experts"))
    assert told == ["pass", "fail", "fail"]


@pytest.mark.ledger("N-17", "X-08")
def test_a_reason_beyond_its_limit_is_not_handed_in(world: World, programme: Programme) -> None:
    case = draft(world, programme, "何焊平", 1, reason="好" * 301, reason_short="hello " * 30 + "好")
    with pytest.raises(Refused) as refused:
        submit(actor=world.actor("su", AT), at=AT, case_id=case.pk)
    told = [one.text for one in refused.value.reasons]
    assert [one for one in told if "推荐理由" in one and "301" in one] != []
    assert [one for one in told if "一句话推荐理由" in one and "31" in one] != []
    save_values(
        actor=world.actor("su", AT),
        at=AT,
        case_id=case.pk,
        changes={"reason": "好" * 300, "reason_short": "hello " * 29 + "好"},
    )
    with pytest.raises(Refused) as refused:
        submit(actor=world.actor("su", AT), at=AT, case_id=case.pk)
    assert "推荐理由" not in refused.value.text
