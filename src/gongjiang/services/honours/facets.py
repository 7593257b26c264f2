"""What the register can be narrowed down to, with how many honours there are: years, programmes, states."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count
from django.db.models.functions import Substr

from gongjiang.models import Honour, Register
from gongjiang.rules.programmes.vocabulary import REGISTERS
from gongjiang.services.honours.register import Asked, honours_asked, listed_asked
from gongjiang.services.honours.scope import Scope, public_scope


@dataclass(frozen=True)
class Choice:
    """A programme, year or state to narrow down to, with how many it has."""

    value: str
    label: str
    count: int


def years(scope: Scope) -> list[Choice]:
    """Years in which honours were conferred, newest first; what has no year is in none. Two queries."""
    counted: Counter[str] = Counter()
    for year, n in scope.honours.values_list("from_date__year").annotate(n=Count("id")).order_by():
        counted[str(year)] += n
    listed = scope.listed.exclude(date="").annotate(in_year=Substr("date", 1, 4))
    for text, n in listed.values_list("in_year").annotate(n=Count("id")).order_by():
        counted[text] += n
    return [Choice(year, f"{year}年", counted[year]) for year in sorted(counted, reverse=True)]


def programmes(scope: Scope) -> list[Choice]:
    """Registers and programmes, by how many honours they have. Four queries."""
    counted: Counter[str] = Counter()
    rows = scope.honours.values_list("register", "programme").annotate(n=Count("id")).order_by()
    for register, programme, n in rows:
        counted[register or programme] += n
    for code, n in scope.listed.values_list("source__register__code").annotate(n=Count("id")).order_by():
        counted[code] += n
    labels = labels_of(counted)
    return [Choice(code, labels[code], n) for code, n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def labels_of(codes: Iterable[str]) -> dict[str, str]:
    """Registers as people call them: the name they were given, the usual one, else the title of an edition."""
    asked = list(codes)
    named = dict(Register.objects.filter(code__in=asked).values_list("code", "label"))
    titles: dict[str, str] = {}
    rows = Honour.objects.filter(edition__isnull=False).order_by()
    for register, programme, title in rows.values_list("register", "programme", "edition__title").distinct():
        titles.setdefault(register or programme, title)
    return {one: named.get(one) or REGISTERS.get(one) or titles.get(one, one) for one in asked}


def states(scope: Scope, asked: Asked) -> dict[str, int]:
    """How many of what is looked for stand in each state. Two queries."""
    plain = replace(asked, state="")
    counted: Counter[str] = Counter()
    for state, n in honours_asked(scope, plain).values_list("state").annotate(n=Count("id")).order_by():
        counted[state] += n
    for state, n in listed_asked(scope, plain).values_list("honour_state").annotate(n=Count("id")).order_by():
        counted[state] += n
    return dict(counted)


def count() -> int:
    """How many honours the public register shows."""
    return sum(states(public_scope(), Asked()).values())
