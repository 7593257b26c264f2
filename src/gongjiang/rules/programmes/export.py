"""A pack as one file to edit and run, under a note of where it came from."""

from typing import Final

from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.pack import PackFile
from gongjiang.rules.programmes.source import read
from gongjiang.rules.programmes.writing import write

_MARK: Final = "# 导出自"
_USE: Final = "可修改后用 gongjiang check 检查、gongjiang rehearse 试运行"


def export(text: str, file: str, version_of: str) -> str:
    """The pack's own text, with its comments, under a head line. Raises PackError if it can't be read.

    Nothing else is changed: exporting twice is exporting once. The notice is named by file, and found again beside
    the new file or in the package.
    """
    read(text, file)
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    kept = "".join(lines[1:] if lines and lines[0].startswith(_MARK) else lines)
    head = f"{_MARK} {version_of}；{_USE}。\n"
    return head + kept + ("" if kept.endswith("\n") else "\n")


def flat(pack: Pack, version_of: str) -> str:
    """A pack under others as one: each item with its `origin`, nothing extended any more.

    What the file says from then on is its own: it isn't compared with the upper pack again.
    """
    data = dict(pack.source.data)
    data["pack"] = {key: one for key, one in data["pack"].items() if key != "extends"}
    data.pop("departs", None)
    order = [one for one in PackFile.model_fields if one in data]
    above = "、".join(f"{one.title}（{one.id}@{one.version}）" for one in pack.uppers)
    head = (
        f"{_MARK[2:]} {version_of}，已与上级包合并：{above}；{_USE}。",
        "origin 注明各项出自哪个上级包；本文件此后不再随上级包核对。",
    )
    return write({section: data[section] for section in order}, head)
