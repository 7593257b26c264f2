"""Sheets of paper: what was printed, the stamped scans of it, and what arrived on a desk."""

from django.db import models


class PrintedSheet(models.Model):
    """What a form said when it was printed, as keyed hashes: enough to tell which boxes changed since, and nothing of
    what stood in them. `digest` is in the page code; `marks`: [box, hash, left open for a pen]."""

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="printed_sheets")
    form = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    marks = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "form", "digest"], name="printed_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form} {self.digest[:8]}"


class StampedScan(models.Model):
    """A scan of a stamped sheet, matched to the print it is of; or taken by an officer without a code, for a reason."""

    class Matched(models.TextChoices):
        CODE = "code", "扫出页码"
        TYPED = "typed", "输入页码"
        ACCEPTED = "accepted", "人工认可"

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="stamped_scans")
    form = models.CharField(max_length=80)
    printed = models.ForeignKey(PrintedSheet, null=True, on_delete=models.PROTECT, related_name="scans")
    file = models.OneToOneField("gongjiang.File", on_delete=models.PROTECT, related_name="stamped_scan")
    matched = models.CharField(max_length=8, choices=Matched)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(printed__isnull=False) | ~models.Q(reason=""), name="scan_matched_or_reasoned"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.form}"


class Arrival(models.Model):
    """Papers that somebody brought or that came by post, at one moment, from one unit. `number` is the receipt's."""

    class Way(models.TextChoices):
        BROUGHT = "brought", "送达"
        POSTED = "posted", "邮寄"

    process = models.ForeignKey("gongjiang.Process", on_delete=models.PROTECT, related_name="arrivals")
    stage = models.CharField(max_length=40)
    unit = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("回执编号", max_length=24, unique=True)
    way = models.CharField(max_length=8, choices=Way, default=Way.BROUGHT)
    arrived_on = models.DateField()
    posted_on = models.DateField(null=True, blank=True)
    brought_by = models.CharField("送件人", max_length=60)
    late_days = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_why = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["process", "unit", "id"], name="arrival_of_unit")]

    def __str__(self) -> str:
        return self.number


class ArrivedPaper(models.Model):
    """One paper among them: of a case, or the unit's own list (`case` empty). `printed`: the print it is of, where its
    code told; `stale`: boxes that changed since then, '' for none."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="papers")
    case = models.ForeignKey("gongjiang.Case", null=True, on_delete=models.PROTECT, related_name="arrived_papers")
    form = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    coded = models.BooleanField("按页码核对", default=False)
    printed = models.ForeignKey(
        PrintedSheet, null=True, blank=True, on_delete=models.PROTECT, related_name="arrived_papers"
    )
    stale = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival", "case", "form"], name="paper_once_an_arrival"),
            models.CheckConstraint(condition=models.Q(originals__gt=0) | models.Q(copies__gt=0), name="paper_is_there"),
        ]

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.label}"
