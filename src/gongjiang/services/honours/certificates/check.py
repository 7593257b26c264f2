"""Check a certificate: by its number, or by the file itself. Nothing that is brought is kept.

What is answered is worked out anew each time from the honour as it stands; only what was public about the person is
shown, and nothing but name, title and number once the honour doesn't stand.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from gongjiang.documents.certificate.read import is_pdf, read
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import Certificate, StandingChange
from gongjiang.rules.honours.certificates.numbers import code_in
from gongjiang.rules.honours.certificates.proof import holds
from gongjiang.rules.honours.standing import Standing, Worth, worth
from gongjiang.services.honours.certificates.keys import credential_key, issuer, pdf_signer

LONGEST: Final = 2 * 1024 * 1024


class Forged(BadInput):
    """What was brought isn't a certificate of ours, or not as we issued it."""

    status = 422


@dataclass(frozen=True)
class Checked:
    """The answer. `shown`: labels and texts that were public; `since`: the day the honour ceased to stand, if told;
    `by`: number, pdf or credential; `test`: the file was signed by a test key."""

    worth: Worth
    number: str
    code: str
    name: str
    title: str
    trainee: bool
    edition: str
    issuers: tuple[str, ...]
    document: str
    issued_on: date
    shown: tuple[tuple[str, str], ...]
    since: date | None
    honour_id: int | None
    by: str = "number"
    test: bool = False


def by_number(typed: str, at: datetime) -> Checked:
    """Raises BadInput for what no number looks like, NotFound for one that was never given."""
    return _answer(_of_code(code_in(typed)), at, "number", False)


def by_file(data: bytes, at: datetime) -> Checked:
    """A PDF or a credential (JSON). Raises BadInput for another file, Forged for one that isn't ours."""
    if not data:
        raise BadInput("文件是空的，请重新选择。", "The file is empty.", place="文件")
    if len(data) > LONGEST:
        raise BadInput("文件超过 2 MB。本平台的证书不到 200 KB，这不是原件。", "Too large to be ours.", place="文件")
    if is_pdf(data):
        return _by_pdf(data, at)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if text.startswith("{"):
        return _by_credential(text, at)
    raise BadInput(
        "只能核验本平台签发的 PDF 证书或 JSON 凭证。照片、扫描件请按编号核验。",
        "Only PDF certificates or credentials; for a photo check by number.",
        place="文件",
    )


def _by_pdf(data: bytes, at: datetime) -> Checked:
    found = read(data)
    if not found.signed:
        raise Forged(
            "这份 PDF 没有电子签名，不是本平台签发的原件（另存、打印、截图得来的也没有）。请按编号核验。",
            "This PDF carries no signature.",
            place="文件",
        )
    signer = pdf_signer()
    ours = found.fingerprint == signer.fingerprint or (
        found.fingerprint != "" and Certificate.objects.filter(signer=found.fingerprint).exists()
    )
    if found.fingerprint and not ours:
        raise Forged(
            f"这份 PDF 由“{found.signer}”签名，不是本平台的签名证书，不是本平台签发的。",
            "Signed by somebody else's key.",
            place="文件",
        )
    if not found.whole:
        raise Forged(
            "这份 PDF 签发后被改动过，签名对不上，不能作为证书使用。", "Altered after it was signed.", place="文件"
        )
    row = _rows().filter(digest=hashlib.sha256(data).hexdigest()).first()
    if row is None:
        row = _of_code(code_in(found.number))
    return _answer(row, at, "pdf", signer.test and found.fingerprint == signer.fingerprint)


def _by_credential(text: str, at: datetime) -> Checked:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Forged("这份凭证读不出来：不是完整的 JSON，或内容已损坏。", "Not readable JSON.", place="文件") from error
    ours, given = issuer(), told.get("issuer")
    whose = given.get("id") if isinstance(given, Mapping) else given
    if not whose:
        raise Forged("这份 JSON 不是凭证：没有写明由谁签发。", "No issuer: not a credential.", place="文件")
    if whose != ours.did:
        raise Forged(f"这份凭证由“{str(whose)[:80]}”签发，不是本平台（{ours.did}）。", "Another issuer.", place="文件")
    if not told.get("proof"):
        raise Forged("这份凭证自称由本平台签发，但没有签名，不是原件。", "It carries no proof.", place="文件")
    if not holds(told, credential_key().public_key(), ours.key_id):
        raise Forged(
            "这份凭证自称由本平台签发，但签名对不上：内容被改动过，或是伪造的。", "The proof fails.", place="文件"
        )
    if "OpenBadgeCredential" not in told["type"]:
        raise BadInput("这是状态清单，不是证书的凭证。", "A status list, not a credential.", place="文件")
    code = str(told["id"]).rstrip("/").rpartition("/")[2]
    return _answer(_of_code(code_in(code)), at, "credential", False)


def _rows() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("honour")


def _of_code(code: str) -> Certificate:
    row = _rows().filter(code=code).first()
    if row is None:
        raise NotFound(
            "没有这个编号的证书。请对照证书重新输入；仍查不到的，不是本平台签发的证书。",
            "No certificate has this number.",
            place="证书编号",
        )
    return row


def worth_of(row: Certificate, at: datetime) -> Worth:
    """What a certificate (loaded with its honour) is worth at a moment."""
    honour = row.honour
    past = honour.until is not None and honour.until < timezone.localtime(at).date()
    return worth(Standing(honour.state), replaced=row.replaced_at is not None, past_term=past)


def _answer(row: Certificate, at: datetime, by: str, test: bool) -> Checked:
    face, honour, value = row.face, row.honour, worth_of(row, at)
    valid = value is Worth.VALID
    shown = [(one["label"], one["text"]) for key, one in honour.shown.items() if key != "name"] if valid else []
    return Checked(
        worth=value,
        number=row.number,
        code=row.code,
        name=face["name"],
        title=face["title"],
        trainee=honour.state == Standing.TRAINEE,
        edition=face["edition"],
        issuers=tuple(face["issuers"]),
        document=face["document"],
        issued_on=date.fromisoformat(face["issued_on"]),
        shown=tuple(shown),
        since=_since(row, value),
        honour_id=honour.pk if valid else None,
        by=by,
        test=test,
    )


def _since(row: Certificate, value: Worth) -> date | None:
    if value is Worth.VALID:
        return None
    if value is Worth.REPLACED:
        return timezone.localtime(row.replaced_at).date() if row.replaced_at else None
    last = StandingChange.objects.filter(honour_id=row.honour_id, after=row.honour.state).order_by("-id").first()
    return timezone.localtime(last.at).date() if last else row.honour.until
