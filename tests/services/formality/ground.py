"""A nomination of Nanning's notice filed the real way, and walked as far as a test wants. Everybody is invented."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from tests.factories import AT, ROLES, World, load_calendar, opened_edition, person, programme_at, small_world

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import Actor, platform
from gongjiang.kernel.identity_number import sample
from gongjiang.kernel.phone import sample as phone
from gongjiang.models import Case, Edition, Organisation, StageRow
from gongjiang.services.evidence.upload import upload
from gongjiang.services.formality.judge_case import judge_case
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.material import lacking
from gongjiang.services.nominations.opinion_parties import needed_parties
from gongjiang.services.nominations.parties import receivers, route_of
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.nominations.submit import submit
from gongjiang.services.nominations.transition import Taken, move
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import answer_question, bind_role, open_edition, prepare_edition
from gongjiang.services.rehearsal.material import specimen

DEEDS = "何焊平守在焊花旁二十二年，带出十七名徒弟，解决厚壁管全位置焊接的难题。"
FORM: dict[str, Any] = {
    "gender": "男",
    "birth": "1982-03",
    "ethnicity": "汉",
    "native_place": "望澜青屿",
    "political_status": "中共党员",
    "education": "大专",
    "work_start": "2003-08",
    "employer": "澜江重工有限公司",
    "post": "焊接班班长",
    "professional_title": "工程师",
    "skill_level": "高级技师",
    "works_in_city": "yes",
    "on_frontline": "yes",
    "union_member": "yes",
    "years_in_trade": "22",
    "years_in_city": "22",
    "public_official": "no",
    "trade": "电焊工",
    "staff_kind": "一线产业工人",
    "ownership": "国有企业",
    "guide_category": "制造业",
    "guide_trade": "电焊工",
    "main_honours": "2022年 望澜市技术能手\n2024年 望澜市劳动模范",
    "craft_speciality": {"unique": "厚壁管全位置焊接"},
    "skill_standing": ["china_lead"],
    "patents": "yes",
    "patents_invention": "1",
    "teaching_ways": {"apprentices": "", "other": "线上课堂"},
    "resume": [
        {"from": "1994-09", "to": "1997-07", "org": "青屿中学", "post": "初中"},
        {"from": "1997-09", "to": "2000-07", "org": "青屿技工学校", "post": "焊接"},
        {
            "from": "2000-08",
            "to": "2003-07",
            "org": "青屿农机站",
            "post": "学徒工",
            "in_trade": "no",
            "region": "南宁市",
        },
        {
            "from": "2003-08",
            "to": "至今",
            "org": "澜江重工有限公司",
            "post": "电焊工",
            "in_trade": "yes",
            "region": "南宁市",
        },
    ],
    "contests": [{"contest": "广西职工职业技能大赛", "title": "焊接赛项", "rank": "2", "year": "2021"}],
    "honours": [{"kind": "技术能手", "title": "望澜市技术能手", "level": "市级", "year": "2022"}],
    "deeds": DEEDS * 10,
    "brief": DEEDS * 5,
}
EXPERTS = [
    {
        "name": name,
        "id_number": sample(seq, date(1970, 5, 4), "男"),
        "employer": "望澜船坞",
        "post": "高级技师",
        "trade": "电焊工",
        "skill_level": "高级技师",
        "letter": f"我与何焊平共事多年，{name}愿意推荐。",
        "mobile": phone(70 + seq),
    }
    for seq, name in ((11, "白引弧"), (12, "余定位"))
]
WAY = ("qualify", "dept_opinion", "report_up", "initial")


@dataclass
class Ground:
    """A world with an open edition, and what its people do."""

    world: World
    edition: Edition
    count: int = field(default=0)

    @property
    def programme(self) -> Programme:
        return programme_at(self.edition)

    def actor(self, name: str) -> Actor:
        return self.world.actor(name)

    def draft(
        self,
        title: str = "何焊平",
        *,
        route: str = "单位推荐",
        unit: str = "plant",
        filer: str = "lan",
        receiver: str = "county",
        employer: str = "",
        at: datetime = AT,
        **changes: Any,
    ) -> Case:
        """A draft with every box of its forms filled; `changes` of the form."""
        programme, seq = self.programme, self.count
        self.count += 1
        case = start_case(
            actor=self.actor(filer),
            at=at,
            programme=programme,
            award="craftsman",
            route=route,
            unit=self.world[unit],
            receiver=self.world[receiver],
            employer=self.world[employer] if employer else None,
            title=title,
        )
        said = {
            **FORM,
            "name": title,
            "id_number": sample(seq, date(1982, 3, 12), "男"),
            "mobile": phone(1000 + seq),
            **({"experts": EXPERTS} if route == "专业人士推荐" else {}),
            **changes,
        }
        saved = save_values(actor=self.actor(filer), at=at, case_id=case.pk, changes=said)
        assert saved.problems == ()
        return saved.case

    def filed(self, title: str = "何焊平", *, filer: str = "lan", at: datetime = AT, **changes: Any) -> Case:
        """Submitted, with every file that the notice asks for."""
        case = self.draft(title, filer=filer, at=at, **changes)
        self.attach(case, filer)
        return submit(actor=self.actor(filer), at=at, case_id=case.pk).case

    def attach(self, case: Case, filer: str = "lan") -> None:
        """Every file that is lacking."""
        for one in lacking(self.programme, case, facts_of_one(self.programme, case, submitted=True)):
            for n in range(one.needed - one.held):
                name, data = specimen(one.asked, n)
                upload(
                    actor=self.actor(filer),
                    at=AT,
                    case_id=case.pk,
                    attachment=one.asked.attachment.id,
                    name=name,
                    content=BytesIO(data),
                )

    def judge(self, case: Case, question: str = "character", answer: str = "yes", who: str = "wen") -> None:
        judge_case(actor=self.actor(who), at=AT, case_id=case.pk, question=question, answer=answer, basis="档案")

    def say(self, case: Case, key: str, verdict: str = "同意", who: str = "wen", text: str = "情况属实。") -> Any:
        """Fill the box `sheet.party`."""
        sheet, _, party = key.partition(".")
        return give_opinion(
            actor=self.actor(who), at=AT, case_id=case.pk, sheet=sheet, party=party, verdict=verdict, text=text
        )

    def take(self, case: Case, stage: str, action: str, who: str = "wen", at: datetime = AT, **more: Any) -> Taken:
        return move(actor=self.actor(who), at=at, case_id=case.pk, stage_id=stage, action=action, **more)

    def to(self, stage: str, title: str = "何焊平", who: str = "wen", **changes: Any) -> Case:
        """A case filed and walked by the receiving union's officer to where `stage` is open for it."""
        case = self.filed(title, **changes)
        for one in WAY[: WAY.index(stage)]:
            self.pass_on(case, one, who)
        return Case.objects.get(pk=case.pk)

    def pass_on(self, case: Case, stage: str, who: str = "wen") -> None:
        """The stage done by whoever does it, with all that it needs."""
        if stage == "qualify":
            self.judge(case, who=who)
            self.take(case, stage, "pass", who)
        elif stage == "dept_opinion":
            facts = facts_of_one(self.programme, Case.objects.get(pk=case.pk))
            for asked in needed_parties(self.programme, self.programme.stage(stage), facts):
                self.say(case, f"{asked.sheet}.{asked.party}", who=who)
        else:
            self.take(case, stage, "report", who)

    def states(self, case: Case) -> dict[str, str]:
        return dict(StageRow.objects.filter(case=case).order_by("id").values_list("stage", "state"))

    def organisation(self, key: str) -> Organisation:
        return self.world[key]


