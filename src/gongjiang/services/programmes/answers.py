"""Answers of the issuing office, read for the screen and recorded; seats; publishing by an approver."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import GongjiangError, NotAllowed
from gongjiang.models import Edition, Grant, Judgement, Seat
from gongjiang.rules.programmes.schema.words import Question
from gongjiang.services.programmes.clauses import clause_texts
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import answer_question, open_edition, require_organiser


@dataclass(frozen=True)
class QuestionView:
    """A question with the text of its clauses, its default, and the answer that stands."""

    question: Question
    clauses: tuple[tuple[str, str], ...]
    answered: Judgement | None

    @property
    def value(self) -> str:
        """What the form shows chosen: the answer, else the default, as the form's words."""
        return words_of(self.question.default if self.answered is None else self.answered.answer)

    @property
    def said(self) -> str:
        """The answer as people read it."""
        return self.says(self.value)

    def says(self, word: str) -> str:
        """One answer, held as a form field holds it, as people read it."""
        return {"yes": "是", "no": "否", **self.question.takes.options}.get(word, word)

    @property
    def default_said(self) -> str:
        """The default as people read it."""
        return self.says(words_of(self.question.default))


def words_of(value: Any) -> str:
    """An answer as a form field holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def answers_of(programme: Programme) -> list[QuestionView]:
    """Every question in order, with what stands. One query."""
    texts = clause_texts(programme.pack)
    rows = Judgement.objects.filter(process=programme.process, about="edition", superseded=False)
    stands = {one.question: one for one in rows.select_related("by")}
    return [
        QuestionView(one, tuple((name, texts.get(name, "")) for name in one.cite), stands.get(one.id))
        for one in programme.questions
    ]


@transaction.atomic
def save_answers(
    *, actor: Actor, at: datetime, programme: Programme, given: Mapping[str, tuple[str, str]], basis: str = ""
) -> tuple[int, dict[str, str]]:
    """Record confirmed answers: question → (answer, basis). Returns how many were taken, and what was wrong with
    the others by question: one wrong answer stops no other."""
    require_organiser(actor, programme.edition.organiser)
    saved, wrong = 0, {}
    for question, (answer, why) in given.items():
        try:
            with transaction.atomic():
                answer_question(
                    actor=actor,
                    at=at,
                    edition=programme.edition,
                    question=question,
                    answer=answer,
                    basis=(why.strip() or basis.strip())[:500],
                )
            saved += 1
        except GongjiangError as error:
            wrong[question] = error.text
    return saved, wrong


def seats_of(programme: Programme) -> list[Seat]:
    """Seats of the edition's bodies in the notice's order."""
    return list(Seat.objects.filter(edition=programme.edition).order_by("position", "id"))


def may_publish(actor: Actor, edition: Edition) -> bool:
    """Approvers of the organiser, or of a body of its own."""
    return actor.is_platform or edition.organiser_id in actor.organiser_ids("approver")


def publishers(edition: Edition, at: datetime) -> list[str]:
    """Names of those who may publish it."""
    where = Q(organisation=edition.organiser_id) | Q(
        organisation__parent=edition.organiser_id, organisation__kind="body"
    )
    rows = Grant.objects.filter(where, role="approver", edition=None, since__lte=at, user__is_active=True)
    rows = rows.filter(Q(until=None) | Q(until__gt=at))
    return list(dict.fromkeys(rows.order_by("id").values_list("user__full_name", flat=True)))


@transaction.atomic
def publish(*, actor: Actor, at: datetime, edition: Edition) -> Edition:
    """Open the edition. Officers prepare it; an approver of the organiser publishes."""
    if not may_publish(actor, edition):
        raise NotAllowed("由主办单位的审批人员发布。", "An approver of the organiser publishes.")
    return open_edition(actor=actor, at=at, edition=edition)
