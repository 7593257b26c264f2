"""What notices aim at: 2,000, 10,000 and 50,000 to 2035, about 200, 1,000 and 5,000 in a year."""

import pytest
from tests.factories import prepared_edition, small_world

from gongjiang.rules.honours.targets import Aim, aim_of, level_label, pace
from gongjiang.services.programmes.programme import main_process, programme_of
from gongjiang.services.reports.progress.aims import edition_aims, framework


@pytest.mark.ledger("M-01")
def test_the_measures_aim_at_three_levels_to_2035() -> None:
    aims, begun = framework()
    assert begun == 2025
    assert [(one.level, one.value, one.by) for one in aims] == [
        ("national", 2000, 2035),
        ("province", 10000, 2035),
        ("city", 50000, 2035),
    ]
    assert pace(aims[0], begun, [2024, 2025, 2026, 2034, 2035, 2036]) == [0, 0, 200, 1800, 2000, 2000]


@pytest.mark.ledger("N-01")
@pytest.mark.django_db
@pytest.mark.once
def test_the_notice_of_2024_aims_at_its_year_once_for_two_editions() -> None:
    world = small_world()
    programmes = []
    for n in range(2):
        edition = prepared_edition(world, pack="national-2024", slug=f"national-{n}")
        programmes.append(programme_of(main_process(edition)))
    found = [(one.aim.level, one.aim.value, one.year, one.own) for one in edition_aims(programmes)]
    national = ("national", 200, 2024, True)
    assert found == [national, ("province", 1000, 2024, False), ("city", 5000, 2024, False), national]


@pytest.mark.parametrize(
    ("label", "value", "found"),
    [
        ("龙城工匠培育对象", 100, None),
        ("市级工匠", "100", Aim("市级工匠", "city", 100, None, "一")),
        ("市级工匠", None, None),
        ("市级工匠", "９０", None),
        ("到2030年：县级工匠", 30, Aim("到2030年：县级工匠", "county", 30, 2030, "一")),
    ],
)
def test_a_target_without_level_or_number_is_no_aim(label: str, value: object, found: Aim | None) -> None:
    assert aim_of(label, value, "一") == found


def test_a_level_of_the_notices_own_award_may_be_given() -> None:
    assert aim_of("龙城工匠培育对象", 100, "一", level="city") == Aim("龙城工匠培育对象", "city", 100, None, "一")
    assert (level_label("national"), level_label("x")) == ("大国工匠", "其他")
