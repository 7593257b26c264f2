"""Forms ask for fields that exist, show sheets that exist, and print only what they can know."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.names import items
from gongjiang.rules.programmes.problems import Path, did_you_mean
from gongjiang.rules.programmes.processes import KIND
from gongjiang.rules.programmes.schema.cultivation import MENTORS

CASE: Final = frozenset({
    "award", "tier", "route", "nominator", "exception", "subject", "number", "fill_date", "serial",
})  # fmt: skip
"""Facts of a case that every form may print, beside its roles and the catalogue's fields of a case."""

_SLOT: Final = re.compile(r"\{([^{}]*)\}")


def cells(draft: Draft) -> Iterator[tuple[Path, Any]]:
    """Every cell of every form: grid rows, items, columns of summary sheets."""
    for pattern in ("forms.*.blocks.*.rows.*.*", "forms.*.blocks.*.items.*", "forms.*.columns.*"):
        yield from draft.find(pattern)


def asked_fields(draft: Draft) -> frozenset[str]:
    """Fields of the subject that some form asks for."""
    found = set()
    for _, cell in cells(draft):
        word = cell if isinstance(cell, str) else cell.get("field") if isinstance(cell, dict) else None
        found |= set(word_list(word))
        if isinstance(cell, dict):
            found |= set(word_list(cell.get("fields")))
    found |= {word for _, word in draft.words("forms.*.blocks.*.field")}
    return frozenset(found | {word for _, word in draft.words("forms.*.blocks.*.confirms")})


@lint("form.field", "表单所填字段须在目录或本包字段中")
def fields(draft: Draft) -> Iterator[Finding]:
    """Cells, text and rows blocks, confirmations, attachments in cells, facts of the case."""
    for path, cell in cells(draft):
        yield from _cell(path, cell, draft)
    for pattern in ("forms.*.blocks.*.field", "forms.*.blocks.*.confirms"):
        for path, word in draft.words(pattern):
            if not draft.names.columns(word):  # a relation to several is shown as rows, too
                yield from _field(path, word, draft)


@lint("form.column", "明细表的列须在该明细中")
def columns(draft: Draft) -> Iterator[Finding]:
    """Columns of a rows block, and what a summary column joins from a row."""
    for path, block in draft.items("forms.*.blocks.*"):
        if block.get("type") == "rows" and isinstance(block.get("field"), str):
            yield from _columns((*path, "columns"), block["field"], block.get("columns"), draft)
            yield from _columns((*path, "supplement_columns"), block["field"], block.get("supplement_columns"), draft)
    for path, cell in cells(draft):
        if isinstance(cell, dict) and isinstance(cell.get("rows"), str):
            known = draft.names.columns(cell["rows"])
            if not known:
                yield _unknown(path, cell["rows"], "明细", "row group", draft.names.ids["group"])
            yield from _columns((*path, "join"), cell["rows"], cell.get("join"), draft)


@lint("form.party", "意见栏须是该意见表的一方")
def parties(draft: Draft) -> Iterator[Finding]:
    """Parties that an opinions block shows."""
    for path, block in draft.items("forms.*.blocks.*"):
        known = draft.names.parties.get(str(block.get("sheet")))
        for word in word_list(block.get("parties")):
            if known is not None and word not in known:
                yield _unknown((*path, "parties"), word, "意见方", "party", dict.fromkeys(known, ""))


@lint("form.computed", "自动填写的内容只能引用案卷与字段")
def computed(draft: Draft) -> Iterator[Finding]:
    """`by` and the `{…}` of a computed block's values."""
    for path, block in draft.items("forms.*.blocks.*"):
        if isinstance(block.get("by"), str) and not _path_known(block["by"], draft):
            yield _unknown((*path, "by"), block["by"], "字段或案卷事实", "path", draft.names.ids["field"])
        values = block.get("values")
        for key, text in (values if isinstance(values, dict) else {}).items():
            for word in _SLOT.findall(text) if isinstance(text, str) else []:
                if not _path_known(word, draft):
                    yield _unknown((*path, "values", key), word, "字段或案卷事实", "path", draft.names.ids["field"])


@lint("basis", "认定依据须是字段、材料或表")
def basis(draft: Draft) -> Iterator[Finding]:
    """What a judgement rests on: a field, an attachment, an opinion sheet, a form."""
    ids = draft.names.ids
    known = {**ids["field"], **ids["attachment"], **ids["opinion"], **ids["form"]}
    for path, word in draft.words("judgements.*.basis"):
        if word not in known:
            yield _unknown(path, word, "字段、材料或表", "field, attachment or sheet", known)


@lint("attachment.per", "材料逐项上传所据的计分表须存在")
def attachment_per(draft: Draft) -> Iterator[Finding]:
    """`per: scoring.<node>`."""
    for path, word in draft.words("attachments.*.per"):
        node = word.removeprefix("scoring.")
        if node not in draft.names.ids["score"]:
            yield _unknown(path, node, "计分项", "scoring node", draft.names.ids["score"])


