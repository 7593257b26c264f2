"""Words that occur nowhere else: put into secret fields, looked for in everything that leaves the house."""

import re
from datetime import date

from gongjiang.kernel import identity_number, phone

MARK = "Zq"  # begins no word of the product


class Tokens:
    """Tokens by label. A label says what it marks (`id:draft`, `secret:draft:deeds`): the allow-lists go by it."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}

    def _next(self) -> int:
        return len(self.labels) + 1

    def _keep(self, token: str, label: str) -> str:
        self.labels[token] = label
        return token

    def word(self, label: str) -> str:
        """A word for a text field."""
        return self._keep(f"{MARK}w{self._next():04d}", label)

    def short(self, label: str) -> str:
        """A word of six characters."""
        return self._keep(f"{MARK}{self._next():04d}", label)

    def name(self, label: str) -> str:
        """A name for a person: it looks like one and is nobody's."""
        return self._keep(f"{MARK}n{self._next():04d}", label)

    def identity(self, label: str) -> str:
        """A valid sample identity number."""
        return self._keep(identity_number.sample(self._next(), date(1980, 6, 15), "男"), label)

    def mobile(self, label: str) -> str:
        """A valid sample mobile number."""
        return self._keep(phone.sample(self._next()), label)

    def score(self, label: str) -> str:
        """A score nobody else gave."""
        return self._keep(f"17.{7000 + self._next()}", label)

    def of(self, prefix: str) -> list[str]:
        """All tokens whose label begins so."""
        return [token for token, label in self.labels.items() if label.startswith(prefix)]

    def found_in(self, text: str) -> set[str]:
        """Labels of the tokens that a text contains."""
        pattern = re.compile("|".join(re.escape(one) for one in self.labels))
        return {self.labels[one] for one in pattern.findall(text)}
