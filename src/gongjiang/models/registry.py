"""Lists that the platform did not make itself: earlier honours, talent plans, imported with where they come from."""

from django.db import models
from django.db.models import F, Q


class Register(models.Model):
    """A programme whose honours rules may ask for by `code` (national-talent-plan), with its name for people.

    `counted`: its people are artisans or trainees, and count as such beside those named on this platform."""

    code = models.CharField("代号", max_length=60, unique=True)
    label = models.CharField("名称", max_length=80)
    level = models.CharField("级别", max_length=12, blank=True)
    counted = models.BooleanField("计入工匠队伍", default=False)

    def __str__(self) -> str:
        return self.label


class RegistryImport(models.Model):
    """One file of a list: what document it is of, who brought it in, what came of it.

    `problems`: cells that could not be read ([{row, column, heading, text}]); `notes` only inform. `complete`: the
    list is said to hold everybody of its programme since `since` (None: always).
    """

    class State(models.TextChoices):
        PREVIEW = "preview", "待确认"
        TAKEN = "taken", "已导入"
        WITHDRAWN = "withdrawn", "已撤销"

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="imports")
    organisation = models.ForeignKey("gongjiang.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("来源文件", max_length=160)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("发文日期", null=True, blank=True)
    filename = models.CharField(max_length=160)
    digest = models.CharField("文件指纹", max_length=64)
    complete = models.BooleanField(default=False)
    since = models.DateField(null=True, blank=True)
    public = models.BooleanField("对外公开", default=False, help_text="姓名、单位、称号、时间列入公开名册")
    state = models.CharField(max_length=10, choices=State, default=State.PREVIEW)
    problems = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("撤销理由", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(reason=""), name="registry_import_withdrawn_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "-id"], name="registry_imports_by_state")]

    def __str__(self) -> str:
        return f"{self.register} {self.title}"


class RegistryEntry(models.Model):
    """A row of a list as it was written, and whom it is about. The identity number is sealed.

    `birth` is `1980-06` or nothing; `date` and `until` are a day, a month or a year, as the list knows them.
    `standing`: taken and not withdrawn; `key` tells the same fact read twice.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "新的人"
        KNOWN = "known", "已有记录"
        ASK = "ask", "待核对"
        SAME = "same", "已在库中"

    source = models.ForeignKey(RegistryImport, on_delete=models.CASCADE, related_name="entries")
    row = models.PositiveIntegerField("行")
    subject = models.ForeignKey(
        "gongjiang.Subject", null=True, on_delete=models.PROTECT, related_name="registry_entries"
    )
    name = models.CharField("姓名", max_length=60)
    number = models.CharField(max_length=200, blank=True)
    number_hash = models.CharField(max_length=64, blank=True)
    birth = models.CharField("出生年月", max_length=7, blank=True)
    unit = models.CharField("当时单位", max_length=120, blank=True)
    award = models.CharField(max_length=80, blank=True)
    tier = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=12, blank=True)
    honour_state = models.CharField(max_length=10)
    date = models.CharField(max_length=10, blank=True)
    until = models.CharField(max_length=10, blank=True)
    remark = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    told = models.CharField("核对情况", max_length=200, blank=True)
    key = models.CharField(max_length=64)
    standing = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], name="registry_row_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(standing=True), name="registry_fact_once"),
        ]
        indexes = [
            models.Index(fields=["name", "standing"], name="registry_by_name"),
            models.Index(fields=["standing", "-date", "-id"], name="registry_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.award}"


class PersonQuestion(models.Model):
    """Is one record (without an identity number) the same person as another? Decided by people, undone by people.

    `moved`: what was joined to `other` ({"entries": ids, "honours": ids, "cases": ids}), so that it can go back.
    """

    class State(models.TextChoices):
        OPEN = "open", "待核对"
        SAME = "same", "同一人"
        OTHER = "other", "不是同一人"

    one = models.ForeignKey("gongjiang.Subject", on_delete=models.CASCADE, related_name="asked")
    other = models.ForeignKey("gongjiang.Subject", on_delete=models.CASCADE, related_name="asked_of")
    why = models.CharField(max_length=200)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    reason = models.CharField("依据", max_length=300, blank=True)
    moved = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="person_question_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="person_question_of_two"),
        ]
        indexes = [models.Index(fields=["state", "id"], name="person_questions_by_state")]

    def __str__(self) -> str:
        return f"{self.one} ? {self.other}"
