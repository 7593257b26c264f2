"""Errors that speak to the person who can mend them: what is wrong, where, what to do."""

from collections.abc import Sequence

from gongjiang.kernel.decision import Reason


class GongjiangError(Exception):
    """Base of all errors meant for people. `text` is Chinese; `english` stands beside it."""

    status = 400

    def __init__(self, text: str, english: str = "", *, place: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.english = english
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}：{self.text}" if self.place else self.text


class BadInput(GongjiangError):
    """Something typed or uploaded can't be taken; `place` names field, row or file."""


class Unstored(BadInput):
    """What was sent is all right, but the platform has no room to keep it: later it may go."""

    status = 507

    def __init__(self, *, place: str = "") -> None:
        text = "平台的存储空间暂时不足，没有存上。文件还在您的电脑里，请稍后再传。"
        super().__init__(text, "No space left to store it; try again later.", place=place)


class Refused(GongjiangError):
    """A rule of the programme forbids the step; `reasons` carry the clauses."""

    status = 409

    def __init__(self, text: str, english: str = "", *, reasons: Sequence[Reason] = (), place: str = "") -> None:
        super().__init__(text, english, place=place)
        self.reasons = tuple(reasons)


class QuotaFull(Refused):
    """A hard maximum of a pool is reached."""


class Stale(GongjiangError):
    """Somebody changed the record after this page was loaded."""

    status = 409


class Gone(GongjiangError):
    """It was public once and no longer is."""

    status = 410


class NotFound(GongjiangError):
    """No such thing, or none that this person may see: the two look alike on purpose."""

    status = 404

    def __init__(self, text: str = "没有找到，或您无权查看。", english: str = "Not found.", *, place: str = "") -> None:
        super().__init__(text, english, place=place)


class NotAllowed(GongjiangError):
    """The person sees the thing but may not take this step."""

    status = 403
