"""What is said of a file besides its bytes, as far as the notice asks: does it bear the seal, was it declassified?"""

from gongjiang.rules.evidence.kinds import Kind
from gongjiang.rules.programmes.schema.material import Attachment

FILM = Kind.MP4.value


def asks_seal(attachment: Attachment, kind: str) -> bool:
    """Must a file of this kind bear the seal, unless it is a certificate where those need none?"""
    spared = attachment.stamped.except_ if attachment.stamped is not None else ()
    return attachment.stamped is not None and not (kind == FILM and "video" in spared)


def spares_certificates(attachment: Attachment) -> bool:
    """Do certificates need no seal?"""
    return attachment.stamped is not None and "certificate" in attachment.stamped.except_


def unanswered(attachment: Attachment, *, kind: str, stamped: str, declassified: str) -> tuple[str, ...]:
    """What is asked and not said yet."""
    found = ("是否盖章",) if asks_seal(attachment, kind) and not stamped else ()
    return (*found, "是否脱密") if attachment.declassified and not declassified else found


def amiss(attachment: Attachment, *, kind: str, stamped: str, declassified: str) -> tuple[str, ...]:
    """What was said and is not as the notice asks."""
    found = ("未盖章，通知要求加盖公章",) if asks_seal(attachment, kind) and stamped == "no" else ()
    return (*found, "未作脱密处理") if attachment.declassified and declassified == "no" else found
