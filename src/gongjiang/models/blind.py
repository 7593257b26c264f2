"""Blind reviews: which panels are, what an officer found of the words, and redacted copies of files."""

from django.db import models


class BlindPanel(models.Model):
    """A panel whose judges don't learn whom they judge; written when the edition opens, as its pack says."""

    process = models.ForeignKey("gongjiang.Process", on_delete=models.CASCADE, related_name="blind_panels")
    stage = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "stage"], name="blind_panel_once")]

    def __str__(self) -> str:
        return f"{self.process_id} {self.stage}"


class BlindReview(models.Model):
    """What judges read of one nomination: `words` are covered besides those the platform finds, and `digest` is of
    the text as it was when an officer approved it. Another text is not approved."""

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="blind_reviews")
    stage = models.CharField(max_length=40)
    words = models.JSONField("另须隐去的词", default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "stage"], name="blind_review_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage}"


class RedactedCopy(models.Model):
    """What a blind review shows in place of a file: pages drawn anew (`kind` pdf: pictures only, nothing under what
    was blacked out) or a film without metadata. It counts once an officer has looked at it and approved it."""

    file = models.ForeignKey("gongjiang.File", on_delete=models.CASCADE, related_name="copies")
    kind = models.CharField(max_length=12)
    size = models.BigIntegerField()
    pages = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120, unique=True)
    made_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    approved_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=models.Q(removed_at=None), name="one_redacted_copy_a_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind}"
