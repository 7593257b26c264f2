"""Artisans shown to the public with their consent (measures-2025 第十四条; ledger M-12); courtesy and publicity
(第十六条、第十九条; ledger M-23)."""

from django.db import models
from django.db.models import Q


class Profile(models.Model):
    """What is shown of an artisan. `words` and `works` are the draft, `content` its number, raised by every change;
    `consented`: the number the artisan agreed to, 0 for none; `reviewed`: the number the union passed. `shown` is what
    the public sees: a copy of one content that was agreed to and reviewed; None: nothing."""

    honour = models.OneToOneField("gongjiang.Honour", on_delete=models.CASCADE, related_name="profile")
    words = models.TextField("风采介绍", blank=True, max_length=4000)
    works = models.JSONField("代表成果", default=list)
    content = models.PositiveIntegerField(default=1)
    consented = models.PositiveIntegerField(default=0)
    reviewed = models.PositiveIntegerField(default=0)
    returned = models.CharField("退回修改的理由", max_length=300, blank=True)
    shown = models.JSONField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown__isnull=True, shown_at__isnull=True)
                | Q(shown__isnull=False, shown_at__isnull=False, consented__gt=0),
                name="profile_shown_with_consent",
            )
        ]
        indexes = [models.Index(fields=["-shown_at", "-id"], condition=Q(shown_at__isnull=False), name="profile_shown")]

    def __str__(self) -> str:
        return f"{self.honour_id}"


class ProfileFile(models.Model):
    """A photo, a picture of a work, or the film. Never altered; left out of the draft by `dropped_at`."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "照片"
        WORK = "work", "作品图片"
        FILM = "film", "短片"

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=6, choices=Kind)
    caption = models.CharField("说明", max_length=60, blank=True)
    name = models.CharField("原文件名", max_length=200)
    format = models.CharField(max_length=8)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=120, unique=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.caption or self.name


class ProfileConsent(models.Model):
    """The artisan's word, given or taken back by themselves, dated: one row each time, never altered."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="consents")
    given = models.BooleanField()
    content = models.PositiveIntegerField()
    by = models.ForeignKey("gongjiang.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.profile_id} {self.given}"


class CourtesyPolicy(models.Model):
    """礼遇政策: a document by which a Party committee or government grants artisans something."""

    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="courtesies")
    level = models.CharField("级别", max_length=12)
    region = models.CharField("地区", max_length=30, blank=True)
    title = models.CharField("文件名称", max_length=160)
    number = models.CharField("文号", max_length=60, blank=True)
    body = models.CharField("发文机关", max_length=120)
    on = models.DateField("发文日期")
    until = models.DateField("有效期至", null=True, blank=True)
    grants = models.CharField("礼遇内容", max_length=1000)
    link = models.CharField("网址", max_length=500, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("撤下的理由", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("on")), name="courtesy_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="courtesy_withdrawn_with_reason"
            ),
            models.UniqueConstraint(
                fields=["organisation", "number"],
                condition=~Q(number="") & Q(withdrawn_at__isnull=True),
                name="courtesy_number_once",
            ),
        ]
        indexes = [models.Index(fields=["-on", "-id"], name="courtesy_by_day")]

    def __str__(self) -> str:
        return self.title


class MediaPiece(models.Model):
    """A piece in the media about artisans: where, when, a link or the page itself."""

    class Kind(models.TextChoices):
        PRESS = "press", "报刊"
        BROADCAST = "broadcast", "广播电视"
        WEB = "web", "网络媒体"
        APP = "app", "职工之家"
        OTHER = "other", "其他"

    organisation = models.ForeignKey("gongjiang.Organisation", on_delete=models.PROTECT, related_name="publicity")
    title = models.CharField("标题", max_length=160)
    kind = models.CharField("媒体类别", max_length=10, choices=Kind)
    outlet = models.CharField("媒体", max_length=80)
    on = models.DateField("刊播日期")
    link = models.CharField("网址", max_length=500, blank=True)
    honours = models.ManyToManyField("gongjiang.Honour", related_name="publicity")
    name = models.CharField("原文件名", max_length=200, blank=True)
    format = models.CharField(max_length=8, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField("撤下的理由", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(link="") | ~Q(stored=""), name="media_piece_shows_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""), name="media_piece_withdrawn_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["-on", "-id"], name="media_piece_by_day")]

    def __str__(self) -> str:
        return self.title
