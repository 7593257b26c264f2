"""A closed list is told to the units whose people were on it."""

from collections.abc import Sequence
from datetime import datetime

from gongjiang.services.messages.send import tell
from gongjiang.services.rounds.board import Board


def tell_nominators(found: Board, kept: Sequence[int], alternates: Sequence[int], at: datetime) -> None:
    """One message a nominating unit: how many of its people stay, are alternates, or are not on the list."""
    counted: dict[int, list[int]] = {}
    for pk, case in found.cases.items():
        numbers = counted.setdefault(case.nominator_id, [0, 0, 0])
        numbers[0 if pk in kept else 1 if pk in alternates else 2] += 1
    for unit, (stay, spare, out) in sorted(counted.items()):
        words = [f"列入 {stay} 人"]
        words += [f"备选 {spare} 人"] if spare else []
        words += [f"未列入 {out} 人"] if out else []
        text = f"{found.programme.edition.title}“{found.stage.shown}”名单已确定：本单位{'，'.join(words)}。"
        tell(at=at, text=text, link="todo", organisation_id=unit)
