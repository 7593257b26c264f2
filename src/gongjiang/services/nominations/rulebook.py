"""The compiled rules of a pack, and what they say of a case."""

from gongjiang.kernel.decision import Decision
from gongjiang.rules.programmes.compiling import ready_exceptions, ready_rules
from gongjiang.rules.programmes.evaluate import ReadyException, ReadyRule, evaluate_rules, gate_decision
from gongjiang.rules.programmes.explain import RuleOutcome
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.services.programmes.programme import Programme

_COMPILED: dict[str, tuple[tuple[ReadyRule, ...], tuple[ReadyException, ...]]] = {}


def compiled(pack: Pack) -> tuple[tuple[ReadyRule, ...], tuple[ReadyException, ...]]:
    """Rules and exceptions with their conditions read; once for each pack, by its hash."""
    if pack.hash not in _COMPILED:
        _COMPILED[pack.hash] = (
            ready_rules(pack.rules, pack.stages, pack.vocabulary),
            ready_exceptions(pack.exceptions, pack.vocabulary),
        )
    return _COMPILED[pack.hash]


def outcomes(programme: Programme, facts: Facts) -> tuple[RuleOutcome, ...]:
    """What came of every rule of the pack for this case, in their order."""
    rules, exceptions = compiled(programme.pack)
    return evaluate_rules(rules, facts, exceptions)


def may_pass(programme: Programme, facts: Facts, stage: str, *, beside: frozenset[str] = frozenset()) -> Decision:
    """May the case pass this stage by the rules? All reasons at once, each with its clause.

    `beside`: stages that did not keep the case and that it left behind; what they gate is not asked of it.
    """
    rules, exceptions = compiled(programme.pack)
    rules = tuple(one for one in rules if one.gate not in beside)
    return gate_decision(rules, facts, stage, [one.id for one in programme.stages], exceptions)
