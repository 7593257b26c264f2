"""The naming as a document: what is issued, and its draft before that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.documents.decree import Decree
from gongjiang.documents.notice import NameList
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.models import Honour
from gongjiang.rules.honours.naming import Group, first_words
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.honours.certificates.authority import document_seen, on_document
from gongjiang.services.honours.naming import Naming
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Listed:
    """One line of the annex: the title, the name, what may be shown of them as {field: {label, text}}."""

    title: str
    name: str
    shown: Mapping[str, Mapping[str, str]]
    person: bool = True
    trainee: bool = False


def decree_of(actor: Actor, document_id: int) -> Decree:
    """An issued document. NotFound for who has no part in the naming."""
    document, programme = document_seen(actor, document_id)
    honours = on_document(document).select_related("subject").order_by("id")
    listed = [_honoured(programme, one, confirmed=one.document_id != document_id) for one in honours]
    text = tuple(one for one in document.body.splitlines() if one.strip()) or _words(programme, listed)
    return _decree(
        programme, listed, document.title, document.number, document.issuers, document.addressee, text,
        document.issued_on,
    )  # fmt: skip


def draft_of(naming: Naming, *, number: str, title: str, addressee: str, body: str, day: date) -> Decree:
    """What would be issued now, with the words typed so far."""
    listed = _about(naming)
    text = tuple(one for one in body.splitlines() if one.strip()) or _words(naming.programme, listed)
    return _decree(
        naming.programme, listed, title or naming.title, number, naming.issuers, addressee, text, day
    )  # fmt: skip


def words_of(naming: Naming) -> str:
    """The text that the office begins with, a paragraph a line."""
    return "\n".join(_words(naming.programme, _about(naming)))


def _about(naming: Naming) -> list[Listed]:
    programme = naming.programme
    return [
        Listed(
            one.title,
            one.case.title,
            one.shown,
            programme.award(one.case.award).subject == "person",
            programme.award(one.case.award).confers == "trainee",
        )
        for one in naming.named
    ]


def _honoured(programme: Programme, one: Honour, *, confirmed: bool) -> Listed:
    """As the document named them: a later one, by which a trainee became an artisan, changes nothing in the first."""
    trainee = not confirmed and programme.award(one.award).confers == "trainee"
    title = one.title if confirmed else one.first_title or one.title
    return Listed(title, one.name, one.shown, one.subject.kind == "person", trainee)


def _words(programme: Programme, listed: Sequence[Listed]) -> tuple[str, ...]:
    groups = [
        Group(title, tuple(one.name for one in rows), rows[0].person, rows[0].trainee)
        for title, rows in _by_title(listed).items()
    ]
    title = programme.pack.pack.title
    known = title.endswith(("通知", "办法", "方案", "意见"))
    return first_words(f"《{title}》" if known else f"《关于开展{title}的通知》", groups)


def _by_title(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for one in listed:
        found.setdefault(one.title, []).append(one)
    return found


def _decree(
    programme: Programme,
    listed: Sequence[Listed],
    title: str,
    number: str,
    issuers: Sequence[str],
    addressee: str,
    text: tuple[str, ...],
    day: date,
) -> Decree:
    groups = _by_title(listed)
    word = "入选名单" if listed and all(one.trainee for one in listed) else "命名名单"
    columns = _columns(programme, listed)
    lists = tuple(
        NameList(
            ("序号", "姓名" if all(one.person for one in rows) else "姓名或名称", *columns.values()),
            tuple(
                (str(n), one.name, *(one.shown.get(key, {}).get("text", "") for key in columns))
                for n, one in enumerate(rows, 1)
            ),
            f"{group}（{len(rows)}{'名' if all(one.person for one in rows) else '个'}）" if len(groups) > 1 else "",
        )
        for group, rows in groups.items()
    )
    annex = f"{programme.edition.title}{word}"
    return Decree(title, number, tuple(issuers), addressee, text, annex, lists, long_date(day))


def _columns(programme: Programme, listed: Sequence[Listed]) -> dict[str, str]:
    """What the notice showed beside the name, in the pack's order, with its labels."""
    shows = [key for stage in programme.stages if isinstance(stage, Publish) for key in stage.shows]
    labels: dict[str, str] = {}
    for one in listed:
        for key, said in one.shown.items():
            if key != "name" and said.get("text"):
                labels.setdefault(key, said.get("label", key))
    order = {key: n for n, key in reversed(list(enumerate(shows)))}
    return {key: labels[key] for key in sorted(labels, key=lambda key: (order.get(key, len(shows)), key))}
