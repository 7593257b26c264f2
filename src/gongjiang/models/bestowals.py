"""What goes with an honour: things handed over, money paid, being preferred at the next level."""

from django.db import models
from django.db.models import Q


class Bestowal(models.Model):
    """One thing or sum of the pack's benefits for one honour: owed from the naming on, recorded when it is given.
    `part`: whose share of a divided sum it is."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.PROTECT, related_name="bestowals")
    benefit = models.CharField(max_length=40)
    part = models.CharField(max_length=12, default="person")
    label = models.CharField(max_length=80)
    money = models.BooleanField("是奖金", default=False)
    amount = models.DecimalField("金额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    payee = models.CharField("领取人", max_length=60)
    handed_on = models.DateField("交付日期", null=True, blank=True)
    paid_on = models.DateField("发放日期", null=True, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    receipt = models.CharField("收据的文件名", max_length=160, blank=True)
    format = models.CharField(max_length=8, blank=True)
    stored = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("gongjiang.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "benefit", "part"], name="bestowal_once"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="bestowal_not_negative"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True) | Q(amount__isnull=False), name="bestowal_paid_has_amount"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.label}"


class Preference(models.Model):
    """Whoever holds the honour comes first in another programme (G-14); it counts while the honour is held."""

    honour = models.ForeignKey("gongjiang.Honour", on_delete=models.CASCADE, related_name="preferences")
    benefit = models.CharField(max_length=40)
    programme = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=80)
    to = models.CharField(max_length=20, default="person")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["honour", "benefit", "programme"], name="preference_once"),
        ]
        indexes = [models.Index(fields=["programme"], name="preferences_for_programme")]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.programme}"
