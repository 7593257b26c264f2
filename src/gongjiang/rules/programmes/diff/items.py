"""A pack as items that can be laid side by side: each with its clauses, and its properties in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gongjiang.rules.programmes.diff.labels import KEYS, LISTED, SILENT, SOURCES, WORDS
from gongjiang.rules.programmes.diff.words import Speaker
from gongjiang.rules.programmes.sections import SECTIONS

Entries = tuple[tuple[str, str], ...]
"""A list told entry by entry: what each is called, and what is said of it."""

HEAD: Final = 20
"""So many characters of a text without label stand for it."""
MANY: Final = 12
FEW: Final = 6
"""A list with more entries than `MANY` is told by its first few."""
DERIVED: Final = frozenset({"hash", "catalogue", "clauses", "warnings"})


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a section. `properties`: what is said of it, by its word; `reads`: what its condition depends on."""

    section: str
    id: str
    label: str
    cite: tuple[str, ...]
    properties: Mapping[str, str | Entries]
    raw: Any = None
    reads: frozenset[str] = field(default_factory=frozenset)

    @property
    def gist(self) -> str:
        """All properties in one line."""
        return "；".join(f"{key}：{text_of(one)}" for key, one in self.properties.items() if one)


def text_of(value: str | Entries) -> str:
    """A property in one line; of a long list its beginning and how long it is."""
    if isinstance(value, str):
        return value
    said = [f"{key}（{text}）" if text else key for key, text in value]
    return "、".join(said) if len(said) <= MANY else f"{'、'.join(said[:FEW])}等{len(said)}项"


def sections_of(speaker: Speaker) -> dict[str, tuple[Item, ...]]:
    """All items of a pack by section, sections in the order people read them."""
    pack = speaker.pack
    written = [name for name in type(pack).model_fields if name not in DERIVED]
    names = [name for name in SECTIONS if name in written] + [name for name in written if name not in SECTIONS]
    data = pack.model_dump(by_alias=True, exclude=set(DERIVED), exclude_defaults=True)
    return {name: tuple(_items(speaker, name, data.get(name))) for name in names}


def _items(speaker: Speaker, section: str, data: Any) -> Iterator[Item]:
    if section in {"pack", "notice"} and isinstance(data, Mapping):
        yield _item(speaker, section, section, SECTIONS[section], data)
    elif section == "scoring":
        for root in data or ():
            yield from _scores(speaker, root, 0, "")
    elif isinstance(data, Mapping):
        for name, one in data.items():
            label = one.get("label") or (speaker.name(str(name), ("groups",)) if section == "groups" else name)
            yield _item(speaker, section, str(name), str(label), one)
    elif isinstance(data, list | tuple):
        for one in data:
            label = one.get("label") or one.get("name") or one.get("question") or one.get("when") or one.get("id")
            name = str(one.get("id") or label or "、".join(one.get("fields") or one.get("award") or (section,)))
            yield _item(
                speaker, section, name, _label(speaker, section, label, one), {**_always(speaker, section, name), **one}
            )


def _always(speaker: Speaker, section: str, name: str) -> dict[str, Any]:
    """What is told of an item even where it is as usual."""
    if section == "stages":
        return {"type": next(stage.type for stage in speaker.pack.stages if stage.id == name)}
    return {"force": "hard"} if section in {"rules", "pools"} else {}


def _label(speaker: Speaker, section: str, label: Any, one: Mapping[str, Any]) -> str:
    if section == "departs":  # names an item of another section: roles.recommender
        home, _, name = str(label).partition(".")
        return f"{SECTIONS.get(home, home)}“{speaker.name(name, (home,))}”" if name else str(label)
    if isinstance(label, str):
        return label
    return speaker.say(one.get("fields") or one.get("id"), "fields")


def _scores(speaker: Speaker, node: Mapping[str, Any], depth: int, under: str) -> Iterator[Item]:
    """A tree node by node; one below a part of the tree is called with it: 引领力·勇挑重担."""
    label = f"{under}{node.get('label') or node['id']}"
    yield _item(speaker, "scoring", str(node["id"]), label, {key: one for key, one in node.items() if key != "of"})
    for one in node.get("of", ()):
        yield from _scores(speaker, one, depth + 1, f"{label}·" if depth else "")


def _item(speaker: Speaker, section: str, name: str, label: str, raw: Mapping[str, Any]) -> Item:
    cite = raw.get("cite", ())
    rows = str(raw.get("rows") or "") if section == "scoring" else ""
    properties = {
        KEYS.get(key, key): _told(speaker, section, key, value, rows)
        for key, value in raw.items()
        if key not in SILENT and value != label and not (section == "scoring" and key == "label")
    }
    properties |= _own_words(speaker, section, name, raw)
    boxes = _boxes(speaker, raw) if section == "forms" else _columns(speaker, raw)
    if boxes:
        properties["栏目"] = boxes
    reads = frozenset[str]()
    if section == "rules" and (condition := speaker.read(raw["check"])) is not None:
        reads = frozenset(f"{one.kind}.{one.key}" for one in condition.reads() if one.kind != "param")
    shown = {key: one for key, one in properties.items() if one}
    return Item(section, name, label, tuple([cite] if isinstance(cite, str) else cite), shown, raw, reads)


