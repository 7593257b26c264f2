"""What a rule says: allowed or not, and why, with the clause it rests on."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a decision, written for the person who can mend it.

    `clause` is the id of a clause of the notice ('四(三)年限'), or '' for a rule of the platform;
    `force` is hard, soft, prefer, guide or none.
    """

    text: str
    clause: str = ""
    force: str = "hard"
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a rule to facts. An allowed decision may still carry remarks."""

    allowed: bool
    reasons: tuple[Reason, ...] = field(default=())

    @staticmethod
    def yes(*reasons: Reason) -> "Decision":
        """Allowed, perhaps with remarks."""
        return Decision(True, reasons)

    @staticmethod
    def no(*reasons: Reason) -> "Decision":
        """Refused; give at least one reason."""
        if not reasons:
            raise ValueError("a refusal needs a reason")
        return Decision(False, reasons)

    def and_(self, other: "Decision") -> "Decision":
        """Both must allow; reasons are kept in order."""
        return Decision(self.allowed and other.allowed, self.reasons + other.reasons)
