"""Record the answer of a person to a question: about the edition, a case, a row, a group, a unit."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.models import Judgement
from gongjiang.rules.programmes.schema.words import Answer
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme


def read_answer(takes: Answer, raw: Any, place: str, codes: frozenset[str] = frozenset()) -> Any:
    """An answer in the form its question takes; BadInput names what was wrong."""
    if takes.kind == "yes_no":
        if raw in (True, "yes", "是", "true", "on"):
            return True
        if raw in (False, "no", "否", "false"):
            return False
        raise BadInput("请答“是”或“否”。", "Answer yes or no.", place=place)
    text = str(raw).strip() if raw is not None else ""
    if not text:
        raise BadInput("还没有作答。", "No answer given.", place=place)
    if takes.kind == "number":
        exact(text, place=place)
        return text
    if takes.kind == "date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise BadInput(f"日期须写作 2026-06-30，现为 {text}", "A date reads 2026-06-30.", place=place) from None
    if takes.kind == "one_of" and text not in takes.options:
        raise BadInput(f"只能选：{'、'.join(takes.options.values())}", "Not one of the options.", place=place)
    if takes.kind == "codes":
        chosen = [str(one) for one in raw] if isinstance(raw, list | tuple) else [text]
        strange = [one for one in chosen if codes and one not in codes]
        if strange:
            raise BadInput(f"代码表里没有：{'、'.join(strange)}", "Not in the code list.", place=place)
        return chosen
    return text


@transaction.atomic
def record(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    question: str,
    about: str,
    key: str,
    answer: Any,
    basis: str = "",
    case_id: int | None = None,
    organisation_id: int | None = None,
) -> Judgement:
    """Put an answer on record. An earlier answer to the same stays, marked superseded.

    Who may answer is asked by the caller (editions: the organiser; cases: `services/formality/judge_case`).
    """
    Judgement.objects.filter(process=programme.process, question=question, key=key, superseded=False).update(
        superseded=True
    )
    made = Judgement.objects.create(
        process=programme.process,
        question=question,
        about=about,
        key=key,
        case_id=case_id,
        answer=answer,
        basis=basis,
        by_id=actor.user_id,
        organisation_id=organisation_id,
        at=at,
    )
    append(
        actor=actor,
        at=at,
        action="judgement.record",
        kind="judgement",
        key=made.pk,
        case_id=case_id,
        edition_id=programme.edition.pk,
        data={"question": question, "key": key, "answer": answer, "basis": basis},
    )
    return made
