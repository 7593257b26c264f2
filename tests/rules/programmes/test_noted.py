"""What a stage asks and nothing here acts on is said on its pages."""

from gongjiang.rules.programmes.later import noted_of
from gongjiang.rules.programmes.stage_types.panel import Panel


def test_a_grouped_panel_says_what_people_see_to() -> None:
    stage = Panel.model_validate({"id": "panel", "by": "office", "blind": True, "grouped": "trade"})
    assert noted_of(stage) == ("分组评审：平台按一份名单排序，分组由评审会掌握",)


def test_a_plain_panel_says_nothing() -> None:
    assert noted_of(Panel.model_validate({"id": "panel", "by": "office"})) == ()
