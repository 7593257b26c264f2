"""How whoever was chosen is cultivated: the powers aimed at, a template of the plan, the kinds of mentors
(measures-2025 第十条、第十一条)."""

from typing import Final

from gongjiang.rules.programmes.schema.base import Named, Strict, Words


class Power(Named):
    """A power that the plan aims at (工匠五力). `gloss`: what the notice asks of it."""

    gloss: str = ""


class Line(Strict):
    """A line of the template. `power`: id of a power, '' for all of them; `who`: who is responsible."""

    text: str
    power: str = ""
    who: str = ""
    cite: Words = ()


class Step(Strict):
    """A milestone of the template. `month`: due at the end of that month of the term; left out, people set the day."""

    title: str
    power: str = ""
    month: int | None = None
    cite: Words = ()


class Template(Strict):
    """What a new plan begins with. `funds`: purposes money may be planned for."""

    aim: str = ""
    goals: tuple[Line, ...] = ()
    measures: tuple[Line, ...] = ()
    milestones: tuple[Step, ...] = ()
    funds: Words = ()


class MentorKind(Named):
    """A kind of mentor; an artisan has at most one standing of each."""


class Cultivation(Named):
    """One entry for every award, or one for each that differs (`award`). `handed_in`: the attachment that holds the
    plan handed in with the nomination (ledger N-07)."""

    award: Words = ()
    powers: tuple[Power, ...] = ()
    template: Template = Template()
    mentors: tuple[MentorKind, ...] = ()
    handed_in: str = ""


POWERS: Final = tuple(
    Power(id=key, label=label)
    for key, label in (
        ("leading", "引领力"),
        ("achievement", "成就力"),
        ("innovation", "创新力"),
        ("dedication", "专注力"),
        ("passing_on", "传承力"),
    )
)
"""The five powers of measures-2025 第五条, where a pack names none."""

MENTORS: Final = (MentorKind(id="professional", label="专业导师"), MentorKind(id="skill", label="技能导师"))
"""The two mentors of 第十一条, where a pack names none."""


def cultivation_for(entries: tuple[Cultivation, ...], award: str, listed: tuple[str, ...] = ()) -> Cultivation:
    """What holds for an award: the entry that names it, else the one for all. Powers that it doesn't name are those
    `listed` by the pack's code list of powers, else, like the mentors, those of measures-2025.

    >>> [one.label for one in cultivation_for((), "any").mentors]
    ['专业导师', '技能导师']
    """
    found = next((one for one in entries if award in one.award), None)
    found = found or next((one for one in entries if not one.award), None) or Cultivation(id="plan")
    own = tuple(Power(id=f"power_{n}", label=word) for n, word in enumerate(listed, 1))
    return found.model_copy(
        update={"powers": found.powers or own or POWERS, "mentors": found.mentors or MENTORS},
    )
