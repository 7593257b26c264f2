"""What an honour's programme says of cultivation: powers, template of the plan, kinds of mentors."""

from gongjiang.models import Honour
from gongjiang.rules.cultivation.term import Term
from gongjiang.rules.programmes.lints.rubric import POWERS
from gongjiang.rules.programmes.schema.cultivation import Cultivation, cultivation_for
from gongjiang.services.programmes.programme import whole_pack


def framework_of(honour: Honour) -> Cultivation:
    """The pack's entry for the honour's award; without an edition or a section that of measures-2025."""
    if honour.edition is None:
        return cultivation_for((), honour.award)
    pack = whole_pack(honour.edition)
    listed = pack.vocabulary.codes.get(POWERS)
    return cultivation_for(pack.cultivation, honour.award, listed.items if listed is not None else ())


def powers_of(honour: Honour) -> tuple[str, ...]:
    """The labels of the powers by which the honour's programme sets goals and measures results."""
    return tuple(one.shown for one in framework_of(honour).powers)


def term_of(honour: Honour) -> Term:
    """The term (培育期) of an honour."""
    return Term(honour.from_date, honour.until)
