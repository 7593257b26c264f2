"""The replay file of a draw: everything it was made from and what came out, so that anybody can make it again.

Names in it are those that the draw was made with: the platform writes numbers of cases and seats, never people's names.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from typing import Any, Final

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.assignment.assign import Affinities, Assignment, Conflicts, draw
from gongjiang.rules.scoring.assignment.chance import commitment
from gongjiang.rules.scoring.assignment.terms import Terms

FORMAT: Final = "gongjiang-draw/1"
FORMS: Final[Mapping[str, type]] = {
    "terms": dict, "cases": list, "experts": list, "conflicts": dict, "affinity": dict, "loads": dict, "needs": dict,
    "assigned": dict,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a draw was made from, but the seed."""

    cases: tuple[str, ...]
    experts: tuple[str, ...]
    terms: Terms
    conflicts: Conflicts
    affinity: Affinities | None
    loads: Mapping[str, int]
    needs: Mapping[str, int] = field(default_factory=dict)

    def drawn(self, seed: str) -> Assignment:
        """Draw."""
        return draw(
            self.cases,
            self.experts,
            self.terms,
            seed,
            conflicts=self.conflicts,
            affinity=self.affinity,
            loads=self.loads,
            needs=self.needs,
        )


def replay_text(asked: Asked, made: Assignment, committed: str) -> str:
    """The file, as JSON in a fixed form: the same draw gives the same bytes."""
    terms = asdict(asked.terms)
    for name in ("price", "cap"):
        terms[name] = None if terms[name] is None else str(terms[name])
    data = {
        "format": FORMAT,
        "commitment": committed,
        "seed": made.seed,
        "terms": terms,
        "cases": sorted(asked.cases),
        "experts": sorted(asked.experts),
        "conflicts": {case: dict(who) for case, who in asked.conflicts.items() if who},
        "affinity": None if asked.affinity is None else {case: dict(who) for case, who in asked.affinity.items()},
        "loads": {one: number for one, number in asked.loads.items() if number},
        "needs": dict(asked.needs),
        "assigned": {case: list(who) for case, who in made.experts.items()},
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of a replay file found; no problems: the draw is as it was announced."""

    problems: tuple[str, ...]
    commitment: str
    cases: int
    experts: int
    pairs: int


def verify(text: str) -> Verified:
    """Check the commitment, the rules, and that the same draw comes out again. BadInput if it is no replay file."""
    data = _data(text)
    try:
        asked, seed, said = _asked(data), str(data["seed"]), {str(k): tuple(v) for k, v in data["assigned"].items()}
        committed, again = str(data["commitment"]), asked.drawn(seed)
    except KeyError as error:
        raise BadInput(f"抽签复核文件不完整，缺“{error.args[0]}”", "A replay file lacks something.") from error
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise BadInput(f"抽签复核文件写得不对：{_wrong(data)}", "A replay file's part has another form.") from error
    problems = []
    if commitment(seed) != committed:
        problems.append("种子与事先公布的承诺值不符：种子可能在公布之后换过")
    problems += _broken(asked, said)
    if not again.decision.allowed:
        reasons = dict.fromkeys(one.text.removesuffix("。") for one in again.decision.reasons)
        problems.append("按文件所列条件不能分派：" + "；".join(list(reasons)[:3]))
    elif dict(again.experts) != said:
        differ = sorted(case for case in {*again.experts, *said} if again.experts.get(case) != said.get(case))
        problems.append(f"重新抽签的结果与文件不同，共{len(differ)}个对象，如{'、'.join(differ[:3])}")
    pairs = sum(len(who) for who in said.values())
    return Verified(tuple(problems), committed, len(asked.cases), len(asked.experts), pairs)


def _wrong(data: Mapping[str, Any]) -> str:
    """The first part of the file that has another form than the platform writes, to be said."""
    for name, kind in FORMS.items():
        if not isinstance(data.get(name), kind) and not (name == "affinity" and data.get(name) is None):
            return f"“{name}”一项"
    return "有的数或名字不是平台写的样子"


def _broken(asked: Asked, said: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Rules that the assignment in the file breaks, whatever a new draw gives."""
    found = []
    for case in asked.cases:
        who = said.get(case, ())
        need = asked.needs.get(case, asked.terms.per_case)
        if len(set(who)) != need or len(who) != need:
            found.append(f"{case}应有{need}位专家，文件里是{len(set(who))}位")
        barred = sorted(set(who) & set(asked.conflicts.get(case, {})))
        found += [f"{case}分给了须回避的{one}（{asked.conflicts[case][one]}）" for one in barred]
    strange = sorted(set(said) - set(asked.cases))
    return found + [f"{case}不在抽签对象之内" for case in strange]


def _data(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("不是抽签复核文件：读不成JSON", "Not JSON.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadInput(f"不是抽签复核文件（格式应为{FORMAT}）", "Not a replay file.")
    return data


def _asked(data: Mapping[str, Any]) -> Asked:
    terms = dict(data["terms"])
    for name in ("price", "cap"):
        terms[name] = None if terms[name] is None else Fraction(str(terms[name]))
    cases, experts = tuple(map(str, data["cases"])), tuple(map(str, data["experts"]))
    if len(set(cases)) < len(cases) or len(set(experts)) < len(experts):
        raise ValueError("有重名的对象或专家")
    return Asked(
        cases,
        experts,
        Terms(**terms),
        {str(case): {str(k): str(v) for k, v in who.items()} for case, who in data["conflicts"].items()},
        None
        if data["affinity"] is None
        else {str(case): {str(k): int(v) for k, v in who.items()} for case, who in data["affinity"].items()},
        {str(one): int(number) for one, number in data["loads"].items()},
        {str(one): int(number) for one, number in data["needs"].items()},
    )
