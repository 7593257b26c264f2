"""The samples of nanning-2026: being filed, in scoring, before two decisions, in public notice, named."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gongjiang.kernel.actor import nobody, platform
from gongjiang.models import Assignment, Bestowal, NamingDocument, Objection, User
from gongjiang.rules.programmes.stage_types.publish import Publish as PublishStage
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.honours.bestow import Given, record
from gongjiang.services.honours.certificates.issue import issue_all
from gongjiang.services.public_notices.handle import admit
from gongjiang.services.public_notices.inquire import look
from gongjiang.services.public_notices.object import submit_objection
from gongjiang.services.public_notices.postings import record_posting
from gongjiang.services.rehearsal.acts import acts
from gongjiang.services.rehearsal.acts.base import open_cases
from gongjiang.services.rehearsal.acts.panel import points
from gongjiang.services.rehearsal.acts.publish import FOUNDED, UNFOUNDED, Publish
from gongjiang.services.rehearsal.clock import morning
from gongjiang.services.rehearsal.opinions import judge_needed
from gongjiang.services.rehearsal.world import Nominee, World
from gongjiang.services.samples.editions import Workshop, run_until, working_days
from gongjiang.services.samples.filing import file_up_to, sign_some
from gongjiang.services.samples.paperwork import opinions_by_link, papers_arrived
from gongjiang.services.samples.parties import nanning
from gongjiang.services.scoring.assign import assign_cases
from gongjiang.services.scoring.panel import add_expert, declare
from gongjiang.services.scoring.pool import keep_profile
from gongjiang.services.scoring.sheet import save_sheet, submit_sheet
from gongjiang.services.scoring.trees import judged_leaves, tree_of

PACK = "nanning-2026"
#: Experts of the sample's panels: where they work, what they know.
EMPLOYERS = ("青屿技能研究院", "望澜职业技术大学")
TRADES = (["焊工", "钳工"], ["数控车工", "铣工"], ["工艺美术师", "茶艺师"], ["电工", "制造业"])
TITLE = "2026年“南宁工匠”选树活动"
#: Who stands where in the edition being filed: enterprise, way in, how far, whose name.
FILED = (
    ("lanjiang", "个人自主申报", "draft", "何焊平"),
    ("rail", "单位推荐", "returned", ""),
    ("rail", "单位推荐", "submitted", ""),
    ("rail", "个人自主申报", "submitted", ""),
    ("rail", "单位推荐", "dept_opinion", ""),
    ("rail", "专业人士推荐", "dept_opinion", ""),
    ("rail", "单位推荐", "report_up", ""),
    ("rail", "单位推荐", "initial", ""),
    ("ceramics", "单位推荐", "draft", ""),
    ("ceramics", "个人自主申报", "submitted", ""),
    ("tea", "专业人士推荐", "initial", ""),
    ("tools", "单位推荐", "submitted", ""),
    ("castings", "单位推荐", "dept_opinion", ""),
    ("castings", "其他推荐", "initial", ""),
    ("chips", "单位推荐", "initial", ""),
    ("harbour", "单位推荐", "initial", ""),
)


def filing(shop: Workshop) -> None:
    """`nanning-2026` itself: the notice's own dates, nominations at every step of filing."""
    world = shop.world(PACK, nanning(shop.tree), PACK, opened=date(2026, 5, 27), moved=False)
    days = working_days(world, date(2026, 6, 8), date(2026, 6, 23), len(FILED))
    for (firm, route, how, name), day in zip(FILED, days, strict=True):
        employer = shop.tree[firm]
        unit = next(one for one in world.parties.units if employer in one.employers)
        nominee = Nominee("craftsman", route, unit, employer, 0.8, name=name)
        file_up_to(world, nominee, how, day)
    opinions_by_link(world)
    papers_arrived(world)


def _demo(shop: Workshop, slug: str, word: str, opened: date) -> World:
    return shop.world(
        PACK,
        nanning(shop.tree),
        f"{PACK}-{slug}",
        opened=opened,
        title=f"{TITLE}（演示：{word}）",
        pairs=("places=5",),
    )


def scoring(shop: Workshop) -> None:
    """Experts at work: one has finished, one is halfway, one hasn't begun, one has yet to declare."""
    world = _demo(shop, "demo-scoring", "专家评审中", date(2026, 5, 6))
    run_until(world, "expert", 12, working_days(world, date(2026, 5, 6), date(2026, 6, 16), 5))
    seat_and_score(world, "expert", "jury", date(2026, 6, 17), shop)


