"""What an objection rests on and what was done about it: files, and steps that are only ever added."""

from django.db import models


class ObjectionStep(models.Model):
    """One thing done about an objection, or added by whoever raised it. `text` is sealed: it names people."""

    class Kind(models.TextChoices):
        RECEIVE = "receive", "收到"
        ADMIT = "admit", "受理"
        PROPOSE = "propose", "提出不予受理"
        REFUSE = "refuse", "确认不予受理"
        LOOK = "look", "查证"
        FINDING = "finding", "核实情况"
        SUPPLEMENT = "supplement", "反映人补充"
        MERGE = "merge", "并案"
        SPLIT = "split", "分开办理"
        SUGGEST = "suggest", "提出取消资格"
        DECIDE = "decide", "办结"

    objection = models.ForeignKey("gongjiang.Objection", on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    way = models.CharField("方式", max_length=20, blank=True)
    on = models.DateField("查证日期", null=True, blank=True)
    text = models.TextField("内容（加密）", blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["objection", "id"], name="objection_steps_in_order")]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.kind}"


class ObjectionFile(models.Model):
    """A file of an objection, sealed at rest: evidence, the unit's stamped letter, what an inquiry found."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", "证据材料"
        STAMPED = "stamped", "盖章件"
        INQUIRY = "inquiry", "查证材料"

    objection = models.ForeignKey("gongjiang.Objection", on_delete=models.CASCADE, related_name="files")
    step = models.ForeignKey(ObjectionStep, null=True, blank=True, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.TextField()  # sealed: people put names into names of files
    format = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["objection", "id"], name="objection_files_in_order")]

    def __str__(self) -> str:
        return f"{self.objection_id} {self.kind}"
