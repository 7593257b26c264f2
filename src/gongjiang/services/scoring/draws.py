"""Draws of experts: the seed's hash is announced before, the seed told after, and anybody can draw again."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.rounding import decimal_text, round_to
from gongjiang.models import Draw
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.assignment import Assignment as Rules
from gongjiang.rules.scoring.assignment import commitment
from gongjiang.rules.scoring.assignment.replay import Asked, replay_text
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner

LONGEST = 200
#: All that a published file says about why somebody keeps away.
RECUSED, HELD, OTHER_GROUP = "须回避", "已分派", "不在这一组"


@transaction.atomic
def announce(*, actor: Actor, at: datetime, programme: Programme, stage_id: str, seed: str) -> Draw:
    """Commit to a seed before a draw: only its hash is kept, the office keeps the seed. The next draw takes no other.

    BadInput where another seed is announced already and not drawn with: one can't choose among several.
    """
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    text = checked(seed)
    waiting = waiting_draw(programme, stage)
    if waiting is not None:
        if waiting.commitment == commitment(text):
            return waiting
        raise BadInput("已经公布过承诺值，还没有抽签，不能再换种子。", "A seed is announced already.", place="随机种子")
    made = Draw.objects.create(process=programme.process, stage=stage.id, commitment=commitment(text), announced_at=at)
    append(
        actor=actor,
        at=at,
        action="panel.announce",
        kind="list",
        key=stage.id,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "commitment": made.commitment},
    )
    return made


def checked(seed: str) -> str:
    """A seed as it is used: trimmed, on one line."""
    text = seed.strip()
    if not text:
        raise BadInput("请写明分派的随机种子，便于复核。", "Name the seed.", place="随机种子")
    if len(text) > LONGEST or not text.isprintable():
        raise BadInput(f"随机种子须在一行之内，不超过{LONGEST}字。", "One short line.", place="随机种子")
    return text


def waiting_draw(programme: Programme, stage: Panel) -> Draw | None:
    """The draw that is announced and not yet made."""
    return Draw.objects.filter(process=programme.process, stage=stage.id, drawn_at=None).first()


def draws_of(programme: Programme, stage: Panel) -> list[Draw]:
    """Draws that were made, the latest first, without their files."""
    rows = Draw.objects.filter(process=programme.process, stage=stage.id, drawn_at__isnull=False)
    return list(rows.defer("replay").order_by("-pk"))


def replay_of(*, actor: Actor, programme: Programme, stage: Panel, draw_id: int) -> str:
    """The file of one draw."""
    require_runner(actor, programme, stage)
    found = Draw.objects.filter(process=programme.process, stage=stage.id, drawn_at__isnull=False, pk=draw_id).first()
    if found is None or not found.replay:
        raise NotFound()
    return found.replay


def draw_with(programme: Programme, stage: Panel, seed: str) -> Draw:
    """The draw that is to be made with this seed. BadInput where another seed was announced."""
    draw = waiting_draw(programme, stage)
    if draw is not None and draw.commitment != commitment(seed):
        raise BadInput(
            "种子与事先公布的承诺值不符，请用公布时的种子。", "Not the seed that was announced.", place="随机种子"
        )
    return draw or Draw(process=programme.process, stage=stage.id, commitment=commitment(seed))


def keep(draw: Draw, at: datetime, asked: Asked, made: Rules) -> None:
    """The draw is made: its seed is told, its file kept, without the grounds on which people stay away."""
    conflicts = {
        case: {who: why if why in {HELD, OTHER_GROUP} else RECUSED for who, why in held.items()}
        for case, held in asked.conflicts.items()
    }
    draw.seed, draw.drawn_at = made.seed, at
    draw.replay = replay_text(replace(asked, conflicts=conflicts), made, draw.commitment)
    draw.told = told_of(asked, made)
    draw.save()


def told_of(asked: Asked, made: Rules) -> dict[str, Any]:
    """What a page says of a draw: pairs, loads, what each wish cost; of a first draw also into how many parts without a
    common expert it falls."""
    prices = made.prices
    return {
        "pairs": sum(len(who) for who in made.experts.values()),
        "least": min(made.loads.values(), default=0),
        "most": max(made.loads.values(), default=0),
        "panels": None if any(asked.loads.values()) else made.panels,
        "total": prices.total,
        "greatest": prices.greatest,
        "even": _percent(prices.even, prices.greatest),
        "random": _percent(prices.random, prices.greatest),
        "given_up": _percent(_minus(prices.greatest, prices.total), prices.greatest),
        "worst_off": prices.worst_off,
        "worst_off_at_greatest": prices.worst_off_at_greatest,
    }


def _minus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one - other


def _percent(part: Fraction | int | None, whole: int | None) -> str | None:
    """A price as a part of the greatest total: 1.4%."""
    if part is None or not whole:
        return None
    return f"{decimal_text(round_to(Fraction(part) * 100 / whole, 1, 'half_up'))}%"
