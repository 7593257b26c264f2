"""Every final decision has its actor, time, rule version, inputs and reason."""

import json
from collections.abc import Iterator

from gongjiang.models import Entry, StageList

NUMBER = 12
LAW = "每个最终决定都有经办人、时间、规则版本、所据版本和理由"
FINAL = ("case.confer", "case.reject", "case.strike", "case.keep", "case.drop")
NEED_REASON = ("case.confer", "case.reject", "case.strike")


def violations() -> Iterator[str]:
    """Entries of decisions that lack something, and closed lists without a meeting or an actor."""
    for seq, action, actor, body in (
        Entry.objects.filter(action__in=FINAL).order_by("seq").values_list("seq", "action", "actor_id", "body")
    ):
        data = json.loads(body)["data"]
        lacks = [name for name in ("pack", "version", "stage", "state") if name not in data]
        if actor is None:
            lacks.append("经办人")
        if action in NEED_REASON and not data.get("reason"):
            lacks.append("理由")
        if lacks:
            yield f"审计第 {seq} 条 {action} 缺 {'、'.join(lacks)}"
    for one in StageList.objects.filter(closed_at__isnull=False).order_by("id"):
        if one.meeting_id is None or one.closed_by_id is None:
            yield f"名单 {one}：缺会议记录或经办人"
