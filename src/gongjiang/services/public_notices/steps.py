"""What was done about an objection, step after step: written once, never changed; words sealed: they name people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Objection, ObjectionFile, ObjectionStep
from gongjiang.services.people.sealing import open_text, seal_text
from gongjiang.services.public_notices.objection_files import named

Kind = ObjectionStep.Kind
WAYS: Final = ("调阅材料", "谈话了解", "实地核查", "函询单位", "请部门协助", "其他")
"""How an inquiry is made."""
#: What whoever raised the matter is told of, with the day.
TOLD: Final = (Kind.RECEIVE, Kind.ADMIT, Kind.REFUSE, Kind.FINDING, Kind.SUPPLEMENT, Kind.MERGE, Kind.DECIDE)


@dataclass(frozen=True)
class Done:
    """A step in clear, with its files."""

    step: ObjectionStep
    text: str
    files: tuple[ObjectionFile, ...]

    @property
    def title(self) -> str:
        """查证：调阅材料."""
        label = self.step.get_kind_display()
        return f"{label}：{self.step.way}" if self.step.way else label

    @property
    def when(self) -> str:
        """The minute it was written down."""
        return f"{timezone.localtime(self.step.at):%Y-%m-%d %H:%M}"


def add_step(
    objection: Objection,
    kind: str,
    at: datetime,
    actor: Actor | None = None,
    *,
    text: str = "",
    way: str = "",
    on: date | None = None,
) -> ObjectionStep:
    """Write one step, inside the transaction of what it tells. `actor` is None for whoever raised the matter."""
    return ObjectionStep.objects.create(
        objection=objection,
        kind=kind,
        at=at,
        by_id=actor.user_id if actor is not None else None,
        text=seal_text(text, "objection") if text else "",
        way=way,
        on=on,
    )


def steps_done(objection: Objection) -> tuple[Done, ...]:
    """Every step in its order, for those who handle the matter. Two queries."""
    rows = ObjectionStep.objects.filter(objection=objection).select_related("by").prefetch_related("files")
    return tuple(
        Done(one, open_text(one.text, "objection") if one.text else "", named(one.files.all()))
        for one in rows.order_by("id")
    )


def days_of(objections: Sequence[Objection]) -> dict[str, date]:
    """The day on which each kind of step that may be told happened first."""
    rows = ObjectionStep.objects.filter(objection__in=objections, kind__in=TOLD).order_by("-id")
    return {one.kind: timezone.localtime(one.at).date() for one in rows}
