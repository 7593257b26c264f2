"""A whole pack: every section, in the order people write them."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from gongjiang.rules.programmes.schema.allocation import Allocation
from gongjiang.rules.programmes.schema.base import Strict
from gongjiang.rules.programmes.schema.certificate import Certificate
from gongjiang.rules.programmes.schema.cultivation import Cultivation
from gongjiang.rules.programmes.schema.cycle import Cycle
from gongjiang.rules.programmes.schema.extending import Departs, Upper
from gongjiang.rules.programmes.schema.fields import (
    CodeList,
    Field_,
    RowGroup,
    Table,
)
from gongjiang.rules.programmes.schema.lists import Exception_, Forbidden, Pool, Rule, ScoreNode, on_lists
from gongjiang.rules.programmes.schema.material import Attachment, Form, OpinionSheet, Time
from gongjiang.rules.programmes.schema.obligation import Obligation
from gongjiang.rules.programmes.schema.paper import Paper
from gongjiang.rules.programmes.schema.process import Process, Term
from gongjiang.rules.programmes.schema.stage import Accountability, Benefit, Example, Figure, Stage, Target
from gongjiang.rules.programmes.schema.words import (
    Award,
    Header,
    Judgement,
    NoticeRef,
    Param,
    Question,
    Role,
    SubjectKind,
)
from gongjiang.rules.programmes.stage_types import read_stage


def _read_stages(raw: Any) -> Any:
    """Each stage by the class of its type; a stage already read stays as it is."""
    if not isinstance(raw, list | tuple):
        return raw
    return tuple(one if isinstance(one, Stage) else read_stage(one) for one in raw)


def _several(raw: Any) -> Any:
    """One thing or a list of things."""
    return [raw] if isinstance(raw, dict) else raw


def _only(raw: Any) -> Any:
    """One thing, also where it came down as a list of one."""
    return raw[0] if isinstance(raw, list) and len(raw) == 1 else raw


class PackFile(Strict):
    """The sections of a pack as written, shapes checked, references not yet."""

    pack: Header
    notice: NoticeRef | None = None
    uppers: tuple[Upper, ...] = Field(default=(), exclude=True)
    departs: tuple[Departs, ...] = ()
    params: tuple[Param, ...] = ()
    questions: tuple[Question, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    roles: tuple[Role, ...] = ()
    subjects: tuple[SubjectKind, ...] = ()
    awards: tuple[Award, ...] = ()
    codes: dict[str, CodeList] = Field(default_factory=dict)
    tables: dict[str, Table] = Field(default_factory=dict)
    fields: tuple[Field_, ...] = ()
    groups: dict[str, RowGroup] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    forbidden_criteria: tuple[Forbidden, ...] = ()
    exceptions: tuple[Exception_, ...] = ()
    pools: Annotated[tuple[Pool, ...], BeforeValidator(on_lists)] = ()
    allocations: tuple[Allocation, ...] = ()
    scoring: tuple[ScoreNode, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    opinions: tuple[OpinionSheet, ...] = ()
    forms: tuple[Form, ...] = ()
    papers: tuple[Paper, ...] = ()
    times: tuple[Time, ...] = ()
    stages: Annotated[tuple[Any, ...], BeforeValidator(_read_stages)] = ()
    accountability: tuple[Accountability, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    cycle: Annotated[Cycle | None, BeforeValidator(_only)] = None
    term: Annotated[tuple[Term, ...], BeforeValidator(_several)] = ()
    processes: tuple[Process, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    cultivation: tuple[Cultivation, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    targets: tuple[Target, ...] = ()
    composition: tuple[Figure, ...] = ()
    tests: tuple[Example, ...] = ()


class CatalogueFile(Strict):
    """The shared fields: ids are never reused or retyped."""

    catalogue: dict[str, Any]
    codes: dict[str, CodeList] = Field(default_factory=dict)
    groups: dict[str, RowGroup] = Field(default_factory=dict)
    fields: tuple[Field_, ...] = ()
