"""Actions of the log in Chinese, with what is worth saying of each."""

from collections.abc import Mapping
from typing import Any

WORDS: dict[str, str] = {
    "hint.answer": "核对脱密提示：不涉密",
    "file.add": "上传材料",
    "file.remove": "删去材料",
    "file.describe": "登记材料信息",
    "file.order": "调整材料次序",
    "file.original": "核对原件并退回",
    "case.start": "开始填报",
    "case.save": "保存填报内容",
    "case.submit": "提交申报",
    "case.withdraw": "撤回申报",
    "case.pass": "审核通过",
    "case.return": "退回补正",
    "case.reject": "不予通过",
    "case.complete": "意见已齐，办结",
    "case.report": "上报",
    "case.keep": "列入名单",
    "case.reserve": "列为备选",
    "case.promote": "递补",
    "case.drop": "未列入名单",
    "case.settle": "公示期满，办结",
    "case.strike": "取消资格",
    "case.disqualify": "查实后撤销推荐资格",
    "case.backfill": "递补公示",
    "case.confer": "命名",
    "case.finish": "本届办结",
    "case.left_behind": "不再等候",
    "case.exception": "批准破格",
    "case.reason": "说明理由",
    "case.reason_accepted": "认可理由",
    "duty.declare": "报告入选后的变更",
    "duty.decide": "批复入选后的变更",
    "opinion.give": "签署意见",
    "judgement.record": "作出认定或答复",
    "list.close": "确定名单",
    "places.allotted": "分配名额",
    "places.recalled": "收回名额",
    "places.cancelled": "取消名额",
    "places.granted": "批准调剂名额",
    "meeting.record": "记录会议",
    "sitting.call": "召集会议",
    "sitting.start": "会议开始",
    "sitting.came": "签到",
    "sitting.left": "取消签到",
    "sitting.item": "请出人选讨论",
    "sitting.recuse": "回避",
    "sitting.vote": "开始表决",
    "sitting.tally": "表决计票",
    "sitting.note": "记录讨论要点",
    "sitting.end": "会议结束",
    "edition.prepare": "筹备届次",
    "edition.bind": "指定单位",
    "edition.unbind": "收回单位的角色",
    "edition.open": "发布届次",
    "edition.finish": "办结本届",
    "edition.seat": "登记成员",
    "edition.extend": "延期",
    "organisation.add": "新增单位",
    "unit.rank": "排定推荐次序",
    "user.create": "开通账号",
    "user.reset_password": "重设密码",
    "user.change_password": "修改密码",
    "user.activate": "启用账号",
    "user.lock": "停用账号",
    "grant.give": "授予身份",
    "grant.revoke": "收回身份",
    "clock.move": "拨动演示时钟",
    "pack.add": "上传项目包",
    "calendar.load": "载入工作日历",
    "nudge": "催办",
    "edition.reminders": "安排到期提醒",
    "user.channels": "选择通知方式",
    "webhook.add": "接入外发地址",
    "webhook.end": "停用外发地址",
    "outbox.resend": "重发未发出的消息",
    "summary.import": "导入汇总表",
    "summary.hand_in": "上传汇总表或填报表",
    "summary.drop": "放弃上传的表",
    "list.add": "补列名单",
    "list.promote": "从备选列入名单",
    "panel.seat": "邀请评审专家",
    "panel.unseat": "移出评审专家",
    "panel.declare": "声明回避与保密",
    "panel.assign": "分派人选给专家",
    "panel.import": "记入竞赛成绩",
    "sheet.submit": "提交评分",
    "sheet.reopen": "重新打开评分",
    "sheet.void": "评分作废",
    "notice.publish": "发布公示",
    "objection.receive": "收到异议",
    "objection.admit": "受理异议",
    "objection.refuse": "不予受理异议",
    "objection.decide": "办结异议",
    "objection.propose_refusal": "提出不予受理",
    "objection.verify": "记录异议核实情况",
    "honours.confer": "命名",
    "case.twice": "同一人另有申报，未能提交",
    "registry.preview": "读入名单预览",
    "registry.drop": "放弃导入名单",
    "registry.take": "导入名单",
    "registry.withdraw": "撤销导入的名单",
    "registry.cover": "声明名册收录范围",
    "person.join": "核对为同一人",
    "person.differ": "核对为不是同一人",
    "person.reopen": "撤回核对结果",
}
#: First words of actions, to filter by.
ROOMS = {
    "case": "申报",
    "opinion": "意见",
    "judgement": "认定",
    "summary": "汇总表",
    "list": "名单",
    "places": "名额",
    "panel": "评审组",
    "sheet": "评分",
    "meeting": "会议",
    "sitting": "会议",
    "edition": "届次",
    "notice": "公示",
    "objection": "异议",
    "honours": "命名",
    "registry": "名册导入",
    "person": "人员核对",
    "grant": "身份",
    "user": "账号",
    "organisation": "单位",
}


def said(action: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """The action in words, and a remark: the reason, the verdict, how many."""
    words = WORDS.get(action) or f"{ROOMS.get(action.split('.')[0], '')}（{action}）"
    verdict = str(data.get("verdict") or "")
    if action == "judgement.record":
        verdict = f"{data.get('question', '')}：{_plain(data.get('answer'))}"
    elif action in {"edition.bind", "edition.unbind"}:
        verdict = f"{data.get('role', '')}，{len(data.get('organisations', []))} 家"
    elif action == "edition.seat":
        verdict = f"{data.get('post', '')} {data.get('name', '')}"
    reason = str(data.get("reason") or data.get("basis") or data.get("text") or "")
    counts = f"{data['entered']} 人中留 {data['kept']} 人" if "kept" in data and "entered" in data else ""
    return words, "，".join(one for one in (verdict, counts, reason) if one)


def _plain(answer: Any) -> str:
    """An answer as people read it."""
    if isinstance(answer, bool):
        return "是" if answer else "否"
    return "、".join(map(str, answer)) if isinstance(answer, list) else str(answer)
