"""Shape errors of a pack, told with line and the nearest known key instead of a validator's jargon."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError

from gongjiang.rules.programmes.problems import PackProblem, Path, did_you_mean
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.source import Source
from gongjiang.rules.programmes.stage_types import stage_types

EXPECTED: Final = {
    "string_type": ("一段文字", "text"),
    "int_type": ("整数", "a whole number"),
    "int_parsing": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "bool_type": ("true 或 false", "true or false"),
    "bool_parsing": ("true 或 false", "true or false"),
    "date_type": ("日期，如 2026-06-30", "a day such as 2026-06-30"),
    "date_from_datetime_parsing": ("日期，如 2026-06-30", "a day such as 2026-06-30"),
    "decimal_type": ("数字", "a number"),
    "decimal_parsing": ("数字", "a number"),
    "dict_type": ("一组“键: 值”", "a mapping"),
    "model_type": ("一组“键: 值”", "a mapping"),
    "tuple_type": ("一个列表", "a list"),
    "list_type": ("一个列表", "a list"),
}
"""Types of pydantic's errors and what was wanted instead."""


def read_shape(source: Source) -> tuple[PackFile | None, list[PackProblem]]:
    """The typed sections, or None with every problem of shape."""
    data = dict(source.data)
    stages, problems = _stages(data.get("stages"), source)
    data["stages"] = stages
    try:
        file = PackFile.model_validate(data)
    except ValidationError as error:
        return None, [*problems, *translated(error, PackFile, (), source)]
    return (None if problems else file), problems


def translated(error: ValidationError, model: type[BaseModel], at: Path, source: Source) -> Iterator[PackProblem]:
    """A validator's errors as problems of the pack; several tries at one value are one problem."""
    found: dict[Path, list[Mapping[str, Any]]] = {}
    for one in error.errors(include_url=False):
        loc = (*at, *one["loc"])
        missing = one["type"] in {"missing", "extra_forbidden"}
        path = real_path(loc[:-1] if missing else loc, source.data)
        found.setdefault((*path, str(loc[-1])) if missing else path, []).append(one)
    for path, tries in found.items():
        yield _problem(path, tries, model, at, source)


def real_path(loc: tuple[Any, ...], data: Any) -> Path:
    """The parts of a validator's location that are in the data: names of union members and models are not."""
    path: Path = ()
    for part in loc:
        if (isinstance(data, dict) and part in data) or (
            isinstance(data, list | tuple) and isinstance(part, int) and part < len(data)
        ):
            data = data[part]
            path = (*path, part)
    return path


def known_keys(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that may stand in the mapping at a path below a model."""
    models = _models(model)
    for part in path:
        if isinstance(part, int):
            continue
        inner = [
            found
            for one in models
            for name, info in one.model_fields.items()
            if (info.alias or name) == part
            for found in _models(info.annotation)
        ]
        models = inner or models
    return tuple(dict.fromkeys(info.alias or name for one in models for name, info in one.model_fields.items()))


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for one in get_args(annotation) for found in _models(one)]


def _problem(
    path: Path, tries: list[Mapping[str, Any]], model: type[BaseModel], at: Path, source: Source
) -> PackProblem:
    one = tries[0]
    kind = one["type"]
    word = str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        hint, english = did_you_mean(word, known_keys(model, path[len(at) : -1]))
        text = f"不认识的键“{word}”。{hint}"
        return source.problem(path, "schema.unknown_key", text, f"Unknown key '{word}'.{english}")
    if kind == "missing":
        return source.problem(path, "schema.missing", f"缺少“{word}”。", f"'{word}' is missing.")
    if kind == "literal_error":
        return _literal(path, tries, source)
    if kind == "value_error":
        text = str(one["msg"]).removeprefix("Value error, ")
        return source.problem(path, "schema.value", f"“{word}”的值不对：{text}。", f"Bad value of '{word}': {text}.")
    wanted = list(dict.fromkeys(EXPECTED.get(each["type"], (each["msg"], each["msg"])) for each in tries))
    return source.problem(
        path,
        "schema.type",
        f"“{word}”须是{'、'.join(one[0] for one in wanted)}。",
        f"'{word}' must be {' or '.join(one[1] for one in wanted)}.",
    )


def _literal(path: Path, tries: list[Mapping[str, Any]], source: Source) -> PackProblem:
    options = [
        word.strip().strip("'")
        for one in tries
        if one["type"] == "literal_error"
        for word in str(one["ctx"]["expected"]).replace(" or ", ", ").split(",")
    ]
    hint, english = did_you_mean(tries[0]["input"], options)
    return source.problem(
        path,
        "schema.word",
        f"“{path[-1]}”不能是“{tries[0]['input']}”，只能是：{'、'.join(options)}。{hint}",
        f"'{path[-1]}' must be one of {', '.join(options)}.{english}",
    )


def _stages(raw: Any, source: Source) -> tuple[Any, list[PackProblem]]:
    """Each stage by the class of its type; those with problems are left out."""
    if not isinstance(raw, list):
        return (() if raw is None else raw), []
    types = stage_types()
    read: list[Stage] = []
    problems: list[PackProblem] = []
    for index, one in enumerate(raw):
        path: Path = ("stages", index)
        kind = one.get("type") if isinstance(one, dict) else None
        model = types.get(str(kind))
        if not isinstance(one, dict):
            problems.append(source.problem(path, "schema.type", "环节须是一组“键: 值”。", "A stage is a mapping."))
        elif kind is None:
            problems.append(source.problem((*path, "type"), "schema.missing", "缺少“type”。", "'type' is missing."))
        elif model is None:
            hint, english = did_you_mean(kind, types)
            text = f"没有“{kind}”这种环节，只有：{'、'.join(types)}。{hint}"
            problems.append(
                source.problem((*path, "type"), "schema.stage_type", text, f"No stage type '{kind}'.{english}")
            )
        else:
            try:
                read.append(model.model_validate(one))
            except ValidationError as error:
                problems.extend(translated(error, model, path, source))
    return read, problems
