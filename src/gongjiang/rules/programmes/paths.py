"""Paths of facts, as conditions write them: at most two steps, each known word checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.facts import FactPath
from gongjiang.rules.programmes.problems import Path, did_you_mean, dotted
from gongjiang.rules.programmes.vocabulary import CASE_LABELS, FieldSpec, Vocabulary

T = TypeVar("T")


class BadCondition(BadInput):
    """A condition that can't be read; `path` leads from the condition's top to the wrong place."""

    def __init__(self, text: str, english: str, path: Path = (), code: str = "condition.shape") -> None:
        super().__init__(text, english, place=dotted(path))
        self.path = path
        self.code = code


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition stands: inside the rows of a group, or on the case; fields of which kind of subject."""

    words: Vocabulary
    group: str = ""
    kind: str = ""

    def path(self, text: object, at: Path) -> FactPath:
        """The fact a path names. BadCondition with the nearest known word."""
        if not isinstance(text, str) or not text:
            raise BadCondition("路径须是一个词。", "A path must be a word.", at, "condition.path")
        steps = text.split(".")
        if len(steps) == 1:
            return self._own(text, at)
        if len(steps) > 2:
            raise BadCondition(
                f"路径“{text}”最多两步。", f"Path '{text}' has more than two steps.", at, "condition.path"
            )
        first, last = steps
        if first == "case":
            return FactPath("case", last, self._case(last, at))
        if first == "subject":
            return FactPath("subject", last, known_word(last, self.words.of_kind(self.kind), "字段", "field", at))
        kind, many = known_word(first, self.words.relations, "关系", "relation", at)
        if many:
            raise BadCondition(
                f"“{first}”是一组，请用 rows 读。", f"'{first}' holds several: read it with rows.", at, "condition.path"
            )
        return FactPath("relation", last, known_word(last, self.words.of_kind(kind), "字段", "field", at), via=first)

    def _own(self, text: str, at: Path) -> FactPath:
        if self.group:
            spec = known_word(text, self.words.columns(self.group), "列", "column", at)
            return FactPath("row", text, spec, via=self.group)
        return FactPath("subject", text, known_word(text, self.words.of_kind(self.kind), "字段", "field", at))

    def _case(self, key: str, at: Path) -> FieldSpec:
        own = self.words.kinds.get("case", {})
        if key in own:
            return own[key]
        labels = {**CASE_LABELS, **self.words.roles}
        label = known_word(key, {**labels, **own}, "案卷事实", "case fact", at)
        options = self.words.case_codes.get(key)
        return FieldSpec(key, str(label), "code" if options else "text", options=options or {})


def known_word(word: object, found: Mapping[str, T], what: str, english: str, at: Path) -> T:
    """What stands under a word; BadCondition naming the nearest known one."""
    if isinstance(word, str) and word in found:
        return found[word]
    hint, hint_english = did_you_mean(word, found)
    raise BadCondition(
        f"没有名为“{word}”的{what}。{hint}",
        f"No {english} named '{word}'.{hint_english}",
        at,
        f"condition.unknown_{english.replace(' ', '_')}",
    )
