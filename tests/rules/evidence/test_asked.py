"""Seal and declassification, as far as the notice asks: all but certificates and films bear the seal."""

import pytest

from gongjiang.rules.evidence.asked import amiss, asks_seal, spares_certificates, unanswered
from gongjiang.rules.programmes.schema.material import Attachment

SEALED = Attachment.model_validate(
    {"id": "proof", "label": "材料", "stamped": {"except": ["certificate", "video"]}, "declassified": True}
)
ALL = Attachment.model_validate({"id": "proof", "label": "材料", "stamped": {}})
PLAIN = Attachment.model_validate({"id": "proof", "label": "材料"})


@pytest.mark.ledger("J-13")
@pytest.mark.parametrize(
    ("attachment", "kind", "said", "open_", "wrong"),
    [
        (SEALED, "pdf", ("", ""), ("是否盖章", "是否脱密"), ()),
        (SEALED, "pdf", ("yes", "yes"), (), ()),
        (SEALED, "pdf", ("na", "yes"), (), ()),
        (SEALED, "pdf", ("no", "no"), (), ("未盖章，通知要求加盖公章", "未作脱密处理")),
        (SEALED, "mp4", ("", ""), ("是否脱密",), ()),
        (ALL, "mp4", ("", ""), ("是否盖章",), ()),
        (PLAIN, "pdf", ("", ""), (), ()),
        (PLAIN, "pdf", ("no", "no"), (), ()),
    ],
)
def test_what_is_asked(
    attachment: Attachment, kind: str, said: tuple[str, str], open_: tuple[str, ...], wrong: tuple[str, ...]
) -> None:
    told = {"kind": kind, "stamped": said[0], "declassified": said[1]}
    assert unanswered(attachment, **told) == open_
    assert amiss(attachment, **told) == wrong


def test_certificates() -> None:
    assert spares_certificates(SEALED)
    assert not spares_certificates(ALL)
    assert not spares_certificates(PLAIN)
    assert not asks_seal(PLAIN, "pdf")
