"""`--set name=value`: params, answers to questions and judged values that a rehearsal tries out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import did_you_mean
from gongjiang.rules.programmes.schema.words import Param
from gongjiang.services.programmes.judge import read_answer


@dataclass(frozen=True)
class Settings:
    """What was asked for: `params` change what the notice says, `answers` are by question, `judged` by judgement."""

    params: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    judged: dict[str, Any] = field(default_factory=dict)


def read_settings(pack: Pack, pairs: Iterable[str]) -> Settings:
    """Each `name=value` by the kind of its param or question. Raises BadInput naming what is wrong."""
    found = Settings()
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or not name.strip() or not text.strip():
            raise BadInput("须写作 参数=值，如 places=50。", "Write param=value, as in places=50.", place=pair)
        _read(pack, found, name.strip(), text.strip())
    return found


def _read(pack: Pack, found: Settings, name: str, text: str) -> None:
    param = next((one for one in pack.params if one.id == name), None)
    asked = param.ask if param is not None else name
    question = next((one for one in pack.questions if one.id == asked), None)
    if question is not None:
        found.answers[question.id] = read_answer(question.takes, text, name)
        if param is not None and param.value is not None:
            found.params[name] = found.answers[question.id]
        return
    judgement = next((one for one in pack.judgements if one.id == (param.judged if param else name)), None)
    if judgement is not None:
        found.judged[judgement.id] = read_answer(judgement.takes, text, name)
    elif param is not None:
        found.params[name] = _like(param, text)
    else:
        known = [*(one.id for one in pack.params), *(one.id for one in pack.questions)]
        hint, english = did_you_mean(name, known)
        raise BadInput(
            f"没有“{name}”这个参数或问题。{hint}可设的参数：{'、'.join(one.id for one in pack.params)}。",
            f"No param or question '{name}'.{english}",
            place="--set",
        )


def _like(param: Param, text: str) -> Any:
    """A value of the same kind as the one that the notice gives."""
    if isinstance(param.value, bool):
        if text.lower() in {"yes", "true", "是"}:
            return True
        if text.lower() in {"no", "false", "否"}:
            return False
        raise BadInput("请填 是 或 否。", "Answer yes or no.", place=param.id)
    if isinstance(param.value, str):
        return text
    value = exact(text, place=f"--set {param.id}")
    return int(value) if value.denominator == 1 else text
