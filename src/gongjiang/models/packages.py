"""Archives and printed books of an edition's nominations, built in the background, kept for some days."""

from django.db import models


class Package(models.Model):
    """What somebody asked for: `cases` (ids, in order), and what of them goes in.

    `contents` of an archive: `{"forms": ["pdf", "docx"], "evidence": true, "papers": [ids; none means all]}`; of a
    book: `{"papers": [id of the form]}`. The bytes lie sealed in a folder of its own (services/packages/shelf), in no
    backup: they can be made anew. `why` is said where it failed; `lost`: what could not be put in, in words.
    `expires_at` is set when it is done, by the clock of whoever built it.
    """

    class Kind(models.TextChoices):
        ARCHIVE = "archive", "材料包"
        BOOK = "book", "合订本"

    class State(models.TextChoices):
        WAITING = "waiting", "正在生成"
        DONE = "done", "已生成"
        FAILED = "failed", "没有生成"
        GONE = "gone", "已清理"

    edition = models.ForeignKey("gongjiang.Edition", on_delete=models.CASCADE, related_name="packages")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=120)
    contents = models.JSONField(default=dict)
    cases = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    why = models.CharField(max_length=300, blank=True)
    size = models.BigIntegerField(default=0)
    asked_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    lost = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["edition", "id"], name="package_of_edition"),
            models.Index(fields=["expires_at"], name="package_to_clear", condition=~models.Q(state="gone")),
        ]

    def __str__(self) -> str:
        return self.title


class PackagePart(models.Model):
    """A piece of a package that is built at one go: some nominations; the last (`closing`) ends it.

    The rows are the queue of what is built in the background: `state`, `tries`, `taken_at`. `entries`: what the piece
    holds (services/packages/contents.Filed as a mapping); `lost`: what could not be put in, in words.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等候"
        RUNNING = "running", "正在生成"
        DONE = "done", "已生成"

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    closing = models.BooleanField(default=False)
    folder = models.CharField(max_length=255, blank=True)
    cases = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(default=0)
    entries = models.JSONField(default=list)
    lost = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "number"], name="part_of_package_once")]
        indexes = [
            models.Index(
                fields=["package", "number"], name="part_to_build", condition=models.Q(state__in=["waiting", "running"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.package_id}/{self.number}"
