"""The code by which a judge of a blind panel knows a nominee. It tells nothing of number, order or unit."""

from django.utils.crypto import salted_hmac

from gongjiang.models import Case
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme

#: No letters or digits that are taken for each other.
_LETTERS = "ACDEFGHJKLMNPQRTUVWXY3479"
_LENGTH = 6


def code_of(programme: Programme, stage_id: str, case_id: int) -> str:
    """Six letters and digits, the same as long as the panel lasts; another panel has others."""
    text = f"{programme.process.pk}/{stage_id}/{case_id}"
    number = int.from_bytes(salted_hmac("gongjiang.blind", text, algorithm="sha256").digest()[:8], "big")
    found = []
    for _ in range(_LENGTH):
        number, at = divmod(number, len(_LETTERS))
        found.append(_LETTERS[at])
    return "".join(found)


def called(programme: Programme, stage: Stage, case: Case) -> str:
    """What a judge calls a nominee: by name, on a blind panel by code."""
    return f"人选 {code_of(programme, stage.id, case.pk)}" if is_blind(programme, stage) else case.title
