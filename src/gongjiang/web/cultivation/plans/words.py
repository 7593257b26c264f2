"""How plans and milestones are told on pages: marks, table columns, rows of a form."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.timezone import localtime

from gongjiang.kernel.dates import long_date
from gongjiang.rules.cultivation.plans.agreeing import DONE, Action
from gongjiang.rules.cultivation.plans.reading import PARTS
from gongjiang.rules.cultivation.plans.text import PlanText

MARKS: Final = {
    "draft": "draft",
    "review": "submitted",
    "in_force": "named",
    "returned": "returned",
    "replaced": "alternate",
    "dropped": "withdrawn",
}
"""Colour of a version's state."""
STEP_MARKS: Final = {"open": "waiting", "claimed": "submitted", "done": "passed"}
"""Colour of a milestone's state."""
ROWS: Final = {"goals": 1, "measures": 2, "people": 1, "steps": 2, "funds": 1}
"""Lines shown at least."""
HINTS: Final = {
    "goals": "每项能力至少写一句：到期满时达到什么",
    "measures": "做什么，谁来做",
    "people": "三方各写一位具体负责的人",
    "steps": "到哪一天完成什么；执行中逐项登记",
    "funds": "没有专门经费的可以不写；金额以元为单位",
}


def mark(plan: Any) -> tuple[str, str]:
    """State of a version, as `{% state %}` takes it."""
    return MARKS[plan.state], plan.get_state_display()


def columns(part: str, powers: tuple[str, ...]) -> list[dict[str, Any]]:
    """The columns of a table of the form."""
    power: dict[str, Any] = {"name": "power", "label": "能力", "kind": "select", "options": list(powers)}
    text = {"name": "text", "label": "内容", "kind": "text"}
    every: dict[str, list[dict[str, Any]]] = {
        "goals": [power, text],
        "measures": [power, text, {"name": "who", "label": "谁来做", "kind": "text"}],
        "people": [
            {"name": "name", "label": "姓名", "kind": "text"},
            {"name": "post", "label": "单位职务", "kind": "text"},
            {"name": "duty", "label": "负责什么", "kind": "text"},
        ],
        "steps": [
            power,
            {"name": "title", "label": "节点", "kind": "text"},
            {"name": "due", "label": "完成日期", "kind": "date"},
        ],
        "funds": [
            {"name": "purpose", "label": "用途", "kind": "text"},
            {"name": "amount", "label": "金额（元）", "kind": "text"},
            {"name": "source", "label": "由谁出", "kind": "text"},
        ],
    }
    return every[part]


def typed_of(text: PlanText, powers: tuple[str, ...]) -> dict[str, Any]:
    """A plan as the form shows it; powers without a goal get an empty line of their own."""
    aimed = {one.power for one in text.goals}
    goals = [{"power": one.power, "text": one.text} for one in text.goals]
    goals += [{"power": one, "text": ""} for one in powers if one not in aimed]
    return {
        "aim": text.aim,
        "goals": goals,
        "measures": [{"power": one.power, "text": one.text, "who": one.who} for one in text.measures],
        "people": [{"name": one.name, "post": one.post, "duty": one.duty} for one in text.people],
        "steps": [
            {"power": one.power, "title": one.title, "due": one.due.isoformat() if one.due else ""}
            for one in text.steps
        ],
        "funds": [{"purpose": one.purpose, "amount": f"{one.amount:.2f}", "source": one.source} for one in text.funds],
    }


def fields(typed: Mapping[str, Any], powers: tuple[str, ...], funds: tuple[str, ...]) -> list[dict[str, Any]]:
    """The tables of the form, as `{% field_of %}` takes them."""
    usual = {"funds": f"；常用的用途：{'、'.join(funds)}"} if funds else {}
    return [
        {
            "kind": "rows", "name": part, "label": label, "value": typed.get(part, []), "least": ROWS[part],
            "most": 60, "columns": columns(part, powers), "hint": HINTS[part] + usual.get(part, ""),
        }
        for part, label in PARTS.items()
    ]  # fmt: skip


def history(entries: Any) -> list[dict[str, str]]:
    """Lines of the history as a timeline takes them."""
    return [
        {
            "title": f"第 {one.plan.number} 版：{DONE[Action(one.action)]}",
            "when": f"{long_date(localtime(one.at))} {localtime(one.at):%H:%M}",
            "note": "，".join(part for part in (one.hand, one.name) if part) + (f"：{one.text}" if one.text else ""),
            "state": "back" if one.action == Action.SEND_BACK else "done",
        }
        for one in entries
    ]
