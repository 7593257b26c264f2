"""What a report consists of: sections that the unit writes, levels and reach of its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LIMIT: Final = 3000
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Section:
    """One part that the unit writes. `limit`: 字 at most; `must`: it can't be left empty."""

    id: str
    label: str
    hint: str = ""
    limit: int = LIMIT
    must: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of report. `reach`: 'own' for what the unit organises itself and nominates, 'tree' for whatever lies
    under it as well; `levels`: of the honours counted, all if none is named; `due`: the time of the pack `pack` by
    which it is due, and `role` who owes it there, both empty where the union that asks says so."""

    id: str
    label: str
    sections: tuple[Section, ...]
    cite: str = ""
    reach: str = "tree"
    levels: tuple[str, ...] = ()
    pack: str = ""
    due: str = ""


def read_template(raw: Mapping[str, Any]) -> Template:
    """A template out of data: of the catalogue, or frozen with a call."""
    sections = tuple(
        Section(
            str(one["id"]), str(one["label"]), str(one.get("hint", "")), int(one.get("limit", LIMIT)),
            bool(one.get("must", True)),
        )
        for one in raw["sections"]
    )  # fmt: skip
    return Template(
        str(raw["id"]),
        str(raw["label"]),
        sections,
        str(raw.get("cite", "")),
        str(raw.get("reach", "tree")),
        tuple(raw.get("levels", ())),
        str(raw.get("pack", "")),
        str(raw.get("due", "")),
    )


def as_data(template: Template) -> dict[str, Any]:
    """The same as data, to be frozen.

    >>> one = Template("a", "报告", (Section("s", "总体"),), levels=("city",))
    >>> read_template(as_data(one)) == one
    True
    """
    sections = [
        {"id": one.id, "label": one.label, "hint": one.hint, "limit": one.limit, "must": one.must}
        for one in template.sections
    ]
    return {
        "id": template.id, "label": template.label, "cite": template.cite, "reach": template.reach,
        "levels": list(template.levels), "pack": template.pack, "due": template.due, "sections": sections,
    }  # fmt: skip


def typed_sections(lines: str) -> tuple[Section, ...]:
    """Sections as somebody typed them, one a line, doubled ones once.

    >>> [one.label for one in typed_sections(" 总体情况\\n\\n下步打算 ")]
    ['总体情况', '下步打算']
    """
    labels = list(dict.fromkeys(one.strip()[:40] for one in lines.splitlines() if one.strip()))[:MOST]
    return tuple(Section(f"s{n}", label) for n, label in enumerate(labels, 1))
