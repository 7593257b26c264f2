"""Data read from installed packages: working days and strokes."""

import subprocess
import sys
from datetime import date

from gongjiang.catalogue.strokes import stroke_ranks
from gongjiang.catalogue.workdays import decreed_calendar


def test_the_calendar_of_2026() -> None:
    calendar = decreed_calendar()
    assert set(range(2004, 2027)) <= calendar.years
    assert 2027 not in calendar.years
    off = [day for day in range(14, 31) if not calendar.is_working_day(date(2026, 9, day))]
    assert off == [19, 25, 26, 27]
    assert calendar.is_working_day(date(2026, 9, 20))


def test_strokes_go_by_number_then_by_first_stroke() -> None:
    ranks = stroke_ranks()
    assert len(ranks) > 20_000
    assert sorted("温赵王李岑何丁一林欧文", key=ranks.__getitem__) == list("一丁王文李岑何林欧赵温")


def test_the_package_that_rewires_logging_is_never_imported() -> None:
    code = (
        "import sys; from gongjiang.catalogue.strokes import stroke_ranks; stroke_ranks(); "
        "print('cn_sort' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
