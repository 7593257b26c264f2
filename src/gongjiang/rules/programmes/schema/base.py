"""What every item of a pack has in common: strict keys, and where it comes from."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gongjiang.kernel.errors import GongjiangError


def _tuple(value: Any) -> Any:
    """One thing or a list of things, always read as a tuple."""
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


Words = Annotated[tuple[str, ...], BeforeValidator(_tuple)]
#: Numbers with a point are Decimal: exact as printed, and `kernel.rounding.exact` refuses floats.
Scalar = bool | int | Decimal | str
#: A literal, `$param`, or `{lookup: table}`; percents and ratios are text.
Value = Scalar | dict[str, Any]
#: A condition as written; `conditions.parse` turns it into small classes.
RawCondition = dict[str, Any]


class Strict(BaseModel):
    """Frozen, and unknown keys are errors: a typo must never be silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Sourced(Strict):
    """An item with its source: clauses of the notice, a question, or the drafter's assumption.

    `origin` says which pack an item came from when packs extend each other (mechanisms 12);
    the loader sets it.
    """

    cite: Words = ()
    ask: str | None = None
    assumed: str | None = None
    origin: str = ""

    @property
    def sourced(self) -> bool:
        """Does anything say where this comes from?"""
        return bool(self.cite or self.ask or self.assumed)

    @property
    def clause(self) -> str:
        """The clauses in one word for people: 四(三)之一、附件2."""
        return "、".join(self.cite)


class Named(Sourced):
    """A sourced item with an id and a label for people."""

    id: str
    label: str = ""
    note: str | None = None

    @property
    def shown(self) -> str:
        """The label, else the id."""
        return self.label or self.id


class UnresolvedValue(GongjiangError):
    """A `$param` or lookup has no value yet."""


def param_name(value: object) -> str | None:
    """The param that a value names (`$places` → places), or None."""
    return value[1:] if isinstance(value, str) and value.startswith("$") else None


def resolve(value: Any, params: Mapping[str, Any]) -> Any:
    """A value with `$param` replaced; an unset param raises UnresolvedValue, a literal is itself."""
    name = param_name(value)
    if name is None:
        return value
    if name not in params:
        raise UnresolvedValue(f"参数 {name} 还没有值", f"Parameter {name} has no value yet")
    return params[name]


Bound = Annotated[Value | None, Field(default=None)]
