"""The notice clause by clause: its text, its misprints, and what the pack makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongjiang.rules.programmes.coverage import ClauseUse, coverage
from gongjiang.rules.programmes.extending.provenance import labels_of
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.sections import SECTIONS

KINDS: Mapping[str, str] = {
    "info": "说明",
    "org": "机构",
    "quota": "名额",
    "rule": "条件",
    "rubric": "评分",
    "procedure": "程序",
    "form": "表格材料",
    "time": "时间",
    "benefit": "待遇",
    "duty": "要求",
}


@dataclass(frozen=True)
class Use:
    """What rests on a clause: a section of the pack and the item as people call it."""

    section: str
    label: str


@dataclass(frozen=True)
class ClauseView:
    """One clause as the page shows it. `corrections`: (printed, meant)."""

    id: str
    kind: str
    text: str
    note: str
    uses: tuple[Use, ...]
    corrections: tuple[tuple[str, str], ...]
    uncovered: bool

    @property
    def grouped(self) -> dict[str, list[str]]:
        """Labels by section, in the order of the pack."""
        found: dict[str, list[str]] = {}
        for one in self.uses:
            labels = found.setdefault(one.section, [])
            if one.label and one.label not in labels:
                labels.append(one.label)
        return found


def clause_views(pack: Pack) -> list[ClauseView]:
    """All clauses in the order of the notice."""
    return _views(pack, coverage(pack).clauses)


def upper_views(pack: Pack) -> list[ClauseView]:
    """The clauses of the notices above that something here rests on."""
    return _views(pack, tuple(one for one in coverage(pack).above if one.items))


def _views(pack: Pack, found: tuple[ClauseUse, ...]) -> list[ClauseView]:
    texts = clause_texts(pack)
    notes = {one.id: one.note or "" for one in (pack.notice.clauses if pack.notice else ())}
    wrong: dict[str, list[tuple[str, str]]] = {}
    for one in pack.notice.corrections if pack.notice else ():
        wrong.setdefault(one.clause, []).append((one.printed, one.meant))
    labels = _labels(pack)
    return [
        ClauseView(
            one.id,
            KINDS.get(one.kind, one.kind),
            texts.get(one.id, ""),
            notes.get(one.id, ""),
            tuple(_use(item, labels) for item in one.items),
            tuple(wrong.get(one.id, ())),
            one.uncovered,
        )
        for one in found
    ]


def clause_texts(pack: Pack) -> dict[str, str]:
    """Text by clause id, to show beside a question; clauses of the notices above too."""
    return {one.id: one.text for one in pack.all_clauses}


@dataclass(frozen=True)
class Quoted:
    """Requirements in the notice's own words. `corrections`: (printed, meant)."""

    clause: str
    text: str
    corrections: tuple[tuple[str, str], ...] = ()


def rubrics(pack: Pack) -> dict[str, tuple[Quoted, ...]]:
    """The requirements that a judgement rests on, by its id: clauses of kind rubric (ledger J-15, X-07)."""
    wrong: dict[str, list[tuple[str, str]]] = {}
    for one in pack.notice.corrections if pack.notice else ():
        wrong.setdefault(one.clause, []).append((one.printed, one.meant))
    texts = {
        one.id: Quoted(one.id, one.text, tuple(wrong.get(one.id, ())))
        for one in pack.all_clauses
        if one.kind == "rubric"
    }
    return {
        one.id: tuple(texts[name] for name in one.cite if name in texts)
        for one in pack.judgements
        if texts.keys() & set(one.cite)
    }


def rubrics_beside(pack: Pack) -> dict[str, tuple[Quoted, ...]]:
    """The same by what is written or handed in for it: fields and attachments that judgements rest on."""
    by_judgement = rubrics(pack)
    found: dict[str, dict[str, Quoted]] = {}
    for one in pack.judgements:
        for name in one.basis:
            found.setdefault(name, {}).update({text.clause: text for text in by_judgement.get(one.id, ())})
    return {name: tuple(texts.values()) for name, texts in found.items() if texts}


def _use(item: str, labels: Mapping[str, str]) -> Use:
    section, _, name = item.partition(".")
    last = name.rpartition(".")[2]
    found = labels.get(item) or labels.get(f"{section}.{last}") or labels.get(last)
    return Use(SECTIONS.get(section, section), found or name)


def _labels(pack: Pack) -> dict[str, str]:
    """`rules.years_trade` → what people call it; nested items (sheets' parties, routes) by their own id too."""
    found: dict[str, str] = {}
    for section in SECTIONS:
        value = getattr(pack, section, None)
        if isinstance(value, Mapping):
            items = [(key, getattr(one, "label", "") or key) for key, one in value.items()]
        elif isinstance(value, tuple):
            items = [(one.id, _shown(one)) for one in value if hasattr(one, "id")]
        else:
            items = []
        found |= {f"{section}.{key}": label for key, label in items}
    found[f"pack.{pack.id}"] = pack.pack.title
    named = labels_of(pack)
    found |= {f"departs.{one.id}": named[one.id] for one in pack.departs if one.id in named}
    for sheet in pack.opinions:
        found |= {f"opinions.{one.id}": f"{sheet.shown}：{one.shown}" for one in sheet.parties}
    found |= dict(pack.vocabulary.scores)
    for stage in pack.stages:
        found |= {f"stages.{one.id}": one.shown for one in getattr(stage, "routes", ())}
    return found


def _shown(one: object) -> str:
    shown = getattr(one, "shown", None) or getattr(one, "question", None) or getattr(one, "when", None)
    return str(shown or getattr(one, "id", ""))