def seat_and_score(world: World, stage_id: str, jury: str, day: date, shop: Workshop) -> None:
    """Four of the cast on the panel; sheets in every state."""
    stage = world.programme.stage(stage_id)
    root = tree_of(world.programme, stage)
    if root is None:
        return
    world.clock.go(morning(day))
    runner = world.actor_for(stage.by, None, "officer")
    seats = []
    for n, expert in enumerate(world.offices.experts(shop.tree[jury], 4)):
        user = User.objects.get(pk=expert.user_id or 0)
        about: dict[str, Any] = {
            "employer": EMPLOYERS[n % 2],
            "title": "正高级工程师",
            "trades": TRADES[n % len(TRADES)],
        }
        given: dict[str, Any] = {"actor": runner, "programme": world.programme, "stage_id": stage_id, **about}
        keep_profile(at=world.clock.tick(), username=user.username, note="参加过多届技能竞赛的命题和裁判", **given)
        seat = add_expert(at=world.clock.tick(), user=user, **given)
        if n < 3:
            declare(
                actor=actor_of(user, world.clock.tick()), at=world.clock.tick(), expert_id=seat.pk, confidential=True
            )
        seats.append((seat, user))
    assign_cases(
        actor=runner, at=world.clock.tick(), programme=world.programme, stage_id=stage_id, seed=f"{stage_id}-演示"
    )
    leaves = judged_leaves(world.programme, root)
    for (seat, user), share in zip(seats, (1.0, 0.5, 0.0, 0.0), strict=True):
        rows = list(Assignment.objects.filter(expert=seat).select_related("case").order_by("position"))
        actor = actor_of(user, world.clock.now)
        for n, row in enumerate(rows):
            scores = {leaf.id: points(world, row.case, leaf.most) for leaf in leaves}
            if n < share * len(rows):
                submit_sheet(actor=actor, at=world.clock.tick(60), assignment_id=row.pk, scores=scores)
            elif n < share * len(rows) + 1 and 0 < share < 1:
                half = dict(list(scores.items())[: len(scores) // 2])
                save_sheet(actor=actor, at=world.clock.tick(60), assignment_id=row.pk, scores=half)
    first = actor_of(seats[0][1], world.clock.now)
    judged = set(Assignment.objects.filter(expert=seats[0][0], state="assigned").values_list("case_id", flat=True))
    for case in open_cases(world, stage):
        if case.pk in judged:
            judge_needed(world, case, stage, first)


def deciding(shop: Workshop) -> None:
    """市总工会 has a list to decide; the leading group is next."""
    world = _demo(shop, "demo-deciding", "市总工会评定中", date(2026, 4, 20))
    run_until(world, "union_review", 8, working_days(world, date(2026, 4, 20), date(2026, 6, 16), 7))


def signing(shop: Workshop) -> None:
    """The list is decided; the four bureaus sign."""
    world = _demo(shop, "demo-signing", "四部门签署中", date(2026, 4, 13))
    run_until(world, "joint_sign", 8, working_days(world, date(2026, 4, 13), date(2026, 6, 12), 8))
    stage = world.programme.stage("joint_sign")
    world.clock.go(morning(date(2026, 6, 22)))
    for case in open_cases(world, stage)[:3]:
        sign_some(world, stage, case)


def posted(shop: Workshop) -> None:
    """The notice is up since Monday; two objections wait, one of them admitted."""
    world = _demo(shop, "demo-notice", "公示中", date(2026, 4, 6))
    run_until(world, "notice", 8, working_days(world, date(2026, 4, 7), date(2026, 6, 17), 9))
    stage = world.programme.stage("notice")
    act = acts()["publish"]
    assert isinstance(act, Publish)
    assert isinstance(stage, PublishStage)
    world.clock.go(morning(date(2026, 6, 22)))
    notice = act.post(world, stage)
    if notice is None:
        return
    entries = list(notice.entries.order_by("position"))
    world.clock.go(morning(date(2026, 6, 23)) + timedelta(hours=2))
    record_posting(
        actor=world.actor_for(stage.by, None, "approver"), at=world.clock.tick(), notice_id=notice.pk,
        medium=stage.media[0], posted_on=notice.first_day, note="《望澜日报》第3版", link="https://example.cn/0622/3.html",
    )  # fmt: skip
    _object(world, entries[0].pk, UNFOUNDED, "named")
    receipt = _object(world, entries[1].pk, FOUNDED, "anonymous")
    handler = world.actor_for(stage.objections.by if stage.objections else stage.by, None, "officer")
    matter = Objection.objects.get(receipt=receipt).pk
    admit(actor=handler, at=world.clock.tick(3600), objection_id=matter)
    looked = "调阅该成果的立项书、验收报告和班组日志，署名与申报表所填一致，尚需向车间核对分工。"
    look(actor=handler, at=world.clock.tick(3600), objection_id=matter, way="调阅材料", text=looked)


def _object(world: World, entry: int, text: str, signed: str) -> str:
    named: dict[str, Any] = {"name": "知情职工", "contact": world.numbers.mobile()} if signed == "named" else {}
    return submit_objection(
        actor=nobody(), at=world.clock.tick(600), entry_id=entry, signed=signed, text=text, **named
    ).number


def named(shop: Workshop) -> None:
    """Five artisans stand in the register, with their certificates."""
    world = _demo(shop, "demo-named", "已命名", date(2026, 3, 9))
    run_until(world, None, 8, working_days(world, date(2026, 3, 9), date(2026, 5, 15), 11))
    document = NamingDocument.objects.filter(process__edition=world.edition).latest("pk")
    issue_all(actor=platform(), at=document.at + timedelta(hours=2), document_id=document.pk)
    _hand_over(document)


def _hand_over(document: NamingDocument) -> None:
    """Trophies and certificates are given at the meeting; two bonuses are paid so far."""
    at, day = document.at + timedelta(days=3), document.issued_on + timedelta(days=3)
    rows = Bestowal.objects.filter(honour__document=document).order_by("pk")
    things = list(rows.filter(money=False).values_list("pk", flat=True))
    paid = list(rows.filter(money=True).values_list("pk", flat=True)[:2])
    if things:
        given = Given(day, note="命名大会颁发")
        record(actor=platform(), at=at, document_id=document.pk, rows=things, given=given)
    if paid:
        given = Given(day, Decimal(5000))
        record(actor=platform(), at=at, document_id=document.pk, rows=paid, given=given)
