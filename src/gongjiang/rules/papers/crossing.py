"""The paper on the desk and the stamped scan in the file: are they of the same print? A hint with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjiang.rules.papers.staleness import Mark, changed_boxes


@dataclass(frozen=True, slots=True)
class Print:
    """One print of a form. `version` and `place`: which came first (the record's version, then the order of prints);
    `mark`: the eight digits of its page code; `boxes`: what stood in it, as hashes."""

    version: int
    place: int
    mark: str
    boxes: tuple[Mark, ...]

    @property
    def said(self) -> str:
        """As it is called beside the code: 第3版 1a2b3c4d."""
        return f"第{self.version}版 {self.mark[:8]}"


def crossing(label: str, paper: Print, scan: Print) -> str:
    """What is wrong between the paper and the scan of one form and what to do; '' where both say the same. A box left
    open for a pen in the earlier print may be filled in the later one."""
    older, newer = sorted((paper, scan), key=lambda one: (one.version, one.place))
    changed = changed_boxes(older.boxes, newer.boxes)
    if older == newer or not changed:
        return ""
    told = f"{label}：纸质件是{paper.said}，上传的盖章件是{scan.said}，{_named(changed)}不同。"
    if older is paper:
        return f"{told}请补交{scan.said}的盖章原件；纸质件才对的，请重新打印、盖章，两样都换。"
    return f"{told}请把收到的这张纸质件扫描后重新上传。"


def _named(boxes: Sequence[str]) -> str:
    shown = "、".join(f"“{one}”" for one in boxes[:4])
    return f"{shown}等 {len(boxes)} 处" if len(boxes) > 4 else shown
