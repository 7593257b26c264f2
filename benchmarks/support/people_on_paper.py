"""Invented people for the national recommendation form, each with words, a photograph and numbers of their own."""

import io
import random
from dataclasses import replace
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from gongjiang.catalogue.packs import load_pack
from gongjiang.documents.layout import PageCode, Sheet
from gongjiang.models import Edition, Process
from gongjiang.services.nominations.filling import blank_filling
from gongjiang.services.nominations.printing import filled_sheet
from gongjiang.services.programmes.programme import Programme

WORDS = "焊接铸造机床车间班组长期攻关质量提升创新工艺方法完成项目获得专利带徒培训技术难题效益降本节能推广应用"
FAMILIES, GIVEN = "何岑温陆方沈顾蒋柯严", "焊铸铆钳镗磨铣刨样例"


def words(mind: random.Random, count: int) -> str:
    """Some words, with a stop now and then."""
    return "".join("。" if n % 23 == 22 else mind.choice(WORDS) for n in range(count))


def photo(number: int) -> bytes:
    """A portrait of nobody: 413 × 579 pixels, grain as a camera gives it."""
    mind = random.Random(number)
    image = Image.effect_noise((413, 579), 40).convert("RGB").filter(ImageFilter.GaussianBlur(1.5))
    draw = ImageDraw.Draw(image)
    tone = tuple(mind.randrange(90, 200) for _ in range(3))
    draw.ellipse((120, 120, 293, 340), fill=tone)
    draw.ellipse((40, 380, 373, 760), fill=tuple(one // 2 for one in tone))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()


def values(number: int) -> dict[str, Any]:
    """What one person's form holds."""
    mind = random.Random(number)
    experts = [
        {"name": f"样专{mind.choice(FAMILIES)}", "employer": f"样例{words(mind, 4)}厂", "post": "首席技师"}
        for _ in range(3)
    ]
    return {
        "name": f"{mind.choice(FAMILIES)}{mind.choice(GIVEN)}{mind.choice(GIVEN)}",
        "gender": mind.choice("男女"),
        "birth": f"19{mind.randrange(70, 99)}-{mind.randrange(1, 13):02d}",
        "ethnicity": "汉族",
        "education": "大学本科",
        "political_status": "中共党员",
        "id_number": f"9900001985061{number % 100000:05d}",
        "employer": f"样例{words(mind, 6)}有限公司",
        "post": f"{words(mind, 4)}班长",
        "industry": "制造业",
        "trade": f"{words(mind, 3)}工",
        "professional_title": "高级工程师",
        "skill_level": "高级技师",
        "work_start": f"20{mind.randrange(0, 20):02d}-07",
        "years_on_site": mind.randrange(5, 30),
        "mobile": f"100{number:08d}",
        "employer_address": f"样例省样例市{words(mind, 3)}路{mind.randrange(1, 200)}号",
        "postcode": "000000",
        "main_honours": f"样例省{words(mind, 4)}奖章\n样例市{words(mind, 5)}能手",
        "skill_awards": f"样例{words(mind, 3)}工匠",
        "reason": words(mind, 290),
        "experts": experts,
        "contact": "顾联络",
        "contact_phone": "10000000027",
    }


@cache
def _programme() -> Programme:
    edition = Edition()
    return Programme(edition, Process(edition=edition), load_pack("national-2024"))


def sheet(number: int, picture: bytes) -> Sheet:
    """The form of person `number`, as a service makes it of the pack's data and the person's values."""
    filling = replace(blank_filling(_programme(), values(number)), photo=picture)
    code = PageCode("national-2024/recommendation", f"GJ24-{number:05d}", "3", f"{number * 7919:064x}")
    return replace(filled_sheet(filling, "recommendation"), code=code)
