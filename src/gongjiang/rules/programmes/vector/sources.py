"""How one raw value of a table is read: as the explaining evaluator would, with nothing else known."""

from dataclasses import replace

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.values import is_blank, number, read_value
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.raw import RawReader


def source(shared: Facts, need: Need) -> tuple[str, RawReader]:
    """The name of the column that holds what is needed of a person, and how one of its values is read."""
    if need.kind == "judged":
        return f"judged.{need.key}", answer(need)
    if need.kind == "document":
        return f"documents.{need.key}", lambda raw: Interval.point(0 if raw is None else int(raw))
    if need.kind == "score":
        return f"scores.{need.key}", lambda raw: UNKNOWN if is_blank(raw) else Interval.point(number(raw))
    if need.kind == "opinion":
        return f"opinions.{need.key}", answer(need)
    if need.kind == "award":
        return "case.award", lambda raw: need.read(replace(shared, case={"award": raw}), None)
    if need.kind == "granted":
        return "case.exception", lambda raw: not is_blank(raw) and str(raw) == need.key
    if need.kind == "reasoned":
        return f"reasoned.{need.key}", bool
    return _fact(shared, need)


def answer(need: Need) -> RawReader:
    """People's answers; a blank is none yet."""
    return lambda raw: UNKNOWN if is_blank(raw) else read_value(raw, need.spec)


def _fact(shared: Facts, need: Need) -> tuple[str, RawReader]:
    """A value, or whether it was filled in."""
    if need.at == "case":
        return f"case.{need.key}", lambda raw: need.read(replace(shared, case={need.key: raw}), None)
    if need.at == "relation":
        name = f"{need.via}.{need.key}"
        return name, lambda raw: need.read(replace(shared, relations={need.via: {need.key: raw}}), None)
    return need.key, lambda raw: need.read(replace(shared, subject={need.key: raw}), None)
