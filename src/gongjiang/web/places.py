"""Where things are done: the addresses of other rooms' pages by their names.

A room that this installation doesn't have yields the fallback, so that no frame breaks for a page.
"""

from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from gongjiang.services.reports.todo.item import Item


def place(name: str, *args: Any, fallback: str = "", **query: Any) -> str:
    """The address of a page with as many of `args` as it takes; the rest of what it needs as a query."""
    for count in range(len(args), -1, -1):
        try:
            found = reverse(name, args=args[:count])
        except NoReverseMatch:
            continue
        given = {key: value for key, value in query.items() if value not in (None, "")}
        return f"{found}?{urlencode(given)}" if given else found
    return fallback


#: What an item of 待办 is done at: names of pages that take the edition and perhaps the stage.
STAGE_PAGES = {
    "check": "nominees-queue",
    "submit": "units-desk",
    "opinion": "nominees-queue",
    "box": "nominees-queue",
    "select": "rounds-list",
    "panel": "rounds-list",
    "list": "rounds-list",
    "assign": "panel-admin",
    "publish": "public-notices-publish",
    "settle": "public-notices-publish",
    "objections": "objections-queue",
    "name": "honours-confer",
    "declare": "judging",
    "score": "judging",
    "apply": "nominees-all",
    "drafts": "nominations-list",
    "judge": "editions-judgements",
    "prepare": "editions-questions",
    "review": "editions-review",
    "registers": "registry",
    "inquiries": "inquiries",
    "same_person": "registry-people",
    "report_new": "report-new",
    "process_due": "processes",
    "outcomes": "process-settle",
    "activities": "activities",
    "mentoring": "mentoring",
    "mentor": "mine",
    "contact": "artisans-contacts",
    "concerns": "artisans-concerns",
    "profiles": "artisans-profiles",
    "links": "links",
}
#: Pages of one thing that is no case: the item names its key where others name a stage.
OWN_PAGES = {
    "invitation": "training-event",
    "profile_consent": "artisan-profile",
    "practice": "artisan-growth",
    "plans": "plans",
    "milestone": "artisan-plan",
    "report": "report",
    "report_call": "report-call",
    "explanation": "assessment-explanation",
    "claim": "assessment-claim",
}
#: The same for one's own panel, and for one case.
EXPERT_PAGES = {"declare": "judging-declare", "score": "judging-queue"}
CASE_PAGES = {"mend": "nominations-edit", "draft": "nominations-edit"}


def stage_page(kind: str, edition_id: int, stage: str = "") -> str:
    """The page where a stage (by its type) or an item of 待办 (by its kind) is worked on."""
    fallback = place("editions-cockpit", edition_id, fallback="/todo/")
    args = (edition_id, stage) if stage else (edition_id,)
    return place(STAGE_PAGES.get(kind, ""), *args, fallback=fallback)


def case_page(case_id: int, kind: str = "") -> str:
    """The page of one case: where it is filled in, or where it is looked at."""
    return place(CASE_PAGES.get(kind, "nominee"), case_id, fallback=place("nominee", case_id, fallback="/todo/"))


def item_page(item: Item) -> str:
    """Where an item of 待办 is done."""
    if item.expert_id is not None:
        return place(EXPERT_PAGES.get(item.kind, ""), item.expert_id, fallback="/todo/")
    if item.case_id is not None:
        return case_page(item.case_id, item.kind)
    if item.kind in OWN_PAGES:
        return place(OWN_PAGES[item.kind], item.stage, fallback="/todo/")
    return stage_page(item.kind, item.edition_id, item.stage)
