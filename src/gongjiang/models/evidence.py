"""Files handed in: bytes in storage under a name of ours, hash and kind on record."""

from django.db import models


class Prepared(models.TextChoices):
    """How far the pictures of a file's pages are."""

    WAITING = "waiting", "等候"
    RUNNING = "running", "正在生成"
    DONE = "done", "已生成"
    FAILED = "failed", "不能生成"


class Recognised(models.TextChoices):
    """How far the reading of a file's picture is, where the optional reader is installed; without it all wait."""

    WAITING = "waiting", "等候"
    RUNNING = "running", "正在识别"
    DONE = "done", "已识别"
    FAILED = "failed", "不能识别"
    CARD = "card", "疑为身份证"


class File(models.Model):
    """One file of one case, hung on an attachment of the pack, perhaps on an indicator.

    `stamped`: yes, no, na (a certificate, which needs none) or '' (not said); `declassified`: yes, no or ''.
    `certificate`: rules.evidence.certificates.Certificate, what is filled of it; `suggested`: the same as a machine
    read it. `original_*`: who saw the paper and gave it back, and when.
    The rows themselves are the queue of what is prepared in the background: `prepared`, `tries`, `taken_at`; and of
    what is read from the pictures after that: `recognised`, `readings`, `read_at`.
    """

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="files")
    attachment = models.CharField(max_length=40)
    indicator = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    name = models.CharField("原文件名", max_length=200)
    kind = models.CharField(max_length=12)
    size = models.BigIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    checked = models.CharField("核验", max_length=12, blank=True)
    stamped = models.CharField("已盖章", max_length=3, blank=True)
    declassified = models.CharField("已脱密", max_length=3, blank=True)
    certificate = models.JSONField("证书信息", default=dict, blank=True)
    original_by = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="核对原件"
    )
    original_at = models.DateTimeField(null=True, blank=True)
    prepared = models.CharField("预览", max_length=8, choices=Prepared, default=Prepared.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True, blank=True)
    previews = models.PositiveSmallIntegerField("预览页数", default=0)
    suggested = models.JSONField("识别出的证书信息", default=dict, blank=True)
    recognised = models.CharField("识别", max_length=8, choices=Recognised, default=Recognised.WAITING)
    readings = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "attachment", "position", "id"], name="file_of_case"),
            models.Index(fields=["digest"], name="file_by_digest"),
            models.Index(
                fields=["id"], name="file_to_prepare", condition=models.Q(prepared__in=["waiting", "running"])
            ),
            models.Index(fields=["id"], name="file_to_read", condition=models.Q(recognised__in=["waiting", "running"])),
        ]

    def __str__(self) -> str:
        return self.title


class PartialUpload(models.Model):
    """A large file on its way in, in parts: whoever sends it goes on where it stopped.

    `head`: what the sender's browser tells of its bytes, to know the file again; believed for nothing else.
    `parts`: names of the parts in the staging folder, in order; `received`: their bytes together.
    `touched_at`: of the last part; `finishing_at`: set while the whole is judged and stored.
    """

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="partial_uploads")
    by = models.ForeignKey("gongjiang.User", on_delete=models.CASCADE, related_name="+")
    attachment = models.CharField(max_length=40)
    indicator = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=120, blank=True)
    name = models.CharField("原文件名", max_length=200)
    size = models.BigIntegerField()
    head = models.CharField(max_length=64)
    received = models.BigIntegerField(default=0)
    parts = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    finishing_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "by", "attachment", "indicator", "name", "size", "head"], name="one_partial_upload"
            ),
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size")), name="partial_upload_within_size"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FileHint(models.Model):
    """A mark of secrecy or a personal number in the text of a file, found in the background. Numbers are masked here:
    the text itself is not kept. `page` is 0 where a file has none."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="hints")
    page = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=12)
    words = models.CharField(max_length=80)
    around = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.file_id} {self.kind} {self.words}"


class HintAnswer(models.Model):
    """Somebody looked at a hint and said that it is all right. `key`: where, kind and words of the hint, hashed, so
    that the answer stands only while the same words stand there."""

    case = models.ForeignKey("gongjiang.Case", on_delete=models.CASCADE, related_name="hint_answers")
    key = models.CharField(max_length=64)
    note = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="hint_answered_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.key[:8]}"


class FileMark(models.Model):
    """By what a file is known again though it was changed a little: the look of a page (256 bits in hex), or the words
    of the whole (`page` 0)."""

    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="marks")
    page = models.PositiveIntegerField(default=0)
    bits = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.file_id} {self.page}"


class MarkBand(models.Model):
    """A piece of a mark, hashed: marks that share one are looked at closer, no others."""

    mark = models.ForeignKey(FileMark, on_delete=models.CASCADE, related_name="bands")
    value = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.mark_id} {self.value}"


class Likeness(models.Model):
    """Two files of different nominations that are much alike: a hint for officers, until one of them answers it.

    `score`: per cent; `page_one`, `page_other`: where the likeness was seen, 0 for the words of the whole.
    """

    class Kind(models.TextChoices):
        """In what they are alike."""

        SAME = "same", "内容完全相同"
        PICTURE = "picture", "画面很像"
        TEXT = "text", "文字很像"

    one = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    score = models.PositiveSmallIntegerField(default=100)
    page_one = models.PositiveIntegerField(default=0)
    page_other = models.PositiveIntegerField(default=0)
    answered_by = models.ForeignKey(
        "gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="看过"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "材料相似"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="likeness_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.kind} {self.other_id}"
