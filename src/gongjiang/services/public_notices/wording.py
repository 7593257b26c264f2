"""The words of a notice, drafted from the pack; an officer may change them before posting."""

from collections.abc import Sequence

from gongjiang.kernel.dates import long_date
from gongjiang.models import Case, EditionRole, Organisation
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.nominations.authority import roles_of_unit
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.candidates import upstream
from gongjiang.services.public_notices.terms import Days

#: What a case of each kind of subject is called in a sentence.
MEASURE = {"person": "名同志", "unit": "个单位", "team": "个集体", "studio": "个工作室"}


def title_of(programme: Programme, stage: Publish, ordinal: int) -> str:
    """`关于2026年“望澜工匠”选树活动拟命名人选的公示`; a unit’s own: `…推荐人选的公示`."""
    word = "入选对象" if any(one.confers == "trainee" for one in programme.awards) else "命名人选"
    if ordinal > 1:
        return f"关于{programme.edition.title}递补人选的公示"[:160]
    if stage.per and stage.purpose == "notice":
        return f"关于{programme.edition.title}推荐人选的公示"[:160]
    word = "拟" + word if stage.purpose == "notice" else "人选事迹"
    return f"关于{programme.edition.title}{word}的公示"[:160]


def body_of(programme: Programme, stage: Publish, cases: Sequence[Case], days: Days, ordinal: int) -> tuple[str, ...]:
    """Two paragraphs: what is to be conferred on whom and for how long it is posted; how to object."""
    steps = _steps(programme, stage)
    because = "因公示名单变动，按备选次序依次递补" if ordinal > 1 else f"经{steps}" if steps else "经研究"
    whom = _whom(programme, cases, own=bool(stage.per))
    first = f"根据{_source(programme)}，{because}，{whom}。现予公示，公示时间为{_span(days)}。"
    if stage.objections is None:
        return (first,)
    second = "对公示人选有异议的，请在公示期内反映。反映情况应当具体、真实，提倡实名。我们对反映人的信息严格保密。"
    return first, second


def issuer_of(programme: Programme, stage: Publish, unit: int | None = None) -> str:
    """Who signs: the unit whose own notice it is, or the organisations that hold the stage's part, else its name."""
    roles = programme.expand(stage.by)
    if unit is not None and roles_of_unit(programme, unit) & roles:
        return Organisation.objects.get(pk=unit).name[:120]
    names = list(
        EditionRole.objects.filter(edition=programme.edition, role__in=roles, per_case=False)
        .order_by("id")
        .values_list("organisation__name", flat=True)
    )
    return "、".join(dict.fromkeys(names) or [programme.role_label(one) for one in stage.by])[:120]


def _source(programme: Programme) -> str:
    title = programme.pack.pack.title
    return f"《{title}》" if title.endswith(("通知", "办法", "方案", "意见")) else f"《关于开展{title}的通知》"


def _steps(programme: Programme, stage: Publish) -> str:
    behind = upstream(programme.stages, stage.id)
    labels = [
        one.shown
        for one in programme.stages
        if one.id in behind and one.type in {"apply", "check", "panel", "select"} and one.label
    ]
    return "、".join(dict.fromkeys(labels))


def _whom(programme: Programme, cases: Sequence[Case], *, own: bool) -> str:
    """Award by award: `拟命名丁砺锋等25名同志为“望澜工匠”`."""
    said: list[str] = []
    for award in programme.awards:
        mine = [one for one in cases if one.award == award.id]
        if not mine:
            continue
        verb = "拟确定" if award.confers == "trainee" else "拟命名"
        kind = next((one.shown for one in programme.pack.subjects if one.id == award.subject), "")
        counted = f"{len(mine)}{MEASURE.get(award.subject) or f'个{kind}'}"
        who = mine[0].title + ("等" + counted if len(mine) > 1 else "")
        who += "同志" if len(mine) == 1 and award.subject == "person" else ""
        label = award.shown if "“" in award.shown else f"“{award.shown}”"
        last = "人选" if own else "培育对象" if award.confers == "trainee" else ""
        said.append(f"{'拟推荐' if own else verb}{who}为{label}{last}")
    return "，".join(said) or "无人选"


def _span(days: Days) -> str:
    if days.first == days.last:
        return long_date(days.first)
    last = long_date(days.last)
    if days.first.year == days.last.year:
        last = last.partition("年")[2]
    counted = "" if days.first in days.counted else "（公示当日不计）"
    return f"{long_date(days.first)}至{last}{counted}，共{days.text}"
