"""Which registers an edition's rules read, as its questions were answered, and which of them are not complete."""

from collections.abc import Iterable

from gongjiang.kernel.truth import Truth
from gongjiang.models import Coverage, Register
from gongjiang.rules.programmes.conditions import Condition, parse
from gongjiang.rules.programmes.facts import ANY_PROGRAMME, Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.registers import registers_asked
from gongjiang.rules.programmes.vocabulary import REGISTERS
from gongjiang.services.programmes.programme import Programme

_ASKING: dict[str, tuple[tuple[Condition | None, tuple[str, ...]], ...]] = {}


def _asking(pack: Pack) -> tuple[tuple[Condition | None, tuple[str, ...]], ...]:
    """Rules that read registers: for whom they are, and which they read. Once for each pack, by its hash."""
    if pack.hash not in _ASKING:
        read = [(one.when, registers_asked(one.model_dump())) for one in pack.rules]
        _ASKING[pack.hash] = tuple(
            (parse(when, pack.vocabulary) if when is not None else None, codes) for when, codes in read if codes
        )
    return _ASKING[pack.hash]


def asked_of(programme: Programme) -> tuple[str, ...]:
    """Registers by code. A rule that the answers leave out asks for none."""
    pack = programme.pack
    if not pack.asks_registry:
        return ()
    facts = Facts(words=pack.vocabulary, params=dict(programme.params))
    kept: set[str] = set()
    by_rules: set[str] = set()
    for when, codes in _asking(pack):
        by_rules.update(codes)
        if when is None or when.evaluate(facts).truth is not Truth.FALSE:
            kept.update(codes)
    return tuple(one for one in pack.registers_asked if one in kept or one not in by_rules)


def lacking_of(programmes: Iterable[Programme]) -> dict[int, tuple[tuple[str, str], ...]]:
    """By process: registers that are asked for and not complete, code and label. Two queries, none if none is asked."""
    asked = {one.process.pk: codes for one in programmes if (codes := asked_of(one))}
    if not asked:
        return {}
    covered = set(Coverage.objects.values_list("programme", flat=True))
    if ANY_PROGRAMME in covered:
        return {}
    labels = {**REGISTERS, **dict(Register.objects.values_list("code", "label"))}
    found = {
        pk: tuple((code, labels.get(code, code)) for code in codes if code not in covered)
        for pk, codes in asked.items()
    }
    return {pk: lacking for pk, lacking in found.items() if lacking}
