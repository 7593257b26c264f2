"""A notice as a document: what the Word file, the archive page and the rehearsal write."""

from gongjiang.documents.notice import NameList, NoticeText
from gongjiang.kernel.dates import long_date
from gongjiang.models import Notice, NoticeEntry
from gongjiang.services.audit.checkpoints import last_of

CONTACT = {
    "phone": "联系电话",
    "hours": "受理时间",
    "address": "来信来访地址",
    "receiver": "受理部门",
    "email": "电子邮箱",
}


def notice_text(notice: Notice) -> NoticeText:
    """The notice in the form of documents/notice: one list a section; struck names are left out."""
    columns = [(one["id"], one["label"]) for one in notice.shows]
    sections: dict[str, list[NoticeEntry]] = {}
    for entry in notice.entries.order_by("position", "id"):
        if entry.state != NoticeEntry.State.STRUCK:
            sections.setdefault(entry.section, []).append(entry)
    lists = [
        NameList(
            columns=("序号", *(label for _, label in columns)),
            rows=tuple(
                (str(n), *(str(entry.shown.get(name, "")) for name, _ in columns)) for n, entry in enumerate(rows, 1)
            ),
            heading=heading,
        )
        for heading, rows in sections.items()
    ]
    return NoticeText(
        title=notice.title,
        paragraphs=tuple(notice.body.splitlines()),
        lists=tuple(lists),
        issuers=tuple(notice.issuer.split("、")),
        date=long_date(notice.first_day),
        contact=(*contact_lines(notice), *_sealed(notice)),
    )


def _sealed(notice: Notice) -> tuple[tuple[str, str], ...]:
    """What was signed of the log when the notice was posted: a printed notice is a copy outside of the platform."""
    found = last_of(notice.process.edition_id, notice.published_at)
    return (("存证", f"办理日志第{found.size}条，{found.root}"),) if found is not None else ()


def contact_lines(notice: Notice) -> tuple[tuple[str, str], ...]:
    """Label and value of what was given to reach the office by."""
    return tuple((label, str(notice.contact[key])) for key, label in CONTACT.items() if notice.contact.get(key))
