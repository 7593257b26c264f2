"""Which parts an artisan's pages are made of, in this order; a room adds its function here and nowhere else."""

from typing import Final

from gongjiang.web.assessment import parts as assessment
from gongjiang.web.cultivation import account, contact, duties, enterprise, profile, publicity
from gongjiang.web.cultivation.mentors import parts as mentors
from gongjiang.web.cultivation.plans import parts as plans
from gongjiang.web.cultivation.section import Part
from gongjiang.web.cultivation.training import parts as training
from gongjiang.web.funds import parts as funds

DESK: Final[tuple[Part, ...]] = (
    assessment.calendar,
    plans.desk,
    mentors.desk,
    training.training,
    training.coming,
    training.log,
    contact.section,
    funds.benefits,
    enterprise.section,
    profile.section,
    publicity.section,
    duties.section,
    account.section,
)
"""The page of those who look after the artisan: /artisans/<id>/."""

MINE: Final[tuple[Part, ...]] = (
    assessment.calendar,
    plans.mine,
    mentors.mine,
    training.training,
    training.coming,
    training.log,
    contact.mine,
    funds.mine,
    enterprise.section,
    profile.section,
    publicity.section,
    duties.section,
)
"""The artisan's own page, made for a phone: /mine/."""
