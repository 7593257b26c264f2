"""Invented people, plainly so: surnames with the words of a workshop, numbers that nobody holds."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from random import Random

from gongjiang.kernel import identity_number, phone

SURNAMES = "何岑温蒋严章覃韦莫廖闭农陆凌雷蒙甘唐石罗龙卢邓谢邹贺江秦尹柏池乔关武骆景沙纪舒项祝席燕连温盛桂竺封"
GIVEN = [
    "焊平",
    "铸山",
    "锻石",
    "磨光",
    "钳正",
    "镗圆",
    "铣直",
    "刨方",
    "绣锦",
    "织云",
    "砌岩",
    "琢玉",
    "雕木",
    "焊花",
    "铆坚",
    "冶金",
    "烧陶",
    "制茶",
    "测远",
    "绘图",
    "架线",
    "调频",
    "校准",
    "装配",
    "喷彩",
    "锉平",
    "轧钢",
    "炼炉",
    "吊梁",
    "掘进",
    "养路",
    "驭车",
    "引航",
    "验尺",
    "编篾",
    "染青",
    "酿泉",
    "育苗",
    "印版",
    "数控",
]
WORKSHOPS = ("装焊车间", "机加车间", "总装车间", "检修班", "工艺班", "调试班", "模具班", "运维班")
POSTS = ("班长", "组长", "操作工", "主操", "技术骨干", "带班师傅")
TRADES = ("焊工", "车工", "钳工", "铣工", "维修电工", "铸造工", "装配钳工", "起重工", "砌筑工", "检验工")
WAYS = ("手感找正法", "三步操作法", "听声辨障", "一刀成形", "祖传手艺", "对比试配法")
ETHNICITIES = ("汉族", "壮族", "瑶族", "苗族", "侗族")
PLACES = ("青屿", "望川", "云栖", "澄江", "石渡", "松岭", "白鹭", "锦川", "临湖", "岚山", "雨湖", "南浦")
FIRMS = ("重工", "机械", "电气", "建设", "轨道交通", "食品", "陶瓷", "电力", "水务", "纺织", "化工", "物流")
INDUSTRIES = ("机械", "建设", "交通", "能源", "轻纺", "教科卫", "港务", "金融")


class Names:
    """Names one after another, none twice and none that is `taken`: all surnames before a given name comes again."""

    def __init__(self, rng: Random, taken: frozenset[str] = frozenset()) -> None:
        surnames, given = sorted(set(SURNAMES)), list(GIVEN)
        rng.shuffle(surnames)
        rng.shuffle(given)
        self._left = (one for one in self._all(surnames, given) if one not in taken)

    @staticmethod
    def _all(surnames: list[str], given: list[str]) -> Iterator[str]:
        size = len(given)
        for n, surname in product(range(size), range(len(surnames))):
            yield surnames[surname] + given[(n + surname) % size]
        for first, second, family in product(given, given, surnames):
            yield family + first[0] + second[-1]

    def next(self) -> str:
        """The next name."""
        return next(self._left)


class Numbers:
    """Identity and phone numbers for invented people, none twice."""

    def __init__(self, first: int = 0) -> None:
        self._count = first
        self._born: Counter[tuple[date, str]] = Counter()

    def identity(self, birth: date, gender: str) -> str:
        """A number valid in form, of no region; the first of a birthday differs with `first`."""
        self._born[(birth, gender)] += 1
        seq = (self._count // 10_000 * 40 + self._born[(birth, gender)]) % 500
        return identity_number.sample(seq, birth, "女" if gender == "女" else "男")

    def mobile(self) -> str:
        """A number that no operator has given out."""
        self._count += 1
        return phone.sample(self._count)


def birth_of(rng: Random, youngest: date) -> date:
    """Somebody between 28 and 57 on a day."""
    return youngest - timedelta(days=365 * 28 + rng.randrange(365 * 29))


def place_name(n: int) -> str:
    """The n-th invented place."""
    return PLACES[n % len(PLACES)] + ("" if n < len(PLACES) else "东南西北"[n // len(PLACES) % 4])


def firm_name(n: int) -> str:
    """The n-th invented enterprise."""
    place, trade = n % len(PLACES), (n // len(PLACES) + n) % len(FIRMS)
    round_ = n // (len(PLACES) * len(FIRMS))
    return f"{PLACES[place]}{FIRMS[trade]}{f'第{round_ + 1}' if round_ else ''}有限公司"


SENTENCES = (
    "长期扎根一线，面对工件先看图、再试刀、后成活，一次交检合格率连年保持领先。",
    "针对老设备振动大、返修多的难题，反复比对二十余种装夹办法，总结出一套简便可靠的操作法。",
    "主动把压箱底的手艺写成作业卡，配上照片和尺寸，新人照着做也能少走弯路。",
    "带出的徒弟中多人取得技师以上等级，班组连续多年实现安全生产零事故。",
    "在重点工程抢修中连续值守，按期完成关键工序，保证了全线按时投产。",
    "牵头完成多项技术改进，降低了能耗和废品率，经车间核算效益明显。",
    "坚持每天班后复盘，把失误记在本上、把办法讲给大家听，影响了身边一批人。",
    "常到兄弟单位交流，把自己的诀窍讲透讲明，也把别人的好办法学回来。",
)


def prose(rng: Random, length: int) -> str:
    """Plain sentences, no longer than so many characters."""
    text = ""
    while True:
        sentence = rng.choice(SENTENCES)
        if len(text) + len(sentence) > length:
            return text or "扎根一线，精益求精。"[:length]
        text += sentence
