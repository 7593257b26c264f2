"""revoke: 撤销. The honour is withdrawn, and with it the certificate and what rests on it."""

from typing import Final

from gongjiang.rules.honours.effects.base import HONOUR, Effect, Step

EFFECT: Final = Effect("revoke", "撤销荣誉、收回证书", (Step.WITHDRAW,), over=(HONOUR,))
