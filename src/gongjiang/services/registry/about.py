"""What is said of a list when it is brought in: of which programme, by which document, whether it is whole."""

import re
from dataclasses import dataclass, field
from datetime import date

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Register
from gongjiang.rules.programmes.vocabulary import OF_ARTISANS, REGISTERS
from gongjiang.rules.registry.entry import LEVELS, STATES, Defaults

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class About:
    """A list's description as typed. `complete`: it names everybody since `since` (None: since ever)."""

    code: str
    title: str
    label: str = ""
    level: str = ""
    number: str = ""
    issued_on: date | None = None
    complete: bool = False
    since: date | None = None
    defaults: Defaults = field(default_factory=Defaults)


def check_about(about: About, today: date) -> Register:
    """The register it belongs to, made if it is new. Raises BadInput naming the field."""
    code = about.code.strip()
    if not CODE.fullmatch(code) or len(code) > 60:
        raise BadInput(
            "请选择名册，或为新名册写一个代号（小写字母、数字、短横），与项目包规则里写的一致。",
            "Choose a register or give a code.",
            place="名册",
        )
    if not about.title.strip():
        raise BadInput("请写明来源文件的名称。", "Name the document it comes from.", place="来源文件")
    if len(about.title) > 160 or len(about.number) > 60:
        raise BadInput("来源文件不超过160字，文号不超过60字。", "Too long.", place="来源文件")
    if about.issued_on is not None and about.issued_on > today:
        raise BadInput("发文日期不能晚于今天。", "Dated ahead.", place="发文日期")
    if about.level and about.level not in LEVELS:
        raise BadInput("请选择级别。", "No such level.", place="级别")
    if about.defaults.state not in STATES:
        raise BadInput("请选择状态。", "No such state.", place="状态")
    register = Register.objects.filter(code=code).first()
    if register is not None:
        return register
    label = about.label.strip() or REGISTERS.get(code, "")
    if not label:
        raise BadInput("新的名册请写明名称。", "A new register needs a name.", place="名册名称")
    return Register.objects.create(code=code, label=label[:80], level=about.level, counted=code in OF_ARTISANS)