def _own_words(speaker: Speaker, section: str, name: str, raw: Mapping[str, Any]) -> dict[str, str | Entries]:
    """Properties that a section tells in its own way."""
    if section == "params":
        return {"数值": speaker.param(name), "单位": ""}
    if section in {"questions", "judgements"}:
        one = next(one for one in getattr(speaker.pack, section) if one.id == name)
        default = one.takes.options.get(str(one.default)) or speaker.say(one.default)
        return {"答案": speaker.answer(one), "暂定": default}
    if section == "tables":
        return {"由": "", "查自": "、".join(speaker.name(one, ("paths",)) for one in raw["by"])}
    if section == "tests":
        rules = {key: WORDS["expect"].get(str(one), str(one)) for key, one in raw.get("expect", {}).items()}
        return {"应得": tuple((speaker.name(key, ("rules",)), one) for key, one in rules.items())}
    if section == "cultivation":
        return _template(speaker, raw.get("template") or {})
    if section == "notice":
        return {"原文": "{file}（{chars}字）".format_map(raw["source"])}
    return {}


def _template(speaker: Speaker, template: Mapping[str, Any]) -> dict[str, str | Entries]:
    """A plan's template line by line: what is done, for which power, by whom."""
    found: dict[str, str | Entries] = {"方案模板": "", "总目标": str(template.get("aim") or "")}
    for key in ("goals", "measures", "milestones"):
        found[KEYS[key]] = tuple(
            (
                str(one.get("text") or one.get("title")),
                speaker.say({name: one[name] for name in ("power", "who", "month") if one.get(name)}),
            )
            for one in template.get(key, ())
        )
    return {**found, KEYS["funds"]: "、".join(template.get("funds", ()))}


def _told(speaker: Speaker, section: str, key: str, value: Any, rows: str) -> str | Entries:
    if key in LISTED and isinstance(value, Mapping):
        return tuple((speaker.name(str(name), ("roles",)), speaker.say(one)) for name, one in value.items())
    if key in LISTED and isinstance(value, list | tuple):
        return tuple(_entry(speaker, key, one) for one in value)
    return speaker.say(value, key, rows)


def _entry(speaker: Speaker, key: str, one: Any) -> tuple[str, str]:
    """One entry of a list: its label or itself, and whatever else it says."""
    if not isinstance(one, Mapping):
        return speaker.say(one, key), ""
    named = next((word for word in ("label", "title", "code", "clause", "post", "id") if one.get(word)), "")
    rest = {
        name: value
        for name, value in one.items()
        if name not in SOURCES | {named, "in", *(("code",) if named == "label" else ())}
    }
    within = f"属{one['in']}" if "in" in one else ""
    said = "，".join(part for part in (within, speaker.say(rest)) if part)
    return str(one.get(named) or speaker.say(one)), said if named else ""


def _columns(speaker: Speaker, raw: Mapping[str, Any]) -> Entries:
    """Columns of a row group."""
    found = raw.get("columns")
    return tuple(_entry(speaker, "columns", one) for one in found) if isinstance(found, list | tuple) else ()


def _boxes(speaker: Speaker, form: Mapping[str, Any]) -> Entries:
    """The boxes of a form in the order of the annex, each with what limits it."""
    found = [_cell(speaker, one) for one in form.get("columns", ())]
    for block in form.get("blocks", ()):
        found += _block(speaker, block)
    return tuple(found)


def _block(speaker: Speaker, block: Mapping[str, Any]) -> list[tuple[str, str]]:
    kind = block["type"]
    if kind in {"grid", "line"}:
        return [_cell(speaker, one) for row in (*block.get("rows", ()), block.get("items", ())) for one in row]
    if kind == "checks":
        return [(str(one["title"]), speaker.say(one.get("fields"), "fields")) for one in block.get("items", ())]
    if kind == "opinions":
        sheet = next((one for one in speaker.pack.opinions if one.id == block.get("sheet")), None)
        wanted = block.get("parties", ())
        return [(one.shown, "意见栏") for one in (sheet.parties if sheet else ()) if not wanted or one.id in wanted]
    label = str(
        block.get("label") or speaker.say(block.get("field"), "field") or speaker.say(block.get("attach"), "attach")
    )
    skipped = {"type", "label", "field", "text", "clause", "lines", "columns", "supplement_columns", "attach", "values"}
    about = f"约{speaker.say(block['about'])}" if "about" in block else ""
    said = speaker.say({key: one for key, one in block.items() if key not in skipped | {"by", "about"}})
    rest = "，".join(part for part in (said, about) if part)
    if kind == "rows":
        names = [one if isinstance(one, str) else str(one.get("field")) for one in block.get("columns", ())]
        spec = speaker.pack.vocabulary.columns(str(block.get("field")))
        columns = "、".join(spec[one].shown if one in spec else one for one in names)
        rest = "，".join(one for one in (f"列：{columns}" if columns else "", rest) if one)
    text = str(block.get("text") or "")
    if "clause" in block:
        return [(f"{WORDS['blocks'].get(kind, '')}（{block['clause']}）", rest)]
    said = text if label or len(text) > HEAD else ""
    return [(label or text[:HEAD] or "说明", "，".join(one for one in (rest, said) if one))]


def _cell(speaker: Speaker, one: Any) -> tuple[str, str]:
    """A box: its label; its form of writing where it has one."""
    if isinstance(one, str):
        return speaker.say(one, "field"), ""
    source = next((word for word in ("field", "case", "attach", "rows", "computed") if word in one), "")
    label = str(one.get("label") or speaker.say(one.get(source), "field" if source == "field" else source))
    rest = {key: value for key, value in one.items() if key not in {"label", source, "rowspan", "join"}}
    return label, speaker.say(rest)
