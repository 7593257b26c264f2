"""form: the official form is filled as it must be, within its limits, its numbers agreeing, its statements confirmed.

Required are: name, sex, birth, identity number, employer, mobile; what a hard rule reads for certain; texts whose
length the notice speaks of; the least number of rows. Other boxes may stay empty, as on paper (form_plan).
"""

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.rules.nominations.form_plan_check import problems_of
from gongjiang.services.nominations.form import answers_of
from gongjiang.services.nominations.gates import Passage
from gongjiang.services.nominations.plan import plan_of


def gate(passage: Passage) -> Decision:
    """Every problem at once, each with its question and clause; remarks are told and refuse nobody."""
    answers = answers_of(passage.programme, passage.case, passage.facts, passage.at)
    found = problems_of(plan_of(passage.programme, passage.case).at(passage.stage), answers)
    told = [(one.remark, Reason(one.text, one.clause, "guide" if one.remark else "hard", one.path)) for one in found]
    refused = [reason for remark, reason in told if not remark]
    return Decision.no(*refused) if refused else Decision.yes(*(reason for _, reason in told))