def ground(answers: dict[str, Any] | None = None, edit: tuple[str, str] | None = None) -> Ground:
    """A small world with an open edition, a second officer at the plant, one at the bureau in charge.

    `edit`: words of the pack and what stands in their place, as an officer would change the notice.
    """
    load_calendar()
    world = small_world()
    person(world, "gong", "龚厂办", ("officer", "plant"))
    person(world, "xiao", "萧机械", ("officer", "industry"))
    person(world, "zhu", "祝主管", ("department", "supervisor"))
    person(world, "fan", "范新闻", ("filer", "city"))
    return Ground(world, opened_edition(world, answers) if edit is None else _edited(world, *edit))


def _edited(world: World, old: str, new: str) -> Edition:
    """The same notice with other words at one place."""
    text, at = find("nanning-2026"), AT - timedelta(days=28)
    assert text.text.count(old) == 1
    edition = prepare_edition(
        actor=platform(),
        at=at,
        organiser=world["city"],
        source=text.text.replace(old, new),
        filename=text.file,
        notice_text=text.notice or "",
        slug="edited",
    )
    for one in programme_at(edition).questions:
        answer = True if one.default is None else one.default
        answer_question(actor=platform(), at=at, edition=edition, question=one.id, answer=answer, basis="答复")
        edition.refresh_from_db()
    for role, keys in ROLES.items():
        bind_role(actor=platform(), at=at, edition=edition, role=role, organisations=[world[one] for one in keys])
    open_edition(actor=platform(), at=at, edition=edition)
    edition.refresh_from_db()
    return edition


def earliest_receivers(here: Ground, route: str, unit: str) -> list[str]:
    """Names of organisations that take a nomination of this unit by this way in."""
    _stage, way = route_of(here.programme, route)
    return [one.name for one in receivers(here.programme, way, here.world[unit])]


LATE = AT + timedelta(days=30)
