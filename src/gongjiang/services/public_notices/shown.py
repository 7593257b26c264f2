"""What the public sees of a case: the fields of the pack's list, as text, and nothing else."""

from collections.abc import Sequence
from datetime import date

from gongjiang.kernel.decision import Decision
from gongjiang.models import Case
from gongjiang.rules.programmes.schema.base import Words
from gongjiang.rules.programmes.values import is_blank
from gongjiang.rules.programmes.vocabulary import CASE_LABELS, FieldSpec
from gongjiang.rules.public_notices.gate import Finding, decide, scan_cells, scan_text
from gongjiang.services.nominations.facts import case_facts
from gongjiang.services.nominations.shown import shown
from gongjiang.services.people.sealing import SECRET_TYPES
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.tiers import tiers_of

NEVER = SECRET_TYPES | {"photo", "file", "rows"}


def columns_of(programme: Programme, shows: Words) -> list[dict[str, str]]:
    """Id and label of each column; secret types are never one, whatever a pack says."""
    words = programme.pack.vocabulary
    found: list[dict[str, str]] = []
    for name in shows:
        if name.startswith("case."):
            key = name.removeprefix("case.")
            found.append({"id": name, "label": CASE_LABELS.get(key) or words.roles.get(key, key)})
        elif name in words.fields and words.fields[name].type not in NEVER:
            found.append({"id": name, "label": words.fields[name].shown})
    return found


def cells_of(programme: Programme, case: Case, columns: Sequence[dict[str, str]]) -> dict[str, str]:
    """Text by column id. A name that was never filled in is the case's title."""
    words = programme.pack.vocabulary
    about = _about(programme, case)
    cells: dict[str, str] = {}
    for column in columns:
        name = column["id"]
        if name.startswith("case."):
            cells[name] = about.get(name.removeprefix("case."), "")
            continue
        spec = words.fields[name]
        text = _text(programme, spec, case.values.get(name))
        cells[name] = text or (case.title if name == "name" else "")
    return cells


def _about(programme: Programme, case: Case) -> dict[str, str]:
    """Facts of the case as words: award and tier by their labels."""
    tier = next((one.shown for one in tiers_of(programme, case.award) if one.id == case.standing), "")
    said = {name: str(value or "") for name, value in case_facts(programme, case).items()}
    return said | {"award": programme.award(case.award).shown, "tier": tier}


def _text(programme: Programme, spec: FieldSpec, raw: object) -> str:
    if is_blank(raw) or spec.type in NEVER:
        return ""
    if spec.id == "birth":  # of a birth date never more than the year
        return f"{str(raw)[:4]}年"
    return shown(programme, spec, raw)


def section_of(programme: Programme, case: Case) -> str:
    """The heading under which a case stands: its award and tier, where the programme has several of them."""
    award = programme.award(case.award)
    parts = [award.shown] if len(programme.awards) > 1 else []
    tiers = tiers_of(programme, case.award)
    if len(tiers) > 1 and case.standing:
        parts.append(next((one.shown for one in tiers if one.id == case.standing), case.standing))
    return "　".join(parts)[:80]


def scan(
    title: str, paragraphs: Sequence[str], columns: Sequence[dict[str, str]], rows: Sequence[dict[str, str]], on: date
) -> list[Finding]:
    """Everything a page will say, looked through for numbers of people (the gate of rules/public_notices)."""
    found = list(scan_text(title, "标题", on=on))
    for n, text in enumerate(paragraphs, 1):
        found += scan_text(text, f"正文第{n}段", on=on)
    heading = [one["label"] for one in columns]
    found += scan_cells(heading, [[row.get(one["id"], "") for one in columns] for row in rows], "名单", on=on)
    return found


def gate(findings: Sequence[Finding]) -> Decision:
    """No finding, or each told with its place."""
    return decide(findings)