def _cell(path: Path, cell: Any, draft: Draft) -> Iterator[Finding]:
    if isinstance(cell, str):
        yield from _field(path, cell, draft)
    if not isinstance(cell, dict):
        return
    if isinstance(cell.get("field"), str):
        yield from _field((*path, "field"), cell["field"], draft)
    for index, word in enumerate(word_list(cell.get("fields"))):
        yield from _field((*path, "fields", index), word, draft)
    if isinstance(cell.get("attach"), str) and cell["attach"] not in draft.names.ids["attachment"]:
        yield _unknown((*path, "attach"), cell["attach"], "附件材料", "attachment", draft.names.ids["attachment"])
    if isinstance(cell.get("case"), str) and not _path_known(f"case.{cell['case']}", draft):
        yield _unknown((*path, "case"), cell["case"], "案卷事实", "case fact", _case(draft))


def _field(path: Path, word: str, draft: Draft) -> Iterator[Finding]:
    kinds = _kinds(path, draft)
    if _path_known(word, draft, kinds):
        return
    if draft.names.field(word) is not None:
        subjects = "、".join(draft.names.ids["subject"].get(one, one) for one in kinds)
        text = f"“{word}”不是这张表的对象（{subjects}）的字段。"
        yield Finding(
            path, text, f"'{word}' is no field of the kind of subject that this form is for.", "unknown.field"
        )
        return
    yield _unknown(path, word, "字段", "field", draft.names.ids["field"])


def _kinds(path: Path, draft: Draft) -> tuple[str, ...]:
    """The kinds of subject that a form is for; all of the pack where it names no award."""
    forms = draft.data.get("forms")
    index = path[1] if len(path) > 1 else None
    form = forms[index] if isinstance(forms, list) and isinstance(index, int) and index < len(forms) else {}
    awards = word_list(form.get("award")) if isinstance(form, dict) else []
    return tuple(dict.fromkeys(draft.names.awards[one] for one in awards if one in draft.names.awards))


def _path_known(word: str, draft: Draft, kinds: tuple[str, ...] = ()) -> bool:
    head, _, rest = word.partition(".")
    return rest in _case(draft) if head == "case" else draft.names.field(word, kinds=kinds) is not None


def _case(draft: Draft) -> Mapping[str, str]:
    roles = draft.names.ids["role"]
    return {**dict.fromkeys(CASE, ""), **dict.fromkeys(draft.names.fields.get("case", {}), ""), **roles}


def _columns(path: Path, rows: str, value: Any, draft: Draft) -> Iterator[Finding]:
    known = draft.names.columns(rows)
    inside = value if isinstance(value, list) else []
    for index, one in enumerate(inside):
        word = one.get("field", one.get("id")) if isinstance(one, dict) else one
        if known and isinstance(word, str) and word not in known:
            yield _unknown((*path, index), word, f"“{rows}”的列", "column", dict.fromkeys(known, ""))


def _unknown(path: Path, word: str, kind: str, english: str, known: Mapping[str, str]) -> Finding:
    hint, hint_english = did_you_mean(word, known)
    return Finding(path, f"没有名为“{word}”的{kind}。{hint}", f"No {english} '{word}'.{hint_english}", "unknown.field")


@lint("opinion.mentor", "导师评价须是已有的导师类别，且在命名后的流程里")
def mentors(draft: Draft) -> Iterator[Finding]:
    """`mentor` is a kind of mentors of the pack's (of measures-2025 where it names none), instead of `by`, in a process
    over honours: only there is somebody cultivated."""
    listed = [kind for _, kind in draft.items("cultivation.*.mentors.*")]
    known = {str(one.get("id")): "" for one in listed} or {one.id: "" for one in MENTORS}
    header = draft.data.get("pack")
    over = isinstance(header, dict) and header.get("kind") == KIND
    over = over and not any(one.get("subject") == "unit" for one in items(draft.data, "awards"))
    for path, one in draft.items("opinions.*.parties.*"):
        word, at = one.get("mentor"), (*path, "mentor")
        if word is None:
            continue
        if not over:
            yield Finding(at, "只有对工匠的考核流程里才能请导师评价（mentor）。", "Mentors speak over honours only.")
        elif one.get("by"):
            yield Finding(at, "导师评价由导师本人填写，不能再写 by。", "A mentor's box has no 'by'.")
        elif str(word) not in known:
            hint, english = did_you_mean(str(word), known)
            yield Finding(at, f"没有名为“{word}”的导师类别。{hint}", f"No kind of mentors '{word}'.{english}")


@lint("opinion.parties", "意见表至少有一方")
def sheets(draft: Draft) -> Iterator[Finding]:
    """A sheet without parties would wait for nobody."""
    for path, one in draft.items("opinions.*"):
        if "parties" in one and not items(one, "parties"):
            yield Finding(path, f"意见表“{one.get('id')}”没有签署方。", f"Sheet '{one.get('id')}' has no parties.")
