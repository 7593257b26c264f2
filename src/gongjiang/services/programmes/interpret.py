"""Interpretation of a rule: asked of the department that the regulation names, answered, bound to the rule as it was.

On record among the judgements of an edition (ledger M-24). An answer holds wherever the very same rule stands, in
other editions too; of a rule that was changed since it is shown as said of the earlier version.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.catalogue.packs import load_text
from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Judgement, Organisation
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.messages.send import tell
from gongjiang.services.programmes.judge import record
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.programmes.stored import text_of

ABOUT = "interpret"
LONGEST = 1000


@dataclass(frozen=True)
class Interpretation:
    """A question about a rule, and its answer ('' while there is none). `current`: said of the rule as it stands."""

    row: Judgement
    rule: str
    name: str
    asked: str
    asked_by: str
    of: str
    answer: str
    answered_by: str
    current: bool


def version_of_rule(pack: Pack, rule: str) -> str:
    """A short mark of a rule's own words; another wording, another mark."""
    one = next((one for one in pack.rules if one.id == rule), None)
    if one is None:
        raise NotFound("没有这一条。", "No such rule.")
    said = json.dumps(
        one.model_dump(mode="json", by_alias=True, exclude={"origin"}), sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def interpreter_of(programme: Programme, rule: str) -> tuple[str, Organisation | None]:
    """Who explains a rule: the department that its regulation names, with its organisation here; else the organiser."""
    one = next((one for one in programme.pack.rules if one.id == rule), None)
    named = programme.pack.pack.interpreted_by
    upper = text_of(programme.edition.pack).upper
    if one is not None and one.origin and upper is not None:
        named = load_text(upper).pack.interpreted_by
    if not named:
        return programme.edition.organiser.name, programme.edition.organiser
    short = named.removeprefix("中华")
    return named, Organisation.objects.filter(active=True, name__in=[named, short]).order_by("id").first()


@transaction.atomic
def ask_meaning(*, actor: Actor, at: datetime, programme: Programme, rule: str, text: str) -> Judgement:
    """Ask what a rule means. By anybody with a part in the edition; the department is told."""
    words = text.strip()[:LONGEST]
    if not words:
        raise BadInput("请写明要解释什么。", "Say what is asked.", place="问题")
    version = version_of_rule(programme.pack, rule)
    named, body = interpreter_of(programme, rule)
    asked = Judgement.objects.filter(process=programme.process, about=ABOUT, question=rule).values("key").distinct()
    said = {"asked": words, "asked_by": actor.name, "of": named, "version": version, "pack": programme.pack.hash}
    made = record(
        actor=actor,
        at=at,
        programme=programme,
        question=rule,
        about=ABOUT,
        key=f"{ABOUT}:{asked.count() + 1}",
        answer=said,
        organisation_id=(body or programme.edition.organiser).pk,
    )
    tell(
        at=at,
        text=f"请解释“{_name(programme.pack, rule)}”：{words}",
        link="meaning",
        organisation_id=made.organisation_id,
    )
    return made


@transaction.atomic
def answer_meaning(*, actor: Actor, at: datetime, row_id: int, text: str, basis: str = "") -> Judgement:
    """The department's answer. Where it isn't on the platform, the organiser records its letter (`basis`)."""
    row = Judgement.objects.select_for_update().filter(pk=row_id, about=ABOUT, superseded=False).first()
    if row is None:
        raise NotFound()
    if not may_answer(actor, row):
        raise NotAllowed(f"由{row.answer['of']}解释。", "Not yours to answer.")
    if row.answer.get("answer"):
        raise Refused("已经答复；另有疑问请另提。", "Answered already.")
    words = text.strip()[:LONGEST]
    if not words:
        raise BadInput("请写明答复。", "Give the answer.", place="答复")
    programme = programme_of(row.process)
    made = record(
        actor=actor,
        at=at,
        programme=programme,
        question=row.question,
        about=ABOUT,
        key=row.key,
        answer={**row.answer, "answer": words, "answered_by": actor.name},
        basis=basis.strip()[:300],
        organisation_id=row.organisation_id,
    )
    tell(at=at, text=f"“{_name(programme.pack, row.question)}”已答复：{words}", link="meaning", user_id=row.by_id)
    return made


def may_answer(actor: Actor, row: Judgement) -> bool:
    """Officers and approvers of the organisation it was put to."""
    return actor.is_platform or actor.has(*HANDLING, organisation_id=row.organisation_id)


def meanings(programme: Programme) -> dict[str, list[Interpretation]]:
    """What was asked about this edition's rules, by rule: here, and elsewhere about the very same rule."""
    marks = {one.id: version_of_rule(programme.pack, one.id) for one in programme.pack.rules}
    rows = Judgement.objects.filter(about=ABOUT, superseded=False, question__in=list(marks)).order_by("id")[:300]
    found: dict[str, list[Interpretation]] = {}
    for row in rows:
        same = row.answer.get("version") == marks[row.question]
        if same or row.process_id == programme.process.pk:
            name = _name(programme.pack, row.question)
            found.setdefault(row.question, []).append(_told(row, name, current=same))
    return found


def addressed_to(actor: Actor) -> list[Interpretation]:
    """What is asked of the actor's organisations, open ones first."""
    rows = Judgement.objects.filter(about=ABOUT, superseded=False).select_related("process__edition__pack")
    if not actor.is_platform:
        rows = rows.filter(organisation_id__in=actor.organisation_ids(*HANDLING))
    return sorted(_named(rows.order_by("-id")[:100]), key=lambda one: bool(one.answer))


def _named(rows: Iterable[Judgement]) -> Iterable[Interpretation]:
    for row in rows:
        yield _told(row, _name(programme_of(row.process).pack, row.question), current=True)


def _told(row: Judgement, name: str, *, current: bool) -> Interpretation:
    said: dict[str, Any] = row.answer
    return Interpretation(
        row,
        row.question,
        name,
        said.get("asked", ""),
        said.get("asked_by", ""),
        said.get("of", ""),
        said.get("answer", ""),
        said.get("answered_by", ""),
        current,
    )


def _name(pack: Pack, rule: str) -> str:
    return next((one.shown for one in pack.rules if one.id == rule), rule)
