"""The files of a step: what is asked, what is there, what is on its way in, and what lacks, indicator by indicator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.rules.evidence.asked import amiss, unanswered
from gongjiang.rules.evidence.kinds import Kind
from gongjiang.rules.nominations.form_plan_parts import FilesAsked, Section
from gongjiang.rules.programmes.schema.material import Attachment
from gongjiang.services.evidence.detail import hints_of
from gongjiang.services.evidence.limits import taken_under
from gongjiang.services.evidence.parts import KEPT, unfinished
from gongjiang.services.evidence.recognise import card_text, turned_back
from gongjiang.services.nominations.form import FormPage
from gongjiang.services.nominations.material import lacks_of, needed_of

ICONS = {"pdf": "doc", "docx": "doc", "xlsx": "doc", "jpg": "image", "png": "image", "mp4": "video"}


@dataclass(frozen=True)
class Material:
    """What the page of a step knows of files; empty for steps without any."""

    page: FormPage
    hints: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    coming: tuple[Any, ...] = ()
    sent: Mapping[str, str] = field(default_factory=dict)
    cards: tuple[Any, ...] = ()

    def files(self, part: FilesAsked) -> dict[str, Any]:
        """One attachment: its limits, what is there, and where pieces hang on indicators, each of them."""
        page, one = self.page, part.attachment
        held = [self._file(row, one) for row in page.files if row.attachment == one.id]
        coming = [_coming(row) for row in self.coming if row.attachment == one.id]
        taken = taken_under(part)
        asks = unanswered(one, kind="", stamped="", declassified="")
        short = next((lack for lack in lacks_of(page) if lack.asked == part), None)
        groups = [
            {
                "indicator": leaf,
                "files": [row for row in held if row["indicator"] == leaf.id],
                "coming": [row for row in coming if row["indicator"] == leaf.id],
                "sent": self._sent(one.id, leaf.id),
            }
            for leaf in part.indicators
        ]
        return {
            "kind": "files",
            "part": part,
            "id": one.id,
            "label": one.shown,
            "needed": needed_of(part),
            "taken": taken,
            "files": [row for row in held if not part.indicators or not row["indicator"]],
            "coming": [row for row in coming if not part.indicators or not row["indicator"]],
            "sent": self._sent(one.id, ""),
            "groups": groups,
            "progress": _progress(groups),
            "asks": "、".join(asks),
            "unsaid": sum(bool(row["unsaid"]) for row in held),
            "snap": Kind.JPEG in taken.kinds and not taken.photo,
            "held": len(held),
            "turned_back": [card_text(row, taken=True) for row in self.cards if row.attachment == one.id],
            "open": page.open_files(part),
            "full": len(held) >= taken.most and not taken.photo,
            "short": short.text if short else "",
            "clause": one.clause,
            "originals": one.originals or "",
            "url": reverse("nominations-files", args=[page.case.pk]),
            "letters_url": reverse("letters", args=[page.case.pk]) if one.letters is not None else "",
            "begin_url": reverse("evidence-begin", args=[page.case.pk]),
            "order_url": reverse("evidence-order", args=[page.case.pk]),
        }

    def _sent(self, attachment: str, indicator: str) -> Mapping[str, str]:
        """What was typed for a file that was refused, where it was typed."""
        here = self.sent.get("attachment") == attachment and self.sent.get("indicator", "") == indicator
        return self.sent if here else {}

    def _file(self, row: Any, asked: Attachment) -> dict[str, Any]:
        size = f"{max(row.size / 1_000_000, 0.1):.1f} MB"
        length = f"{row.pages} 页，" if row.pages else _minutes(row.seconds) if row.seconds else ""
        said = {"kind": row.kind, "stamped": row.stamped, "declassified": row.declassified}
        return {
            "id": row.pk,
            "name": row.title,
            "note": f"{length}{size}",
            "icon": ICONS.get(row.kind, "doc"),
            "url": reverse("evidence-view", args=[row.pk]),
            "picture": reverse("evidence-page", args=[row.pk, 0]) if row.previews or row.kind in {"jpg", "png"} else "",
            "remove_url": reverse("nominations-file-remove", args=[self.page.case.pk, row.pk]),
            "indicator": row.indicator,
            "unsaid": unanswered(asked, **said),
            "hints": (*self.hints.get(row.pk, ()), *amiss(asked, **said)),
        }


def material_of(actor: Actor, page: FormPage, here: Section, posted: Mapping[str, str]) -> Material:
    """For one step, in three queries; none where no files are asked. `posted`: what came with a file just refused."""
    if not any(isinstance(part, FilesAsked) for part in here.parts) or not page.editable:
        return Material(page)
    hints = hints_of(page.programme, page.case, page.files)
    sent = {name: posted.get(name, "") for name in ("attachment", "indicator", "title")}
    return Material(page, hints, tuple(unfinished(actor, page.case)), sent, tuple(turned_back(page.case)))


def _progress(groups: list[dict[str, Any]]) -> dict[str, Any] | None:
    """How many indicators have pieces, power by power; None where pieces hang on none."""
    if not groups:
        return None
    powers: dict[str, dict[str, Any]] = {}
    for one in groups:
        power = powers.setdefault(one["indicator"].under, {"label": one["indicator"].under, "done": 0, "total": 0})
        power["total"] += 1
        power["done"] += bool(one["files"])
    wanting = [one["indicator"].label for one in groups if not one["files"]]
    return {
        "total": len(groups),
        "done": len(groups) - len(wanting),
        "wanting": wanting,
        "powers": [one for one in powers.values() if one["label"]],
    }


def _coming(row: Any) -> dict[str, Any]:
    last = timezone.localtime(row.touched_at + KEPT)
    return {
        "name": row.name,
        "indicator": row.indicator,
        "percent": 100 * row.received // row.size,
        "far": f"{row.received / 1_000_000:.1f} / {row.size / 1_000_000:.1f} MB",
        "until": f"{last.month}月{last.day}日",
        "give_up_url": reverse("evidence-give-up", args=[row.pk]),
    }


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}分{seconds % 60}秒，"
