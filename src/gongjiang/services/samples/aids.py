"""What somebody trying out a sample installation has at hand: accounts, numbers nobody has yet, files to upload."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongjiang.kernel import identity_number, phone
from gongjiang.kernel.identity_number import Gender
from gongjiang.services.rehearsal.material import film, paper, portrait

#: Numbers from here on are given to nobody in the samples.
FIRST = 480
BIRTHS: tuple[tuple[date, Gender], ...] = (
    (date(1982, 3, 14), "男"),
    (date(1985, 8, 9), "女"),
    (date(1979, 11, 2), "男"),
    (date(1988, 5, 21), "女"),
    (date(1983, 1, 30), "男"),
    (date(1986, 6, 17), "男"),
)


@dataclass(frozen=True)
class Numbers:
    """Of one invented person: valid in form, of a region that does not exist."""

    birth: date
    gender: Gender
    id_number: str
    mobile: str


@dataclass(frozen=True)
class Paper:
    """A file to upload: `name` in the address, what it is, how its bytes are made."""

    name: str
    label: str
    kind: str
    make: Callable[[], bytes]


PAPERS: tuple[Paper, ...] = (
    Paper("photo.jpg", "证件照（2寸）", "image/jpeg", lambda: portrait(5)),
    Paper("certificate.pdf", "获奖证书", "application/pdf", lambda: paper("技能竞赛获奖证书")),
    Paper("consent.pdf", "被推荐人同意书", "application/pdf", lambda: paper("被推荐人同意书")),
    Paper("letter.pdf", "专家推荐函（签名扫描件）", "application/pdf", lambda: paper("专家推荐函（签名扫描件）")),
    Paper("video.mp4", "视频（1分钟，没有画面）", "video/mp4", lambda: film(60)),
)


def numbers() -> list[Numbers]:
    """Six people's numbers, to be typed into a form."""
    return [
        Numbers(birth, gender, identity_number.sample(FIRST + n, birth, gender), phone.sample(FIRST + n))
        for n, (birth, gender) in enumerate(BIRTHS)
    ]
