"""Filling the form of nanning-2026 by its eight steps, and what is filled in. Everybody is invented."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import expect
from tests.e2e.hand import Hand

from gongjiang.kernel import identity_number, phone
from gongjiang.kernel.identity_number import Gender
from gongjiang.services.rehearsal.material import film, paper, portrait

#: 45 字.
SENTENCE = "他在焊接车间带着班组反复试验，把厚板打底焊的返修率降到千分之三，并把做法写成口诀教给徒弟。"
#: Steps of the form in their order.
STEPS = ["基本情况", "选填条件", "学习工作经历", "主要事迹", "平台补充信息", "个人事迹简介", "证明材料", "确认与提交"]
CHOICES = {
    "craft_speciality": "unique",
    "craft_speciality__unique": "厚板单面焊双面成形",
    "skill_standing": "china_lead",
}
SUPPLEMENT = {
    "works_in_city": "yes",
    "on_frontline": "yes",
    "union_member": "yes",
    "public_official": "no",
    "staff_kind": "一线产业工人",
    "ownership": "非公有制",
    "guide_category": "制造业",
    "studio_lead": "no",
    "was_trainee": "no",
}


@dataclass(frozen=True)
class Nominee:
    """Who is nominated. `seq` tells the invented numbers apart."""

    name: str
    seq: int
    employer: str
    gender: Gender = "男"
    birth: date = date(1982, 3, 14)
    trade: str = "电焊工"
    post: str = "焊接班班长"

    @property
    def basic(self) -> dict[str, str]:
        """Step 1."""
        return {
            "gender": self.gender,
            "birth": f"{self.birth:%Y-%m}",
            "ethnicity": "壮族",
            "native_place": "青屿县",
            "political_status": "群众",
            "id_number": identity_number.sample(self.seq, self.birth, self.gender),
            "education": "大专",
            "mobile": phone.sample(self.seq),
            "work_start": "2004-08",
            "post": self.post,
            "skill_level": "高级技师",
        }

    @property
    def resume(self) -> list[dict[str, str]]:
        """Step 3: school, then work to this day."""
        school = ("2001-09", "2004-07", "青屿技工学校", f"{self.trade}专业学生", "no", "望川市")
        work = ("2004-08", "", self.employer, self.trade, "yes", "南宁市")
        names = ("from", "to", "org", "post", "in_trade", "region")
        return [dict(zip(names, one, strict=True)) for one in (school, work)]

    @property
    def supplement(self) -> dict[str, str]:
        """Step 5."""
        return {**SUPPLEMENT, "trade": self.trade, "guide_trade": self.trade}

    @property
    def files(self) -> dict[str, tuple[str, bytes, str]]:
        """Step 7: name, bytes, title."""
        return {
            "photo": ("证件照.jpg", portrait(self.seq % 12), ""),
            "certificates": ("技能竞赛证书.pdf", paper("技能竞赛证书"), "技能竞赛证书"),
            "video": ("绝活展示.mp4", film(60), "绝活展示"),
            "consent": ("同意书.pdf", paper("被推荐人同意书"), "被推荐人同意书"),
        }


def begin(hand: Hand, way: str, title: str) -> None:
    """From 待办 to an empty form."""
    hand.go("/todo/").press_link("新增申报")
    hand.fill({"way": way, "title": title}).press("开始填写")
    if hand.page.url.endswith("/nominations/new/"):  # several unions could take it: the nearest stands first
        hand.press("开始填写")
    hand.sees_heading(title)


def fill_steps(hand: Hand, who: Nominee) -> None:
    """The six steps that are typed, one after the other."""
    for step in (_basic, _choices, _resume, _deeds, _supplement, _brief):
        step(hand, who)
        hand.press("保存，下一步")


def at_step(hand: Hand, number: int) -> None:
    """The form stands at this step."""
    hand.sees(f"{number}. {STEPS[number - 1]}")


def _basic(hand: Hand, who: Nominee) -> None:
    at_step(hand, 1)
    hand.fill(who.basic)


def _choices(hand: Hand, who: Nominee) -> None:
    """Three of the six, one with what it is."""
    at_step(hand, 2)
    for label in ("具有工艺专长", "掌握高超技能", "突破技术难题"):
        hand.page.get_by_role("checkbox", name=label, exact=True).check()
    hand.fill({**CHOICES, "breakthroughs": f"{who.trade}打底工艺改进三项"})


def _resume(hand: Hand, who: Nominee) -> None:
    at_step(hand, 3)
    for n, row in enumerate(who.resume):
        if n:
            hand.press("加一行")
        hand.fill({f"resume-{n}-{name}": value for name, value in row.items() if value})
    hand.page.get_by_label("至今").nth(len(who.resume) - 1).check()


def _deeds(hand: Hand, who: Nominee) -> None:
    """1980字, and the counter beside the box says so."""
    at_step(hand, 4)
    hand.fill({"deeds": SENTENCE * 44})
    expect(hand.page.locator(".field:has([name=deeds]) .counter")).to_contain_text("1980 / 2000 字")


def _supplement(hand: Hand, who: Nominee) -> None:
    """Saved by itself while it is filled in, and the rules beside it say so at once, years in words."""
    at_step(hand, 5)
    hand.sees("缺工会会员", within="#rules")
    hand.fill(who.supplement)
    expect(hand.page.locator("[data-saved]").first).to_contain_text("已保存")
    hand.sees("应为工会会员符合", "申报21年10个月", within="#rules")


def _brief(hand: Hand, who: Nominee) -> None:
    at_step(hand, 6)
    hand.fill({"brief": SENTENCE * 17})


def upload(hand: Hand, who: Nominee, *attachments: str) -> None:
    """Files of the seventh step, each by its own row."""
    at_step(hand, 7)
    for one in attachments:
        name, content, title = who.files[one]
        attach(hand, f"#f-{one}", name, content, title)
    hand.page.get_by_role("link", name="下一步，确认").click()
    at_step(hand, 8)


def attach(hand: Hand, place: str, name: str, content: bytes, title: str = "") -> None:
    """One file under an attachment, or under one of its indicators, which is opened first."""
    holder = hand.page.locator(place)
    if holder.locator("form[data-upload]").filter(visible=True).count() == 0:
        holder.locator("summary").first.click()
    form = holder.locator("form[data-upload]").filter(visible=True).first
    kind = {"jpg": "image/jpeg", "pdf": "application/pdf", "mp4": "video/mp4"}[name.rpartition(".")[2]]
    payload: Any = {"name": name, "mimeType": kind, "buffer": content}
    form.locator("[type=file]").set_input_files(payload)
    if title:
        form.locator("[name=title]").fill(title)
    form.get_by_role("button", name="上传", exact=True).click()
    expect(hand.page.locator(place).locator(".files").first).to_contain_text(title or name.rpartition(".")[0])
