"""Results of a contest come in with their source and count like any score (ledger N-11)."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from tests.factories import AT, World, case_at, programme_at, small_world

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.models import Case, Edition, ImportedScore
from gongjiang.services.programmes.publish_edition import prepare_edition
from gongjiang.services.rounds.board import board
from gongjiang.services.scoring.contest import Result, import_scores
from gongjiang.services.scoring.results import scores_of

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).resolve().parents[2] / "packs"


def contest(world: World) -> tuple[Edition, list[Case]]:
    edition = prepare_edition(
        actor=platform(),
        at=AT - timedelta(days=3),
        organiser=world["city"],
        source=(PACKS / "jichuan-2031.yaml").read_text("utf-8"),
        filename="jichuan-2031.yaml",
        notice_text=(PACKS / "jichuan-2031.txt").read_text("utf-8"),
        slug="jichuan",
    )
    cases = [
        case_at(world, edition, "contest", name, route="竞赛", values={"years_in_trade": "9"})
        for name in ("何焊平", "岑铸山")
    ]
    Case.objects.update(award="star")
    return edition, list(Case.objects.filter(pk__in=[one.pk for one in cases]).order_by("pk"))


def bring(edition: Edition, *results: Result, source: str = "第九届技能大赛成绩公告") -> int:
    return import_scores(
        actor=platform(), at=AT, programme=programme_at(edition), stage_id="contest", results=results, source=source
    )


def test_results_feed_the_import_leaf_and_rank() -> None:
    edition, (first, second) = contest(small_world())
    assert bring(edition, Result(first.pk, "88.25"), Result(second.pk, "91")) == 2
    assert bring(edition, Result(first.pk, "88.25"), Result(second.pk, "91")) == 0
    assert ImportedScore.objects.get(case=first).source == "第九届技能大赛成绩公告"
    programme = programme_at(edition)
    scores = scores_of(programme, [first, second])
    assert scores[first.pk]["base"] == Interval.point(Fraction(353, 4))
    assert scores[second.pk]["contest"] == Interval.point(91)
    shown = board(programme, programme.stage("contest"))
    assert [shown.cases[pk].title for pk in shown.order()] == ["岑铸山", "何焊平"]


def test_what_cannot_come_in() -> None:
    edition, (first, _) = contest(small_world())
    with pytest.raises(BadInput, match="何焊平：不能高于100分"):
        bring(edition, Result(first.pk, "100.5"))
    with pytest.raises(BadInput, match="写明成绩的出处"):
        bring(edition, Result(first.pk, "90"), source=" ")
    with pytest.raises(BadInput, match="不在本环节"):
        bring(edition, Result(10**6, "90"))
    assert not ImportedScore.objects.exists()
