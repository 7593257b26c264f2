"""A pack as one file to edit and run: the text as written, with its comments, under a note of where it came from."""

from typing import Final

from gongjiang.rules.programmes.source import read

_MARK: Final = "# 导出自"


def export(text: str, file: str, version_of: str) -> str:
    """The pack's own text with a head line. Raises PackError if it can't be read.

    Nothing else is changed: exporting twice is exporting once. The notice is named by file, and found again beside
    the new file or in the package.
    """
    read(text, file)
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    kept = "".join(lines[1:] if lines and lines[0].startswith(_MARK) else lines)
    head = f"{_MARK} {version_of}；可修改后用 gongjiang check 检查、gongjiang rehearse 试运行。\n"
    return head + kept + ("" if kept.endswith("\n") else "\n")
