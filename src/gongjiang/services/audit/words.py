"""An entry of the log as people read it, with what is worth saying of it."""

from collections.abc import Mapping
from typing import Any

from gongjiang.services.audit.actions import ROOMS, WORDS


def said(action: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """The action in words, and a remark: the reason, the verdict, how many."""
    words = WORDS.get(action) or f"{ROOMS.get(action.split('.')[0], '')}（{action}）"
    verdict = str(data.get("verdict") or "")
    if action == "judgement.record":
        verdict = f"{data.get('question', '')}：{_plain(data.get('answer'))}"
    elif action in {"edition.bind", "edition.unbind"}:
        verdict = f"{data.get('role', '')}，{len(data.get('organisations', []))} 家"
    elif action == "edition.seat":
        verdict = f"{data.get('post', '')} {data.get('name', '')}"
    reason = str(data.get("reason") or data.get("basis") or data.get("text") or "")
    counts = f"{data['entered']} 人中留 {data['kept']} 人" if "kept" in data and "entered" in data else ""
    return words, "，".join(one for one in (verdict, counts, reason) if one)


def _plain(answer: Any) -> str:
    """An answer as people read it."""
    if isinstance(answer, bool):
        return "是" if answer else "否"
    return "、".join(map(str, answer)) if isinstance(answer, list) else str(answer)
