"""Summary sheets to fill in by hand: heading, columns, 示例 row as the annex has them, nothing that would be read."""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.services.nominations.annexes import SUMMARIES
from tests.services.nominations.test_annexes import bare, programme

from gongjiang.documents.xlsx import read_summary
from gongjiang.kernel.errors import NotFound
from gongjiang.services.nominations.blank_list import blank_list, blank_lists
from gongjiang.services.nominations.summary import header_of, summary_form

EXAMPLES = {
    "national-2024": "示例 张三 男 1980.6 汉 大专 中共党员 _ 中车XX机车车辆有限公司 XX车间XX班组成员 制造业 "
    "数控装调维修工 高级工程师 高级技师 2007.7 10 非公有制 一线产业工人 是 全国劳动模范 中华技能大奖大河大工匠 "
    "XXX，XX公司首席技师 XXX，XX公司首席技师 XXX，XX公司首席技师 （300字以内） （30字以内） _ _ _ _ _ _",
    "jiangsu-2026": "示例 张三 男 1980.6 汉族 大学本科 中共党员 中国航天科工二院 集团公司首席技师 航空航天 焊工 "
    "高级工程师 首席技师 2007.7 10 国有企业 全国劳动模范、河北大工匠 国家科技进步二等奖 _",
}


@pytest.mark.ledger("X-03")
@pytest.mark.parametrize("pack_id", SUMMARIES)
def test_as_the_annex_prints_it(pack_id: str) -> None:
    made = programme(pack_id)
    ((form_id, annex, name),) = blank_lists(made)
    data = blank_list(made, form_id)
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == name
    assert annex == {"national-2024": "附件2", "jiangsu-2026": "附件3"}[pack_id]
    above = pack_id == "jiangsu-2026"
    assert not above or bare(str(rows[1][0])) == "推荐单位：联系人及电话："
    header, example, *empty = rows[1 + above :]
    assert [bare(str(one)) for one in header] == SUMMARIES[pack_id].split()
    assert [re.sub(r"\s", "", str(one)) or "_" for one in example] == EXAMPLES[pack_id].split()
    assert [one[0] for one in empty] == [1.0, 2.0, 3.0]
    assert read_summary(data, header_of(made, summary_form(made))).rows == ()


def test_a_notice_without_a_summary_sheet_has_none() -> None:
    assert blank_lists(programme("nanning-2026")) == []
    with pytest.raises(NotFound):
        blank_list(programme("nanning-2026"), "summary")
