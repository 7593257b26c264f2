"""A choice as it stands on the page: who is kept, who waits, in which order, for which reasons, by which meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.meetings.record import MeetingIn
from gongjiang.services.rounds.board import Board
from gongjiang.services.rounds.unit_order import ranks_itself
from gongjiang.web.numbers import whole

#: More than any body has members, and what the record can hold.
MOST_VOTES = 9999
MARKS = (("keep", "列入"), ("reserve", "备选"), ("drop", "不列"))
FIELDS = ("body", "held_on", "chair", "present", "absent", "recused", "for", "against", "abstained", "record")


@dataclass
class Choice:
    """Marks and numbers by case; `typed` are the meeting's fields as they were typed."""

    marks: dict[int, str] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    tiers: dict[int, str] = field(default_factory=dict)

    def listed(self, mark: str) -> list[int]:
        """Cases under a mark, in the order of their numbers."""
        return sorted((pk for pk, one in self.marks.items() if one == mark), key=lambda pk: (self.order.get(pk, 0), pk))

    @property
    def kept(self) -> list[int]:
        """Who stays."""
        return self.listed("keep")

    @property
    def alternates(self) -> list[int]:
        """Who waits, in order."""
        return self.listed("reserve")

    def meeting(self) -> MeetingIn:
        """The meeting's record; BadInput where a field can't be read."""
        votes = {}
        for key, label in (("for", "同意"), ("against", "反对"), ("abstained", "弃权")):
            text = self.typed.get(key, "").strip()
            number = whole(text, MOST_VOTES + 1 if text else None)
            if number is not None and number > MOST_VOTES:
                raise BadInput("票数须是整数。", "A whole number.", place=label)
            if number is not None:
                votes[key] = number
        return MeetingIn(
            body=self.typed.get("body", ""),
            held_on=_day(self.typed.get("held_on", "")),
            chair=self.typed.get("chair", "").strip(),
            present=names(self.typed.get("present", "")),
            absent=names(self.typed.get("absent", "")),
            recused=names(self.typed.get("recused", "")),
            votes=votes,
            record=self.typed.get("record", "").strip(),
        )


def names(text: str) -> tuple[str, ...]:
    """Names by lines, 、 or commas."""
    for mark in "、，,；;":
        text = text.replace(mark, "\n")
    return tuple(dict.fromkeys(one.strip() for one in text.splitlines() if one.strip()))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput("请填写会议日期，如 2026-08-12。", "Give the day.", place="会议日期") from None


def proposal(found: Board, members: list[str], at: datetime) -> Choice:
    """What rank and pools propose: the first choice that the page shows. Ties at the cut stay unchosen."""
    proposed = set(found.proposed())
    tied = {int(one) for one in found.proposal.tie.cases} if found.proposal.tie is not None else set()
    rest = "reserve" if found.stage.rank and found.stage.keep is not None else "drop"
    placed = {int(one) for rung in found.ranking.rungs for one in rung.cases}
    marks = {}
    for pk in found.order():
        marks[pk] = "keep" if pk in proposed else rest if pk in placed and pk not in tied else "drop"
    if ranks_itself(found.stage) and not placed and not any(one.blocks for one in found.pools(found.cases)):
        marks = dict.fromkeys(found.order(), "keep")
    return Choice(
        marks,
        {pk: n for n, pk in enumerate(found.order(), 1)},
        {},
        meeting_fields(found.stage, members, at),
    )


def meeting_fields(stage: Stage, members: list[str], at: datetime) -> dict[str, str]:
    """A meeting of the body today, with everybody who sits in it."""
    return {
        "body": first(stage),
        "held_on": timezone.localtime(at).date().isoformat(),
        "chair": members[0] if members else "",
        "present": "、".join(members),
    }


def first(stage: Stage) -> str:
    """The body's own name in the pack, or the stage's."""
    return "、".join(stage.meeting) or f"{stage.shown}会议"


def posted(found: Board, data: Mapping[str, Any]) -> Choice:
    """The choice as it was posted; whoever came onto the list meanwhile is not chosen."""
    made = Choice()
    for n, pk in enumerate(found.order(), 1):
        mark = str(data.get(f"pick-{pk}", "drop"))
        made.marks[pk] = mark if mark in dict(MARKS) else "drop"
        number = str(data.get(f"order-{pk}", ""))
        made.order[pk] = whole(number, n)
        tier = str(data.get(f"tier-{pk}", ""))
        if tier:
            made.tiers[pk] = tier[:40]
        why = str(data.get(f"why-{pk}", "")).strip()
        if why:
            made.reasons[f"pick:{pk}"] = why
    for name, value in data.items():
        if name.startswith("pool-") and str(value).strip():
            made.reasons[f"pool:{name.removeprefix('pool-')}"] = str(value).strip()
    for name in ("order", "open", "behind"):
        text = str(data.get(f"reason-{name}", "")).strip()
        if text:
            made.reasons[name] = text
    made.typed = {name: str(data.get(f"m-{name}", "")) for name in FIELDS}
    return made
