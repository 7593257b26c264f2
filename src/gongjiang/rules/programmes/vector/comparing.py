"""What the counterparts of comparisons share: asking of each different value, of each combination, of nobody."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.base import Operator, Term
from gongjiang.rules.programmes.conditions.operators.bounds import Bound
from gongjiang.rules.programmes.conditions.operators.equality import Equality
from gongjiang.rules.programmes.conditions.terms import Literal, Lookup
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.coding import column_of
from gongjiang.rules.programmes.vector.columns import Coded, Column, Day, Flag, Number, constant, crossed
from gongjiang.rules.programmes.vector.registry import operator_compilers
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import NotVectorised, always, by_code
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec


def compared(operator: Operator, column: Column, scene: Scene) -> pl.Expr:
    """Does each value meet the comparison? Kinds without a counterpart are asked of each different value."""
    compiler = operator_compilers().get(type(operator))
    if compiler is not None:
        return compiler(operator, column, scene)
    if type(operator).check is not Operator.check:
        raise NotVectorised(type(operator).__name__)
    return by_values(operator, column, scene)


def settled(reads: Operator | Term) -> bool:
    """Is its own side the same for everybody?"""
    return all(one.kind == "param" for one in reads.reads())


def by_values(operator: Operator, column: Column, scene: Scene) -> pl.Expr:
    """Each different value asked once."""
    if not settled(operator):
        raise NotVectorised(f"{type(operator).__name__}: {sorted(one.key for one in operator.reads())}")
    if isinstance(column, Flag):
        return _flag(
            scene.put(column.truth), operator.test(True, scene.shared, None), operator.test(False, scene.shared, None)
        )
    coded = column.coded()
    return by_code(scene.put(coded.codes), [operator.test(one, scene.shared, None) for one in coded.values])


def by_combination(scene: Scene, ask: Callable[..., Truth], *columns: Column) -> pl.Expr:
    """Each combination of values that occurs asked once."""
    places, found = crossed([one.coded() for one in columns])
    return by_code(scene.put(places), [ask(*one) for one in found])


def by_term(operator: Bound | Equality, column: Column, other: Value | Column, scene: Scene) -> pl.Expr:
    """Each combination of a value and of what the operator's term, read before, has for it, asked once."""
    codes = scene.shared.words.code_list(operator.spec)

    def ask(actual: Value, found: Value) -> Truth:
        return replace(operator, term=literal(found, operator.spec, codes)).test(actual, scene.shared, None)

    return by_combination(scene, ask, column, as_column(other, scene))


def term_value(term: Term, scene: Scene) -> Value | Column:
    """One value where all share it, else a column."""
    if settled(term):
        return term.read(scene.shared, None)
    if not isinstance(term, Lookup):
        raise NotVectorised(type(term).__name__)
    places, keys = crossed([scene.value(path).coded() for path in term.by])
    return column_of([term.found(scene.shared, one) for one in keys], places)


def as_column(value: Value | Column, scene: Scene) -> Column:
    """A column in any case."""
    if isinstance(value, Coded | Flag | Number | Day):
        return value
    return constant(value, scene.size)


def literal(value: Value, spec: FieldSpec, codes: CodeList) -> Literal:
    """A term that has this value."""
    return Literal(value, spec, codes)


def claimed(truth: pl.Expr, column: Number | Day, operator: Operator, scene: Scene) -> pl.Expr:
    """`truth`, but for those who claim nothing."""
    if column.none is None:
        return truth
    return pl.when(scene.put(column.none)).then(always(operator.unclaimed())).otherwise(truth)


def _flag(column: pl.Expr, yes: Truth, no: Truth) -> pl.Expr:
    if (yes, no) == (Truth.TRUE, Truth.FALSE):
        return column
    if (yes, no) == (Truth.FALSE, Truth.TRUE):
        return ~column
    return pl.when(column).then(always(yes)).when(~column).then(always(no))
