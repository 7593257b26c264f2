"""How boxes to tick are set: □ 国际领先　□ 国际先进, blanks underlined, as in the annexes' check items."""

from collections.abc import Iterator

from gongjiang.documents.ink import Para, Run, printable
from gongjiang.documents.layout import CheckLine, CheckOption

EMPTY, TICKED = "□", "☑"


def check_paras(line: CheckLine) -> Iterator[Para]:
    """The printed lines of one question.

    A yes-or-no stands beside its question, longer lists below it; an option with a blank has a line of its own.
    """
    flowing = [option for option in line.options if _flows(option)]
    head = [Run(f"{printable(line.label)}：")] if line.label else []
    if line.fill is not None:
        head.append(Run(printable(line.fill), fill=True))
    if flowing and head and len(flowing) <= 2 and len(flowing) == len(line.options):
        yield Para(tuple(head) + _flow(flowing))
    else:
        if head:
            yield Para(tuple(head))
        if flowing:
            yield Para(_flow(flowing))
    yield from _blanks(line.options)


def _flows(option: CheckOption) -> bool:
    return option.fill is None or bool(option.fill_label)


def _flow(options: list[CheckOption]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for option in options:
        runs += [Run("　"), Run(_boxed(option), whole=True)]
    return tuple(runs[1:])


def _boxed(option: CheckOption) -> str:
    mark = (TICKED if option.ticked else EMPTY) if option.box else ""
    return mark + printable(option.label)


def _blanks(options: tuple[CheckOption, ...]) -> Iterator[Para]:
    for option in options:
        if option.fill is not None:
            lead = option.fill_label or _boxed(option)
            yield Para((Run(f"{lead}："), Run(printable(option.fill), fill=True)))
