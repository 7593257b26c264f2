"""Why a condition holds or not: a tree for the screen and one sentence for the person who can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.vocabulary import REGISTRY

OUTCOME_WORDS: Final = {"pass": "符合", "fail": "不符合", "unknown": "待补", "na": "不适用"}
OVERLAY_WORDS: Final = {"reasoned": "已说明理由", "excepted": "已破格"}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not known yet. `kind`: field, judged, document, opinion, score, param, registry (a list that
    nobody brought in), person (somebody of a list who may be this one; the label says what to check).

    `who` are the role ids that can supply it (judgements), `who_labels` their names.
    """

    kind: str
    key: str
    label: str
    who: tuple[str, ...] = ()
    who_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A condition's answer with its reasons.

    subject: what is asked about (生产现场工作年限), needed: what it must be (须≥5年), actual: what it is (申报4年).
    `missing` is empty unless the truth is unknown. `parts` are the conditions below it.
    """

    truth: Truth
    kind: str
    subject: str
    needed: str
    actual: str = ""
    parts: tuple["Verdict", ...] = ()
    missing: tuple[Missing, ...] = ()
    cite: tuple[str, ...] = ()
    label: str = ""

    @property
    def title(self) -> str:
        """How a list of conditions names this one."""
        return self.label or f"{self.subject}{self.needed}"

    def open_parts(self) -> tuple["Verdict", ...]:
        """Parts that are not known yet."""
        return tuple(one for one in self.parts if one.truth is Truth.UNKNOWN)


def named(verdict: Verdict, label: str, cite: tuple[str, ...]) -> Verdict:
    """The verdict under the label and clauses its node was given in the pack."""
    if not label and not cite:
        return verdict
    return replace(verdict, label=label, cite=cite, subject=label or verdict.subject)


def united(parts: Iterable[Verdict]) -> tuple[Missing, ...]:
    """What is missing in the parts that are still open, each once."""
    return tuple(dict.fromkeys(gap for one in parts if one.truth is Truth.UNKNOWN for gap in one.missing))


def wanting(gaps: Iterable[Missing]) -> str:
    """What is missing, in words: 缺工会会员；待专家认定."""
    found = list(gaps)
    people = dict.fromkeys(f"待{'、'.join(one.who_labels) or '有关单位'}认定" for one in found if one.kind == "judged")
    things = dict.fromkeys(one.label for one in found if one.kind not in {"judged", "person"})
    same = dict.fromkeys(one.label for one in found if one.kind == "person")
    lists = any(one.kind == "registry" and one.key != REGISTRY for one in found)
    where = "，请在“名册导入”中补齐" if lists else ""
    return "；".join([*same, *([f"缺{'、'.join(things)}{where}"] if things else []), *people])


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What came of one rule for one case.

    outcome: pass, fail, unknown or na. overlay: `reasoned` (a soft rule with an accepted reason), `excepted` (waived
    by a granted exception) or None. `missing` says what is not known yet; `waiting_for` are the judgements among it.
    """

    rule: str
    name: str
    force: str
    clauses: tuple[str, ...]
    gate: str
    outcome: str
    overlay: str | None
    details: Verdict
    missing: tuple[Missing, ...] = ()

    @property
    def sentence(self) -> str:
        """The outcome in one Chinese sentence."""
        return sentence(self)

    @property
    def waiting_for(self) -> tuple[Missing, ...]:
        """Judgements that people have yet to make."""
        return tuple(one for one in self.missing if one.kind == "judged")


def sentence(outcome: RuleOutcome) -> str:
    """`二.条件：生产现场工作年限须≥5年；申报4年 → 不符合`."""
    detail = outcome.details
    head = f"{'、'.join(outcome.clauses)}：" if outcome.clauses else ""
    if outcome.outcome == "na":
        return f"{head}{outcome.name} → 不适用"
    subject = detail.subject or outcome.name
    actual = f"；{detail.actual}" if detail.actual else ""
    notes = [wanting(outcome.missing)] if outcome.outcome == "unknown" and outcome.missing else []
    if outcome.overlay:
        notes.append(OVERLAY_WORDS[outcome.overlay])
    end = f"（{'；'.join(notes)}）" if notes else ""
    return f"{head}{subject}{detail.needed}{actual} → {OUTCOME_WORDS[outcome.outcome]}{end}"
