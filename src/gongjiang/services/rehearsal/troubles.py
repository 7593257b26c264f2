"""What in a notice would make trouble, collected while rehearsing."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Trouble:
    """One finding. `kind` sorts them: rule, dates, ratio, quota, answer, calendar, objection, run."""

    kind: str
    text: str
    clause: str = ""

    @property
    def line(self) -> str:
        """As the report writes it."""
        return f"{self.text}（{self.clause}）" if self.clause else self.text


@dataclass
class Troubles:
    """Findings in the order they were met, each once."""

    found: list[Trouble] = field(default_factory=list)

    def add(self, kind: str, text: str, clause: str = "") -> None:
        """Note a finding; the same text again is not noted twice."""
        trouble = Trouble(kind, text, clause)
        if trouble not in self.found:
            self.found.append(trouble)
