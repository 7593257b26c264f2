"""Who is honoured: persons, units, teams, studios. One subject, one record, for life (ledger X-01)."""

from django.db import models


class Subject(models.Model):
    """A subject of awards. Identity: persons by the keyed hash of their identity number, units by
    their credit code, teams and studios by a registry number of ours. `values` are the last known
    fields (catalogue ids); numbers inside are sealed."""

    kind = models.CharField(max_length=16, default="person")
    name = models.CharField(max_length=60)
    identity_hash = models.CharField(max_length=64, null=True, blank=True)
    registry_no = models.CharField(max_length=30, null=True, blank=True, unique=True)
    user = models.OneToOneField(
        "gongjiang.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="subject"
    )
    values = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "identity_hash"],
                condition=models.Q(identity_hash__isnull=False),
                name="subject_identity_once",
            )
        ]
        indexes = [models.Index(fields=["kind", "name"], name="subject_by_name")]

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """A relation of a subject to another: leader, host, members of a crew."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="relations")
    name = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField(default=0)
    other = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="related_to")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "name", "position"], name="relation_position_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.name} {self.other}"
