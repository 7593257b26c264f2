"""A confirmed result becomes the rows of a table; before the edition opens, by the issuing office, on record."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories import AT, World, programme_at, small_world
from tests.services.rounds.ground import PACK, ROLES

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Edition, Judgement
from gongjiang.services.nominations.matrix import matrix
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.quotas.figures import confirm_allocation, reckoned, save_figures

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FED = """
tables:
  unit_places: {label: 各单位名额, by: [case.nominator], rows: {}, total: 7, ask: Q3}
allocations:
  - {id: shared, label: 按产值和职工数, ask: Q3, table: unit_places, feeds: true, total: 7, least: 1,
     factors: [{id: output, label: 产值, unit: 亿元, weight: 50%}, {id: workers, label: 职工数, weight: 50%}]}
pools:"""


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    """Prepared, everything answered and bound, the places not given yet."""
    source = PACK.read_text("utf-8").replace("\npools:", FED)
    source = source.replace("per: case.nominator, at_most: 4", "per: case.nominator, table: unit_places")
    found = prepare_edition(
        actor=platform(), at=AT, organiser=world["city"], source=source, filename=PACK.name, notice_text="", slug="fed"
    )
    for question, answer in {"Q1": "3", "Q2": "2", "Q3": "如拟稿"}.items():
        answer_question(actor=platform(), at=AT, edition=found, question=question, answer=answer)
        found.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=AT, edition=found, role=role, organisations=[world[one] for one in keys])
    return found


def save(world: World, edition: Edition, texts: dict[str, Any], who: str = "zhang", basis: str = "2025年年鉴") -> None:
    save_figures(
        actor=world.actor(who), at=AT, programme=programme_at(edition), allocation="shared", texts=texts, basis=basis
    )


def confirm(world: World, edition: Edition, who: str = "zhang") -> Any:
    return confirm_allocation(
        actor=world.actor(who), at=AT, programme=programme_at(edition), allocation="shared", basis="主任办公会"
    )


FIGURES = {
    "青屿区": {"output": "60", "workers": "3000"},
    "远岸区": {"output": "30", "workers": "3000"},
    "望澜市机械产业工会": {"output": "10", "workers": "0"},
}


def test_the_result_feeds_the_table_and_the_edition_opens(world: World, edition: Edition) -> None:
    with pytest.raises(Refused, match="名额表“各单位名额”还没有按“按产值和职工数”的测算确认"):
        open_edition(actor=platform(), at=AT, edition=edition)
    with pytest.raises(Refused, match="还有单位的名额算不出来：没有给出青屿区、远岸区、望澜市机械产业工会的产值"):
        confirm(world, edition)
    save(world, edition, FIGURES)
    assert confirm(world, edition) == {"青屿区": 3, "远岸区": 3, "望澜市机械产业工会": 1}
    open_edition(actor=platform(), at=AT + timedelta(days=1), edition=edition)
    edition.refresh_from_db()
    sheet = matrix(programme_at(edition))[0]
    assert {row.name: row.limit for row in sheet.rows} == {"青屿区": 3, "远岸区": 3, "望澜市机械产业工会": 1}
    with pytest.raises(Refused, match="本届已发布"):
        confirm(world, edition)


def test_who_and_what_is_asked_for(world: World, edition: Edition) -> None:
    with pytest.raises(NotAllowed):
        save(world, edition, FIGURES, "wen")
    with pytest.raises(BadInput, match="请写明数字的来源"):
        save(world, edition, FIGURES, basis=" ")
    with pytest.raises(BadInput, match="青屿区的产值：-1，不能为负"):
        save(world, edition, {"青屿区": {"output": "-1"}})
    save(world, edition, {**FIGURES, "月亮": {"output": "5"}})
    stands = Judgement.objects.get(about="allocation", superseded=False)
    assert (stands.question, stands.answer, stands.basis) == ("figures.shared", FIGURES, "2025年年鉴")
    found = reckoned(programme_at(edition))[0]
    assert found.report.result is not None
    assert found.given == stands
