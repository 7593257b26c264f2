"""Troubles that can be seen in a notice before anybody files: dates, ratios, answers, days off."""

from fractions import Fraction

from django.utils import timezone

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import GongjiangError
from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.kernel.workdays import UndecreedYear
from gongjiang.rules.nominations.flow import source_map
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.material import Time
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.nominations.seats import list_size
from gongjiang.services.public_notices.terms import terms_of
from gongjiang.services.rehearsal.world import World

WEEK = "一二三四五六日"


def precheck(world: World) -> None:
    """Everything that can be told by reading."""
    for time in world.programme.pack.times:
        _day_off(world, time)
    _collisions(world)
    _ratios(world)
    _growing(world)
    _short_windows(world)
    _no_body(world)


def _day_off(world: World, time: Time) -> None:
    """A deadline on a day when offices are closed."""
    if time.date is None or time.date.year not in world.clock.calendar.years:
        return
    if not world.clock.calendar.is_working_day(time.date):
        word = f"星期{WEEK[time.date.weekday()]}"
        world.troubles.add(
            "dates", f"{time.shown}截止于{long_date(time.date)}（{word}），不是工作日。", "、".join(time.cite)
        )


def _collisions(world: World) -> None:
    """A stage that must be over before a stage whose list it reads is."""
    joined = source_map(world.programme.stages)
    windows = {one.id: world.window(one) for one in world.programme.stages}
    labels = {one.id: one.shown for one in world.programme.stages}
    for stage in world.programme.stages:
        mine = windows[stage.id]
        for before in (*joined[stage.id], *stage.after):
            theirs = windows[before]
            if mine.closes is None or theirs.closes is None or theirs.last_day is None or mine.last_day is None:
                continue
            if theirs.closes > mine.closes:
                world.troubles.add(
                    "dates",
                    f"“{stage.shown}”到{long_date(mine.last_day)}为止，而在它之前的“{labels[before]}”"
                    f"到{long_date(theirs.last_day)}才结束。",
                    stage.clause,
                )
            if theirs.opens is not None and mine.closes <= theirs.opens:
                world.troubles.add("dates", f"“{labels[before]}”还没开始，“{stage.shown}”就已截止。", stage.clause)


def _ratios(world: World) -> None:
    """Places × ratio that don't come out whole: told with what the answered rounding makes of them."""
    words = {"up": "向上取整", "down": "舍去尾数", "half_up": "四舍五入", "half_even": "四舍六入五成双"}
    for stage in world.programme.stages:
        keep = stage.keep
        if keep is None or keep.per_place is None:
            continue
        ratio, places = world.programme.value(keep.per_place), world.programme.value(keep.of)
        if ratio is None or places is None:
            continue
        product = Fraction(exact(ratio)) * exact(places)
        if product.denominator == 1:
            continue
        how = str(world.programme.value(keep.round) or "up")
        asked = next((one.ask for one in world.programme.pack.params if one.id == param_name(keep.round)), None)
        source = f"，按问题 {asked} 的答复" if asked else "，按"
        world.troubles.add(
            "ratio",
            f"“{stage.shown}”：{places}×{ratio}={decimal_text(product)}，不是整数{source}{words.get(how, how)}"
            f"为{list_size(world.programme, keep)}人。",
            stage.clause,
        )


def _growing(world: World) -> None:
    """A list longer than the one it is drawn from."""
    joined = source_map(world.programme.stages)
    sizes = {one.id: list_size(world.programme, one.keep) for one in world.programme.stages}
    labels = {one.id: one.shown for one in world.programme.stages}
    for stage in world.programme.stages:
        size = sizes[stage.id]
        before = [sizes[one] for one in joined[stage.id]]
        if size is None or not before or any(one is None for one in before) or stage.award:
            continue
        total = sum(one for one in before if one is not None)
        if size > total:
            names = "、".join(labels[one] for one in joined[stage.id])
            world.troubles.add("ratio", f"“{stage.shown}”要留{size}人，而“{names}”只有{total}人。", stage.clause)
        elif size == total and stage.type in {"select", "publish"} and stage.type != "name":
            names = "、".join(labels[one] for one in joined[stage.id])
            world.troubles.add(
                "ratio", f"“{stage.shown}”与“{names}”人数相同（{size}人），没有差额，也没有备选。", stage.clause
            )


def _short_windows(world: World) -> None:
    """A notice whose days don't fit its window even if it is posted on the first day."""
    for stage in world.programme.stages:
        if not isinstance(stage, Publish):
            continue
        window = world.window(stage)
        try:
            terms = terms_of(world.programme, stage)
        except GongjiangError as error:
            world.troubles.add("answer", str(error), stage.clause)
            continue
        if terms is None or window.opens is None or window.last_day is None:
            continue
        try:
            day = world.clock.working(timezone.localtime(window.opens).date())
            last = terms.period(day, world.clock.calendar).last
        except UndecreedYear as error:
            world.troubles.add("calendar", error.text, stage.clause)
            continue
        if last > window.last_day:
            world.troubles.add(
                "dates",
                f"{stage.shown}最早{long_date(day)}发布，{terms.text()}到{long_date(last)}才满，"
                f"通知规定到{long_date(window.last_day)}为止。",
                stage.clause,
            )


def _no_body(world: World) -> None:
    """Stages of a meeting whose notice names no meeting."""
    for stage in world.programme.stages:
        if stage.type == "panel" and getattr(stage, "scoring", None) is None and not stage.rank:
            world.troubles.add("run", f"“{stage.shown}”没有评分表，也没有排序办法。", stage.clause)
