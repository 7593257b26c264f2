"""Experts, who judges whom, and the score sheets."""

import hashlib
import json

from django.db import models


class ExpertProfile(models.Model):
    """Somebody in the pool of experts, whichever panels they sit on. `trades`: words for the trades they know."""

    user = models.OneToOneField("gongjiang.User", on_delete=models.PROTECT, related_name="expert_profile")
    employer = models.CharField("工作单位", max_length=120, blank=True)
    title = models.CharField("职务、职称", max_length=120, blank=True)
    trades = models.JSONField("工种、专业", default=list)
    note = models.CharField("专长和业绩", max_length=500, blank=True)
    active = models.BooleanField("在库", default=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)


class Expert(models.Model):
    """A member of a panel in one process. Conflicts and confidentiality are declared before names open.

    `declared`: what was declared then and later: employers, branches, kin, mentor_of, recommended, together (names),
    cases (id → reason); `cleared`: cases whose namesake the office told apart (id → how). Who declined gets no case.
    """

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="experts")
    stage = models.CharField(max_length=40)
    user = models.ForeignKey("gongjiang.User", on_delete=models.PROTECT, related_name="panels")
    employer = models.CharField("工作单位", max_length=120, blank=True)
    title = models.CharField("职务、职称", max_length=120, blank=True)
    trades = models.JSONField(default=list)
    declared_at = models.DateTimeField(null=True, blank=True)
    declared = models.JSONField(default=dict)
    declined_at = models.DateTimeField("谢绝邀请", null=True, blank=True)
    declined_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "stage", "user"], name="expert_once")]

    def __str__(self) -> str:
        return str(self.user)


class Assignment(models.Model):
    """An expert reads a case. Recused and voided ones stay on record and don't count."""

    class State(models.TextChoices):
        ASSIGNED = "assigned", "待评"
        RECUSED = "recused", "回避"
        ABSTAINED = "abstained", "弃权"
        VOID = "void", "作废"

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="assignments")
    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="assignments")
    stage = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=12, choices=State, default=State.ASSIGNED)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["expert", "case"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.expert} → {self.case}"


class Draw(models.Model):
    """One draw of experts. `commitment` is the hash of its seed: announced before, if `announced_at` is set; the seed
    is told when it is drawn, and `replay` holds all that is needed to draw again; `told` is what the page says of it:
    how many pairs, the least and the greatest load, what each wish cost."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="draws")
    stage = models.CharField(max_length=40)
    commitment = models.CharField("承诺值", max_length=64)
    announced_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField("随机种子", max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    replay = models.TextField(blank=True)
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "stage"], condition=models.Q(drawn_at=None), name="draw_announced_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.commitment[:8]}"


class PanelCheck(models.Model):
    """A panel whose assignments are gone over again as records change. `seen`: the last entry of the log that was."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="panel_checks")
    stage = models.CharField(max_length=40)
    seen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "stage"], name="panel_check_once")]

    def __str__(self) -> str:
        return f"{self.stage} {self.seen}"


class ScoreSheet(models.Model):
    """One version of an expert's scores for a case. Submitted sheets never change: a correction is a new version,
    opened by an officer with a `reason`."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="sheets")
    version = models.PositiveIntegerField(default=1)
    scores = models.JSONField(default=dict, help_text="计分项 → 十进制数字文本")
    remark = models.CharField(max_length=1000, blank=True)
    remarks = models.JSONField("各项评语", default=dict, blank=True)
    reason = models.CharField("重新打开的理由", max_length=300, blank=True)
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "version"], name="sheet_version_once")]

    def __str__(self) -> str:
        return f"{self.assignment} v{self.version}"

    @property
    def digest(self) -> str:
        """SHA-256 of what was given: the same on the printed sheet and in the log."""
        held = [self.assignment_id, self.version, self.scores, self.remark, self.remarks]
        text = json.dumps(held, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class ImportedScore(models.Model):
    """A score that was decided elsewhere (a contest), with its source."""

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="imported_scores")
    stage = models.CharField(max_length=40)
    value = models.CharField(max_length=24)
    source = models.CharField(max_length=200)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "stage"], name="imported_score_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.stage}: {self.value}"
