"""Cases: (process, award, subject), with a row for each stage they meet.

A key whose table has an index that begins with it needs none of its own.
"""

from django.db import models
from django.db.models import Q

from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState


class Case(models.Model):
    """One subject put forward for one award in one process.

    `values` are the form as it stands (field id → value; row groups → rows with an id each),
    identity and phone numbers sealed. `standing` is the best tier given so far. `over`: the honour that a case of a
    process is about (mechanisms 10).
    """

    process = models.ForeignKey("gongjiang.Process", on_delete=models.PROTECT, related_name="cases")
    award = models.CharField(max_length=40)
    subject = models.ForeignKey("gongjiang.Subject", null=True, on_delete=models.PROTECT, related_name="cases")
    over = models.ForeignKey(
        "gongjiang.Honour", null=True, blank=True, on_delete=models.PROTECT, related_name="proceedings", db_index=False
    )
    route = models.CharField(max_length=40, blank=True)
    applying_unit = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    nominator = models.ForeignKey(
        "gongjiang.Organisation", on_delete=models.PROTECT, related_name="nominations", db_index=False
    )
    filer = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="filed_cases")
    number = models.CharField("编号", max_length=24, unique=True)
    title = models.CharField("名称", max_length=60, blank=True)
    state = models.CharField(max_length=16, default=CaseState.DRAFT)
    standing = models.CharField(max_length=40, blank=True)
    exception = models.CharField(max_length=40, blank=True)
    values = models.JSONField(default=dict)
    reasoned = models.JSONField(default=dict, help_text="一般性条件的说明与认可")
    rank_in_unit = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in CaseState]), name="case_state_known"),
            models.UniqueConstraint(
                fields=["process", "award", "subject", "nominator"],
                condition=Q(state__in=sorted(s.value for s in LIVE)) & Q(subject__isnull=False),
                name="one_live_case",
            ),
        ]
        indexes = [
            models.Index(fields=["process", "state", "id"], name="case_by_state"),
            models.Index(fields=["nominator", "process", "id"], name="case_by_nominator"),
            models.Index(fields=["over"], condition=Q(over__isnull=False), name="case_over_honour"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CaseParty(models.Model):
    """Which organisation holds a role of the pack for this case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties", db_index=False)
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="case_parties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "role"], name="case_role_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.role}: {self.organisation}"


class StageRow(models.Model):
    """A case at a stage. `position` is its place in the stage's order, once that is settled; `scores` are its
    points there by node ([low, high] as exact fractions), frozen when a panel's list closed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rows", db_index=False)
    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="rows", db_index=False)
    stage = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default=RowState.WAITING)
    position = models.PositiveIntegerField(null=True, blank=True)
    tied = models.BooleanField(default=False)
    scores = models.JSONField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(
        "gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "stage"], name="one_row_a_stage"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in RowState]), name="row_state_known"),
        ]
        indexes = [models.Index(fields=["process", "stage", "state", "position", "id"], name="row_of_list")]

    def __str__(self) -> str:
        return f"{self.case} {self.stage} {self.state}"


class Revision(models.Model):
    """The form as it was after each save that mattered (submission, return, officer's correction)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    version = models.PositiveIntegerField()
    values = models.JSONField()
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.case} v{self.version}"


class Edit(models.Model):
    """What one person wrote into a form in one go: each answer before and after, by its name in `Case.values`.

    `changes`: {name: {"from": …, "to": …}}, as they are stored (numbers sealed). Saves that follow each other within
    minutes are one row: `version` is the last of them. `source`: where the answers came from, '' where they were typed.
    `aside`: what was typed meanwhile elsewhere and not taken; it can still be fetched.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="edits", db_index=False)
    version = models.PositiveIntegerField()
    changes = models.JSONField(default=dict)
    aside = models.JSONField(default=dict, blank=True)
    source = models.CharField("来源", max_length=120, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    began_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="edit_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version}"


class SheetImport(models.Model):
    """A workbook that a unit handed in, kept sealed until it is taken or dropped: looked at before anything is written,
    and given back with its errors marked. `digest` is of the bytes; `counts`: what came of it."""

    class State(models.TextChoices):
        PREVIEW = "preview", "待确认"
        TAKEN = "taken", "已导入"
        DROPPED = "dropped", "已放弃"

    edition = models.ForeignKey("gongjiang.Edition", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=160)
    digest = models.CharField("文件指纹", max_length=64)
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.PREVIEW)
    counts = models.JSONField(default=dict)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "unit", "-id"], name="sheet_imports_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.filename}"
