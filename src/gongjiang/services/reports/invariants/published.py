"""A published page shows only the fields that its pack lists; the register shows no more."""

from collections.abc import Iterator

from gongjiang.models import Honour, NoticeEntry, Process
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.programmes.programme import programme_of

NUMBER = 8
LAW = "公开的页面只有项目列出的栏目"


def violations() -> Iterator[str]:
    """Entries and honours with a field that isn't listed."""
    for process in Process.objects.select_related("edition__pack").order_by("id"):
        listed = {one.id: set(one.shows) for one in programme_of(process).stages if isinstance(one, Publish)}
        for entry in NoticeEntry.objects.filter(notice__process=process).select_related("notice").order_by("id"):
            more = set(entry.shown) - listed.get(entry.notice.stage, set())
            if more:
                yield f"{entry}：公示了未列出的 {'、'.join(sorted(more))}"
        every = set().union(*listed.values())
        for honour in Honour.objects.filter(edition=process.edition).order_by("id"):
            more = set(honour.shown) - every
            if more:
                yield f"{honour}：名册显示了未列出的 {'、'.join(sorted(more))}"
