"""Checks that need the typed pack: its conditions can be read, and its own tests come out as they say."""

from collections.abc import Iterator
from typing import Final

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.compiling import example_facts
from gongjiang.rules.programmes.conditions import BadCondition, parse
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.explain import OUTCOME_WORDS
from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackProblem, Path, did_you_mean
from gongjiang.rules.programmes.schema.pack import CatalogueFile, PackFile
from gongjiang.rules.programmes.schema.stage import Example
from gongjiang.rules.programmes.source import Source
from gongjiang.rules.programmes.wording import vocabulary_of

_ROWS_OF_GROUP: Final = ("groups",)


def condition_problems(draft: Draft, file: PackFile, catalogue: CatalogueFile) -> Iterator[PackProblem]:
    """Each condition that can't be read, at the word that is wrong."""
    words = vocabulary_of(file, catalogue)
    for path, raw in draft.conditions:
        kinds = _kinds(path, draft)
        for number, kind in enumerate(kinds, 1):
            try:
                parse(raw, words, group=_group(path, draft), kind=kind)
                break
            except BadCondition as error:
                if number == len(kinds):
                    yield draft.source.problem((*path, *error.path), error.code, error.text, error.english)


def example_problems(pack: Pack, source: Source) -> Iterator[PackProblem]:
    """Tests of the pack whose outcome is not the expected one, or that can't be run."""
    known = {one.id for one in pack.rules}
    for index, example in enumerate(pack.tests):
        path: Path = ("tests", index)
        for word in example.expect:
            if word not in known:
                hint, english = did_you_mean(word, known)
                text = f"测试“{example.name}”期望的规则“{word}”没有定义。{hint}"
                yield source.problem((*path, "expect", word), "unknown.rule", text, f"No rule '{word}'.{english}")
        try:
            _usable(example, pack)
            facts = fill_derived(example_facts(example, pack.vocabulary))
            found = {one.rule: one for one in evaluate_rules(pack.ready_rules, facts)}
        except BadInput as error:
            yield source.problem(path, "test.unusable", f"测试“{example.name}”用不了：{error.text}", error.english)
            continue
        for word, wanted in example.expect.items():
            if word in found and found[word].outcome != wanted:
                was = found[word].outcome
                yield source.problem(
                    (*path, "expect", word),
                    "test.failed",
                    f"测试“{example.name}”：期望{OUTCOME_WORDS[wanted]}，实为{OUTCOME_WORDS[was]}"
                    f"（{found[word].sentence}）。",
                    f"Test '{example.name}': expected {wanted}, found {was}.",
                )


def _usable(example: Example, pack: Pack) -> None:
    """Raises BadInput when what a test gives is not of the shape that facts are made of."""
    given = example.given
    for key in ("judged", "documents", "opinions", "params"):
        if not isinstance(given.get(key, {}), dict):
            raise BadInput(f"{key} 须是一组“键: 值”。", f"'{key}' must be a mapping.")
    for key, value in given.get("documents", {}).items():
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadInput(f"材料“{key}”须写份数。", f"Documents '{key}' must be a number of files.")
    for key, value in given.items():
        rows = key in pack.vocabulary.groups or key in pack.vocabulary.relations
        if rows and not (isinstance(value, list) and all(isinstance(one, dict) for one in value)):
            raise BadInput(f"“{key}”须是一个列表，一行一组“键: 值”。", f"'{key}' must be a list of mappings.")


def rule_circles(pack: Pack, source: Source) -> Iterator[PackProblem]:
    """Rules that name each other in a circle."""
    try:
        bool(pack.ready_rules)
    except BadInput as error:
        yield source.problem(("rules",), "rule.circle", error.text, error.english)


def _kinds(path: Path, draft: Draft) -> tuple[str, ...]:
    """The kinds of subject that a condition may be about: its item's awards, else all of the pack."""
    item = draft.source.data.get(str(path[0]))
    if isinstance(item, list) and len(path) > 1 and isinstance(path[1], int):
        one = item[path[1]]
        chosen = [draft.names.awards[word] for word in word_list(one.get("award")) if word in draft.names.awards]
        if path[0] == "fields":
            chosen = [str(one.get("subject", "person"))]
        if chosen:
            return tuple(dict.fromkeys(chosen))
    return draft.names.kinds()


def _group(path: Path, draft: Draft) -> str:
    """The rows that a condition stands in from the start: `where` of a scoring node, `when` of a group's column."""
    if path[:1] == _ROWS_OF_GROUP:
        return str(path[1])
    owner = draft.source.data
    for part in path[:-1]:
        owner = owner[part]  # type: ignore[index]
    rows = owner.get("rows") if path[-1] == "where" else None
    return rows if isinstance(rows, str) else ""
