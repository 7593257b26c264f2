"""From a pack's text to a checked pack: every problem found at once, each with its line."""

import json
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from pydantic import ValidationError

from gongjiang.rules.programmes.checking import condition_problems, example_problems, rule_circles
from gongjiang.rules.programmes.clauses import Clause, cut, notice_problems
from gongjiang.rules.programmes.extending.join import Joined, join
from gongjiang.rules.programmes.later import later_problems
from gongjiang.rules.programmes.lints import run
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.names import names_of
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.rules.programmes.processes import KIND, main_of, parts_of
from gongjiang.rules.programmes.schema.pack import CatalogueFile, PackFile
from gongjiang.rules.programmes.schema.words import NoticeRef
from gongjiang.rules.programmes.shape import read_shape, translated
from gongjiang.rules.programmes.source import Source, read

WORDS: Final = frozenset({"answer", "subject.relation"})
"""Problems that leave the words of conditions without a type: conditions are then not read."""


def load(
    text: str, filename: str, catalogue: CatalogueFile, notice: str | None = None, upper: Pack | None = None
) -> Pack:
    """A checked pack, or PackError with all its errors (and warnings, in the order of the file).

    `notice` is the notice's text; without it anchors are not checked and `clauses` is empty. `upper` is the pack
    that this one extends.
    """
    return load_source(read(text, filename), catalogue, notice, upper)


def load_source(source: Source, catalogue: CatalogueFile, notice: str | None = None, upper: Pack | None = None) -> Pack:
    """The same from a text already read."""
    if upper is None:
        joined = join(source, None, (), catalogue)
    else:
        joined = join(source, upper.source, (*upper.clauses, *upper.upper_clauses), catalogue)
    return _checked(joined, catalogue, notice)


def _checked(joined: Joined, catalogue: CatalogueFile, notice: str | None) -> Pack:
    source = joined.source
    if any(one.code.startswith("extends.") and one.path == ("pack", "extends") for one in joined.problems):
        raise PackError(joined.problems)  # without its upper half, half of the pack would be unknown words
    header = source.data.get("pack")
    if isinstance(header, dict) and header.get("kind") == KIND:
        raise PackError([_no_such_kind(source)])
    main, file, problems = _looked_at(joined, catalogue)
    processes, amiss = _processes(source, catalogue)
    problems = list(_once([*problems, *amiss]))
    clauses: tuple[Clause, ...] = ()
    ref = _notice(main)
    if notice is not None and ref is not None:
        amiss = list(notice_problems(ref, notice, main))
        problems += amiss
        clauses = () if amiss else cut(ref.clauses, notice)
    if file is None or any(one.severity == "error" for one in problems):
        raise PackError(problems)
    pack = _built(
        file,
        source,
        catalogue,
        parts=processes,
        clauses=clauses,
        upper_clauses=joined.clauses,
        changes=joined.changes,
        warnings=tuple(problems),
    )
    problems += list(rule_circles(pack, main)) or example_problems(pack, main)
    if any(one.severity == "error" for one in problems):
        raise PackError(problems)
    return pack


def _looked_at(joined: Joined, catalogue: CatalogueFile) -> tuple[Source, PackFile | None, list[PackProblem]]:
    """What nominates, its typed sections or None, and everything that shape, lints and conditions find."""
    whole = joined.source
    file, shape = read_shape(whole)
    main = main_of(whole)
    if file is not None and main is not whole:
        file = read_shape(main)[0]
    later = list(later_problems(whole))
    told = {one.path for one in later}
    problems = [*joined.problems, *later, *(one for one in shape if one.path not in told)]
    draft = Draft(main, names_of(main.data, catalogue))
    problems += run(draft)
    if file is not None and not WORDS & {one.code for one in problems}:
        problems += condition_problems(draft, file, catalogue)
    return main, file, problems


def _processes(source: Source, catalogue: CatalogueFile) -> tuple[dict[str, Pack], list[PackProblem]]:
    """Each process as a pack of its own, and what is wrong with them; their warnings are the main pack's to make."""
    found: dict[str, Pack] = {}
    problems: list[PackProblem] = []
    for part in parts_of(source):
        try:
            found[part.id] = _alone(part.source, catalogue)
        except PackError as error:
            problems += [part.home(one) for one in error.problems if one.severity == "error"]
    return found, problems


def _alone(source: Source, catalogue: CatalogueFile) -> Pack:
    """A process as a pack, or PackError."""
    _, file, problems = _looked_at(Joined(source), catalogue)
    if file is None or any(one.severity == "error" for one in problems):
        raise PackError(list(_once(problems)))
    pack = _built(file, source, catalogue)
    circles = list(rule_circles(pack, source))
    if circles:
        raise PackError(circles)
    return pack


def _built(file: PackFile, source: Source, catalogue: CatalogueFile, **more: Any) -> Pack:
    """The typed sections as a pack, with the hash of all that was written."""
    sections = {name: getattr(file, name) for name in type(file).model_fields}
    return Pack.model_validate(
        {**sections, "hash": pack_hash(source.data), "catalogue": catalogue, "source": source, **more}
    )


def _no_such_kind(source: Source) -> PackProblem:
    return source.problem(
        ("pack", "kind"),
        "schema.word",
        "“kind”不能是“process”，只能是：campaign、framework。命名后的流程写在 processes 里。",
        "'kind' must be campaign or framework; processes have a section of their own.",
    )


def load_catalogue(text: str, filename: str) -> CatalogueFile:
    """The shared fields. Raises PackError."""
    source = read(text, filename)
    try:
        return CatalogueFile.model_validate(source.data)
    except ValidationError as error:
        raise PackError(translated(error, CatalogueFile, (), source)) from error


def pack_hash(data: Any) -> str:
    """sha256 of the data as canonical JSON: comments, order of keys and layout don't count, order of lists does."""
    return sha256(json.dumps(_plain(data), ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return {"number": str(value.normalize())}
    return value if isinstance(value, str | int | None) else value.isoformat()


def _notice(source: Source) -> NoticeRef | None:
    """The section `notice`, if its shape is right (else the shape's own problems have been told)."""
    try:
        return NoticeRef.model_validate(source.data.get("notice"))
    except ValidationError:
        return None


def _once(problems: list[PackProblem]) -> Iterator[PackProblem]:
    """Each place and text once: two checks may see the same mistake."""
    seen: set[tuple[object, str]] = set()
    for one in problems:
        if (one.path, one.text) not in seen:
            seen.add((one.path, one.text))
            yield one
