"""The form of a nomination as steps on screen, read off the pack: its forms, its rules, its attachments.

Grids and lines become 基本情况, a block of checks its own step with a card for each condition, each longer text and
each table of the official form a step; forms beside the official one are a step each. What rules, pools, ranks,
figures and judgements read but no form asks follows as a step of its own, unprinted. Then files, then the statements
to confirm. Each question stands once, however many forms print it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gongjiang.kernel.rounding import exact
from gongjiang.rules.nominations.form_plan_fields import FieldBook, field_book
from gongjiang.rules.nominations.form_plan_needs import COMPUTED_FROM, hard_paths, needs, possible
from gongjiang.rules.nominations.form_plan_parts import (
    Asked,
    Choice,
    FilesAsked,
    FormPlan,
    Heading,
    Indicator,
    Part,
    RowsAsked,
    Section,
    Statement,
)
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.base import RawCondition, param_name
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.schema.material import Block, Form

ALWAYS: Final = frozenset({"name", "gender", "birth", "id_number", "employer", "mobile"})
"""Nobody can be judged, found again or reached without these."""
SHORT_LINES: Final = 5
"""A text box of the official form with no more lines and no limit stays among the short questions."""
LATER_NOTE: Final = "提交以后，办到哪一步填哪一步；已经办好的也可以先填。不印入原表。"
MORE_NOTE: Final = "仅用于资格审核和统计，不印入原表。"


@dataclass
class _Step:
    label: str
    note: str = ""
    clause: str = ""
    unprinted: bool = False
    form: str = ""
    parts: list[Part] = field(default_factory=list)


class _Builder:
    """Gathers the steps; knows what was asked already."""

    def __init__(self, pack: Pack, award: str, route: str, params: Mapping[str, Any]) -> None:
        self.pack, self.award, self.params = pack, award, params
        self.kind = next((one.subject for one in pack.awards if one.id == award), "person")
        self.here = Facts(pack.vocabulary, case={"award": award, "route": route}, params=params)
        self.book: FieldBook = field_book(pack, self.kind)
        self.hard = hard_paths(pack, self.here, self.kind)
        self.wanted = needs(pack, self.here, self.kind)
        self.steps: dict[str, _Step] = {}
        self.statements: list[Statement] = []
        self.seen: set[str] = set()
        self.note = ""

    def step(self, name: str, label: str, form: Form | None = None) -> _Step:
        found = self.steps.setdefault(name, _Step(label))
        if form is not None and form.assumed and not found.parts:
            found.note, found.unprinted = MORE_NOTE, True
        if form is not None and not found.clause:
            found.clause = form.clause
        if form is not None and not found.form:
            found.form = form.id
        return found

    def number(self, raw: Any) -> int | None:
        """A whole number of the pack, its param answered; None while it is not."""
        name = param_name(raw)
        value = raw if name is None else self.params.get(name)
        return None if value is None or isinstance(value, bool) else int(exact(value))

    def asked(self, path: str, label: str = "", when: RawCondition | None = None, **more: Any) -> Asked | None:
        """A question that was not asked before; None for what nobody types in."""
        spec = self.book.at(path)
        if spec is None or path in self.seen or spec.type in {"rows", "file", "photo"}:
            return None
        if COMPUTED_FROM.get(spec.derived or "") == "birth":
            return None
        self.seen.add(path)
        limit = more.pop("limit", None) or self.number(spec.max) if spec.type == "text" else None
        required = more.pop("required", False) or path.rpartition(".")[2] in ALWAYS or path in self.hard
        required = required and spec.blank != "none" and not (spec.when or when)
        about = more.pop("about", None) or self.number(spec.about)
        return Asked(path, spec, label or spec.shown, required, limit, about, when or spec.when, **more)

    def cell(self, cell: Any, when: RawCondition | None) -> Asked | None:
        if isinstance(cell, str):
            return self.asked(cell, when=when)
        if cell.get("case"):  # by its own name: a form's “电话” beside two people's numbers says too little
            return self.asked("case." + cell["case"], when=when)
        return self.asked(cell["field"], cell.get("label", ""), when) if isinstance(cell.get("field"), str) else None

    def table(self, path: str, label: str, names: list[str], **more: Any) -> RowsAsked | None:
        """A table of these columns and of those that rules read besides; files have no place in a cell."""
        known = self.book.columns(path)
        if not known or path in self.seen:
            return None
        self.seen.add(path)
        wanted = [one.partition(".")[2] for one in self.wanted if one.startswith(f"{path}.")]
        if path == "resume":
            derived = [self.book.at(one) for one in (*self.wanted, *self.seen)]
            froms = (COMPUTED_FROM.get(one.derived or "") for one in derived if one is not None)
            wanted += [one.partition(".")[2] for one in froms if one and one.startswith("resume.")]
        columns = tuple(
            Asked(name, known[name], known[name].shown, limit=self.number(known[name].max))
            for name in dict.fromkeys([*names, *wanted])
            if name in known and known[name].type not in {"file", "photo", "rows"}
        )
        return RowsAsked(path, label, columns, **more)


def form_plan(pack: Pack, route: str, award: str, params: Mapping[str, Any]) -> FormPlan:
    """The steps for one award by one way in; `params` are the values as the edition answered them.

    Asked for, and a gate of submission: name, sex, birth, identity number, employer, mobile; what a hard rule reads for
    certain; texts whose length the notice speaks of; the least number of rows; the statements. Everything else may stay
    blank: official forms have boxes (职称、职务、备注…) that are rightly empty for many.
    """
    make = _Builder(pack, award, route, params)
    for n, form in enumerate(_forms(make, route)):
        for block in form.blocks:
            if possible(block.when, make.here, make.kind):
                _block(make, form, block, main=n == 0)
    _supplement(make)
    _files(make)
    make.step("confirm", "确认与提交").parts.extend(make.statements)
    later = frozenset(form for stage in pack.stages for form in stage.fills)
    return FormPlan(
        tuple(
            Section(
                name,
                one.label,
                tuple(one.parts),
                LATER_NOTE if one.form in later else one.note,
                one.clause,
                one.unprinted,
                one.form,
                one.form in later,
            )
            for name, one in make.steps.items()
            if one.parts or name == "confirm"
        )
    )


def forms_of(pack: Pack, route: str, award: str) -> tuple[Form, ...]:
    """Forms of a way in, in its order; where it names none, every form of one case for this award."""
    named = next(
        (one.forms for stage in pack.stages for one in getattr(stage, "routes", ()) if one.id == route and one.forms),
        None,
    )
    by_id = {one.id: one for one in pack.forms if not one.list and (not one.award or award in one.award)}
    return tuple(by_id[name] for name in (named or by_id) if name in by_id)


def _forms(make: _Builder, route: str) -> tuple[Form, ...]:
    return tuple(one for one in forms_of(make.pack, route, make.award) if possible(one.when, make.here, make.kind))


def _block(make: _Builder, form: Form, block: Block, *, main: bool) -> None:
    """One block of a form, laid where it belongs."""
    home = ("basic", "基本情况") if main else (form.id, form.shown)
    live = None if _settled(make, block.when) else block.when
    if block.type == "note":
        make.note = block.text or ""
    elif block.type in {"grid", "line"}:
        cells = [cell for row in block.rows for cell in row] + list(block.items)
        parts = [one for cell in cells if (one := make.cell(cell, live)) is not None]
        step = make.step(*home, form)
        if block.label and parts and step.parts:
            step.parts.append(Heading(block.label))
        step.parts.extend(parts)
    elif block.type == "checks":
        step = make.step("choices", block.label or "选填条件")
        step.note, make.note, step.clause = make.note, "", "、".join(block.cite or form.cite)
        step.parts.extend(_choices(make, block, live))
    elif block.type == "text" and block.field:
        _text(make, form, block, home, live)
    elif block.type == "rows" and block.field:
        names = [one if isinstance(one, str) else str(one.get("field", one.get("id"))) for one in block.columns or ()]
        least = make.number(block.min_rows) or 0
        part = make.table(
            block.field, block.label or block.field, [*names, *block.supplement_columns], least=least, when=live,
            since_age=block.since_age, unbroken=block.unbroken,
        )  # fmt: skip
        if part is not None:
            make.step(*((block.field, make.book.label(block.field)) if main else home), form).parts.append(part)
    elif block.type == "statement" and block.confirms:
        make.seen.add(block.confirms)
        text = next((one.text for one in make.pack.all_clauses if one.id == block.clause), block.text or "")
        spec = make.book.at(block.confirms)
        make.statements.append(Statement(block.confirms, spec.shown if spec else block.label, text, block.clause or ""))


def _settled(make: _Builder, when: RawCondition | None) -> bool:
    """Is a `when` decided by award and way in alone?"""
    return when is None or not possible({"not": when}, make.here, make.kind)


def _choices(make: _Builder, block: Block, live: RawCondition | None) -> list[Choice]:
    found = []
    for item in block.items:
        fields = [item] if isinstance(item, str) else list(item.get("fields", ()))
        parts = tuple(one for path in fields if (one := make.asked(path, when=live)) is not None)
        title = item.get("title", "") if isinstance(item, dict) else ""
        if parts:
            found.append(Choice((title or parts[0].label).removeprefix("是否"), parts))
    return found


def _text(make: _Builder, form: Form, block: Block, home: tuple[str, str], live: RawCondition | None) -> None:
    limit, about = make.number(block.max), make.number(block.about)
    measured = limit is not None or about is not None
    part = make.asked(str(block.field), block.label, live, limit=limit, about=about, required=measured, wide=True)
    if part is None:
        return
    lines = block.lines or SHORT_LINES + 1
    own = (lines > SHORT_LINES) if home[0] == "basic" or measured else False
    step = make.step(str(block.field), make.book.label(str(block.field)), form) if own else make.step(*home, form)
    step.parts.append(part)


def _supplement(make: _Builder) -> None:
    """What the programme reads and no form asks."""
    parts: list[Part] = []
    for path in make.wanted:
        head, _, column = path.partition(".")
        if column and make.book.columns(head):
            shown = [
                name for name, one in make.book.columns(head).items() if head not in make.pack.vocabulary.relations
            ]
            part: Part | None = make.table(head, make.book.label(head), shown or ["name", column])
        else:
            spec = make.book.at(path)
            source = COMPUTED_FROM.get((spec.derived if spec else "") or "", "")
            part = make.asked("birth") if source == "birth" else make.asked(path)
        if part is not None:
            parts.append(part)
    if parts:
        step = make.step("more", "补充信息")
        step.note, step.unprinted = MORE_NOTE, True
        step.parts.extend(parts)


def _files(make: _Builder) -> None:
    step = make.step("material", "证明材料")
    for one in make.pack.attachments:
        if (one.award and make.award not in one.award) or not possible(one.when, make.here, make.kind):
            continue
        tree = next((node for node in make.pack.scoring if f"scoring.{node.id}" == one.per), None)
        step.parts.append(
            FilesAsked(
                one,
                (make.number(one.count) or 1),
                make.number((one.video or {}).get("max_minutes")),
                None if _settled(make, one.when) else one.when,
                tuple(_leaves(tree)) if tree else (),
            )
        )


def _leaves(node: ScoreNode, under: str = "") -> list[Indicator]:
    if not node.of:
        return [Indicator(node.id, node.shown, under, node.gloss, node.evidence)]
    inner = node.shown if under or any(not one.of for one in node.of) else ""
    return [leaf for one in node.of for leaf in _leaves(one, inner)]
